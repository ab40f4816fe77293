package coscribe.ot.wire;

import coscribe.ot.document.ContentHash;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import java.util.Optional;

/// Makes messages of what relays say.
final class ServerReader {
    private ServerReader() {}

    static ServerMessage read(Body body) {
        return switch (body.text("t")) {
            case "committed" -> committed(body);
            case "welcome" ->
                new ServerMessage.Welcome(
                        body.count("version", 0),
                        body.id("relay", RelayId::new),
                        person(body.object("person")),
                        tokens(body),
                        body.number("expiresAtMillis"),
                        body.maybeId("invitedTo", DocumentId::new),
                        body.flag("mayCreate"));
            case "renewed" -> new ServerMessage.Renewed(tokens(body), body.number("expiresAtMillis"));
            case "created" -> new ServerMessage.Created(body.id("document", DocumentId::new));
            case "invited" -> new ServerMessage.Invited(body.text("code"), body.number("expiresAtMillis"));
            case "renamed" -> new ServerMessage.Renamed(body.id("document", DocumentId::new), body.text("title"));
            case "listed" -> new ServerMessage.Listed(body.documents("documents"), body.place("next"));
            case "titled" -> new ServerMessage.Titled(body.text("title"));
            case "joined" -> joined(body);
            case "snapshot" -> {
                int of = body.count("of", 1);
                int part = (int) body.number("part", 1, of);
                var piece = body.delta("piece");
                if (piece.baseLength() > 0) {
                    throw Json.wrong("piece", "an array of inserts");
                }
                yield new ServerMessage.SnapshotPart(revision(body, "revision"), part, of, piece, body.threads());
            }
            case "range" -> {
                int of = body.count("of", 1);
                int part = (int) body.number("part", 1, of);
                var hash = hash(body);
                if (hash.isPresent() != (part == of)) {
                    throw Json.wrong("contentHash", "in the last piece of a range, and only there");
                }
                yield new ServerMessage.Range(
                        revision(body, "from"), revision(body, "to"), part, of, body.change(), hash);
            }
            case "refused" ->
                new ServerMessage.Refused(
                        body.number("seq"),
                        body.word("reason", Refusal::ofWord),
                        body.text("sentence"),
                        body.number("retryAfterMillis"));
            case "role" -> new ServerMessage.RoleChanged(body.word("role", Role::ofWord));
            case "presence" ->
                new ServerMessage.PresenceUpdate(body.members("here"), body.clients("gone"), body.authors());
            case "failed" ->
                new ServerMessage.Failed(
                        body.word("code", FailureCode::ofWord),
                        body.text("sentence"),
                        body.number("retryAfterMillis"),
                        body.has("of") && body.text("of").equals("renew"));
            case "pong" -> new ServerMessage.Pong(body.number("number"));
            default -> throw new MalformedMessageException("No message of a relay has this type.");
        };
    }

    private static Committed committed(Body body) {
        return new Committed(
                revision(body, "revision"),
                body.id("author", PersonId::new),
                body.id("client", ClientId::new),
                body.number("seq", 1, Fields.MOST),
                body.word("intent", Intent::ofWord),
                body.number("atMillis"),
                body.change(),
                body.caret(),
                hash(body));
    }

    private static ServerMessage.Joined joined(Body body) {
        return new ServerMessage.Joined(
                body.id("document", DocumentId::new),
                body.text("title"),
                body.id("client", ClientId::new),
                body.word("role", Role::ofWord),
                body.id("epoch", Epoch::new),
                revision(body, "from"),
                revision(body, "head"),
                body.id("contentHash", ContentHash::new),
                body.flag("snapshot"),
                resumed(body.object("resumed")),
                body.members("members"),
                body.word("durability", ServerMessage.Durability::ofWord));
    }

    private static ServerMessage.Resumed resumed(Body body) {
        return switch (body.text("outcome")) {
            case "nothing" -> new ServerMessage.Resumed.Nothing();
            case "closed" -> new ServerMessage.Resumed.At(body.number("lastSeq"), revision(body, "revision"));
            case "unknown" -> new ServerMessage.Resumed.Unknown();
            default -> throw Json.wrong("outcome", "nothing, closed or unknown");
        };
    }

    private static Revision revision(Body body, String name) {
        return new Revision(body.number(name));
    }

    private static Optional<ContentHash> hash(Body body) {
        return body.maybeId("contentHash", ContentHash::new);
    }

    static Person person(Body body) {
        return new Person(
                body.id("id", PersonId::new),
                body.text("name"),
                new PaletteSlot((int) body.number("colour", 0, PaletteSlot.COLOURS - 1), (int)
                        body.number("shape", 0, PaletteSlot.SHAPES - 1)));
    }

    private static Optional<ServerMessage.Tokens> tokens(Body body) {
        return body.maybeObject("tokens")
                .map(tokens -> new ServerMessage.Tokens(tokens.text("access"), tokens.text("refresh")));
    }

    static ListedDocument listed(Body body) {
        return new ListedDocument(
                body.id("document", DocumentId::new),
                body.text("title"),
                body.word("role", Role::ofWord),
                body.number("usedAtMillis"));
    }

    static ServerMessage.Member member(Body body) {
        return new ServerMessage.Member(
                body.id("client", ClientId::new),
                person(body.object("person")),
                body.word("role", Role::ofWord),
                body.caret().map(caret -> new ServerMessage.CaretAt(revision(body, "revision"), caret)));
    }
}
