package coscribe.ot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import coscribe.ot.document.ContentHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.Submission;
import java.io.IOException;

/// What editors say, as objects with their type in `t`.
final class ClientJson {
    private ClientJson() {}

    static void write(JsonGenerator out, ClientMessage message) throws IOException {
        out.writeStartObject();
        switch (message) {
            case ClientMessage.Hello(int oldest, int newest, var credential, var device) -> {
                Fields.text(out, "t", "hello");
                Fields.number(out, "oldest", oldest);
                Fields.number(out, "newest", newest);
                write(out, credential);
                Fields.text(out, "device", device.hex());
            }
            case ClientMessage.Renew(var credential) -> {
                Fields.text(out, "t", "renew");
                write(out, credential);
            }
            case ClientMessage.Create(var title) -> {
                Fields.text(out, "t", "create");
                Fields.text(out, "title", title);
            }
            case ClientMessage.Rename(var document, var title) -> {
                Fields.text(out, "t", "rename");
                Fields.text(out, "document", document.hex());
                Fields.text(out, "title", title);
            }
            case ClientMessage.ListDocuments(var after, int most) -> {
                Fields.text(out, "t", "list");
                Fields.place(out, "after", after);
                Fields.number(out, "most", most);
            }
            case ClientMessage.Invite(var document, var role, long ttlSeconds, int uses) -> {
                Fields.text(out, "t", "invite");
                Fields.text(out, "document", document.hex());
                Fields.text(out, "role", role.word());
                Fields.number(out, "ttlSeconds", ttlSeconds);
                Fields.number(out, "uses", uses);
            }
            case ClientMessage.Join join -> write(out, join);
            case ClientMessage.Submit(var submission) -> write(out, submission);
            case ClientMessage.MoveCaret(var revision, var caret) -> {
                Fields.text(out, "t", "caret");
                Fields.number(out, "revision", revision.number());
                Fields.caret(out, caret);
            }
            case ClientMessage.CatchUp(var revision) -> {
                Fields.text(out, "t", "catch_up");
                Fields.number(out, "revision", revision.number());
            }
            case ClientMessage.Ping(long number) -> {
                Fields.text(out, "t", "ping");
                Fields.number(out, "number", number);
            }
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Credential credential) throws IOException {
        out.writeObjectFieldStart("credential");
        switch (credential) {
            case Credential.AccessToken(var token) -> {
                Fields.text(out, "kind", "token");
                Fields.text(out, "token", token);
            }
            case Credential.InviteCode(var code, var name) -> {
                Fields.text(out, "kind", "invite");
                Fields.text(out, "code", code);
                Fields.text(out, "name", name);
            }
            case Credential.Refresh(var secret) -> {
                Fields.text(out, "kind", "refresh");
                Fields.text(out, "secret", secret);
            }
            case Credential.Header() -> Fields.text(out, "kind", "header");
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, ClientMessage.Join join) throws IOException {
        Fields.text(out, "t", "join");
        Fields.text(out, "document", join.document().hex());
        if (join.resume().isPresent()) {
            Fields.text(out, "resume", join.resume().get().hex());
        }
        if (join.known().isPresent()) {
            var known = join.known().get();
            out.writeObjectFieldStart("known");
            Fields.text(out, "epoch", known.epoch().hex());
            Fields.number(out, "revision", known.revision().number());
            Fields.text(out, "contentHash", known.contentHash().hex());
            out.writeEndObject();
        }
    }

    private static void write(JsonGenerator out, Submission submission) throws IOException {
        Fields.text(out, "t", "submit");
        Fields.number(out, "seq", submission.seq());
        Fields.number(out, "base", submission.base().number());
        Fields.text(out, "intent", submission.intent().word());
        Fields.change(out, submission.change());
        Fields.caret(out, submission.caret());
    }

    static ClientMessage read(Body body) {
        return switch (body.text("t")) {
            case "hello" ->
                new ClientMessage.Hello(
                        body.count("oldest", 0),
                        body.count("newest", 0),
                        credential(body.object("credential")),
                        body.id("device", DeviceId::new));
            case "renew" -> new ClientMessage.Renew(credential(body.object("credential")));
            case "create" -> new ClientMessage.Create(body.text("title", Limits.SAID_UNITS));
            case "rename" ->
                new ClientMessage.Rename(body.id("document", DocumentId::new), body.text("title", Limits.SAID_UNITS));
            case "list" ->
                new ClientMessage.ListDocuments(
                        body.place("after"), (int) body.number("most", 1, Limits.LIST_DOCUMENTS));
            case "invite" ->
                new ClientMessage.Invite(
                        body.id("document", DocumentId::new),
                        body.word("role", Role::ofWord),
                        body.number("ttlSeconds", 1, Fields.MOST),
                        body.count("uses", 1));
            case "join" ->
                new ClientMessage.Join(
                        body.id("document", DocumentId::new),
                        body.maybeId("resume", ClientId::new),
                        body.maybeObject("known").map(ClientJson::known));
            case "submit" -> new ClientMessage.Submit(submission(body));
            case "caret" -> new ClientMessage.MoveCaret(new Revision(body.number("revision")), body.caret());
            case "catch_up" -> new ClientMessage.CatchUp(new Revision(body.number("revision")));
            case "ping" -> new ClientMessage.Ping(body.number("number"));
            default -> throw new MalformedMessageException("No message of an editor has this type.");
        };
    }

    private static Credential credential(Body body) {
        return switch (body.text("kind")) {
            case "token" -> new Credential.AccessToken(body.text("token", Limits.TOKEN_UNITS));
            case "invite" ->
                new Credential.InviteCode(body.text("code", Limits.SECRET_UNITS), body.text("name", Limits.SAID_UNITS));
            case "refresh" -> new Credential.Refresh(body.text("secret", Limits.SECRET_UNITS));
            case "header" -> new Credential.Header();
            default -> throw Json.wrong("kind", "token, invite, refresh or header");
        };
    }

    private static ClientMessage.Known known(Body body) {
        return new ClientMessage.Known(
                body.id("epoch", Epoch::new),
                new Revision(body.number("revision")),
                body.id("contentHash", ContentHash::new));
    }

    private static Submission submission(Body body) {
        var change = body.change();
        if (change.delta().size() > Limits.SUBMISSION_COMPONENTS) {
            throw Json.wrong("delta", "at most " + Limits.SUBMISSION_COMPONENTS + " components");
        }
        return new Submission(
                body.number("seq", 1, Fields.MOST),
                new Revision(body.number("base")),
                body.word("intent", Intent::ofWord),
                change,
                body.caret());
    }
}
