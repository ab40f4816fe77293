package coscribe.ot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.ServerMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Writes what relays say, as objects with their type in `t`. {@link ServerReader} is its other
/// half.
final class ServerJson {
    private ServerJson() {}

    static void write(JsonGenerator out, ServerMessage message) throws IOException {
        out.writeStartObject();
        switch (message) {
            case Committed committed -> write(out, committed);
            case ServerMessage.Welcome welcome -> write(out, welcome);
            case ServerMessage.Renewed(var tokens, long expiresAtMillis) -> {
                Fields.text(out, "t", "renewed");
                write(out, tokens);
                Fields.number(out, "expiresAtMillis", expiresAtMillis);
            }
            case ServerMessage.Created(var document) -> {
                Fields.text(out, "t", "created");
                Fields.text(out, "document", document.hex());
            }
            case ServerMessage.Invited(var code, long expiresAtMillis) -> {
                Fields.text(out, "t", "invited");
                Fields.text(out, "code", code);
                Fields.number(out, "expiresAtMillis", expiresAtMillis);
            }
            case ServerMessage.Renamed(var document, var title) -> {
                Fields.text(out, "t", "renamed");
                Fields.text(out, "document", document.hex());
                Fields.text(out, "title", title);
            }
            case ServerMessage.Listed(var documents, var next) -> {
                Fields.text(out, "t", "listed");
                listed(out, documents);
                Fields.place(out, "next", next);
            }
            case ServerMessage.Titled(var title) -> {
                Fields.text(out, "t", "titled");
                Fields.text(out, "title", title);
            }
            case ServerMessage.Joined joined -> write(out, joined);
            case ServerMessage.SnapshotPart part -> write(out, part);
            case ServerMessage.Range range -> write(out, range);
            case ServerMessage.Refused(long seq, var reason, var sentence, long retryAfterMillis) -> {
                Fields.text(out, "t", "refused");
                Fields.number(out, "seq", seq);
                Fields.text(out, "reason", reason.word());
                Fields.text(out, "sentence", sentence);
                Fields.number(out, "retryAfterMillis", retryAfterMillis);
            }
            case ServerMessage.RoleChanged(var role) -> {
                Fields.text(out, "t", "role");
                Fields.text(out, "role", role.word());
            }
            case ServerMessage.PresenceUpdate(var here, var gone, var authors) -> {
                Fields.text(out, "t", "presence");
                write(out, "here", here);
                out.writeArrayFieldStart("gone");
                for (var client : gone) {
                    out.writeString(client.hex());
                }
                out.writeEndArray();
                writeAuthors(out, authors);
            }
            case ServerMessage.Failed(var code, var sentence, long retryAfterMillis, boolean renewal) -> {
                Fields.text(out, "t", "failed");
                Fields.text(out, "code", code.word());
                Fields.text(out, "sentence", sentence);
                Fields.number(out, "retryAfterMillis", retryAfterMillis);
                if (renewal) {
                    Fields.text(out, "of", "renew");
                }
            }
            case ServerMessage.Pong(long number) -> {
                Fields.text(out, "t", "pong");
                Fields.number(out, "number", number);
            }
        }
        out.writeEndObject();
    }

    private static void listed(JsonGenerator out, List<ListedDocument> documents) throws IOException {
        out.writeArrayFieldStart("documents");
        for (var each : documents) {
            out.writeStartObject();
            Fields.text(out, "document", each.document().hex());
            Fields.text(out, "title", each.title());
            Fields.text(out, "role", each.role().word());
            Fields.number(out, "usedAtMillis", each.usedAtMillis());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, Committed committed) throws IOException {
        Fields.text(out, "t", "committed");
        Fields.number(out, "revision", committed.revision().number());
        Fields.text(out, "author", committed.author().hex());
        Fields.text(out, "client", committed.client().hex());
        Fields.number(out, "seq", committed.seq());
        Fields.text(out, "intent", committed.intent().word());
        Fields.number(out, "atMillis", committed.atMillis());
        Fields.change(out, committed.change());
        Fields.caret(out, committed.caret());
        if (committed.contentHash().isPresent()) {
            Fields.text(out, "contentHash", committed.contentHash().get().hex());
        }
    }

    private static void write(JsonGenerator out, ServerMessage.Welcome welcome) throws IOException {
        Fields.text(out, "t", "welcome");
        Fields.number(out, "version", welcome.version());
        Fields.text(out, "relay", welcome.relay().hex());
        write(out, welcome.person());
        write(out, welcome.tokens());
        Fields.number(out, "expiresAtMillis", welcome.expiresAtMillis());
        if (welcome.invitedTo().isPresent()) {
            Fields.text(out, "invitedTo", welcome.invitedTo().get().hex());
        }
        Fields.flag(out, "mayCreate", welcome.mayCreate());
    }

    private static void write(JsonGenerator out, Person person) throws IOException {
        out.writeObjectFieldStart("person");
        writeFields(out, person);
        out.writeEndObject();
    }

    private static void writeFields(JsonGenerator out, Person person) throws IOException {
        Fields.text(out, "id", person.id().hex());
        Fields.text(out, "name", person.name());
        Fields.number(out, "colour", person.slot().colour());
        Fields.number(out, "shape", person.slot().shape());
    }

    private static void write(JsonGenerator out, Optional<ServerMessage.Tokens> tokens) throws IOException {
        if (tokens.isPresent()) {
            out.writeObjectFieldStart("tokens");
            Fields.text(out, "access", tokens.get().access());
            Fields.text(out, "refresh", tokens.get().refresh());
            out.writeEndObject();
        }
    }

    private static void write(JsonGenerator out, ServerMessage.Joined joined) throws IOException {
        Fields.text(out, "t", "joined");
        Fields.text(out, "document", joined.document().hex());
        Fields.text(out, "title", joined.title());
        Fields.text(out, "client", joined.client().hex());
        Fields.text(out, "role", joined.role().word());
        Fields.text(out, "epoch", joined.epoch().hex());
        Fields.number(out, "from", joined.from().number());
        Fields.number(out, "head", joined.head().number());
        Fields.text(out, "contentHash", joined.contentHash().hex());
        Fields.flag(out, "snapshot", joined.snapshot());
        out.writeObjectFieldStart("resumed");
        switch (joined.resumed()) {
            case ServerMessage.Resumed.Nothing() -> Fields.text(out, "outcome", "nothing");
            case ServerMessage.Resumed.At(long lastSeq, var revision) -> {
                Fields.text(out, "outcome", "closed");
                Fields.number(out, "lastSeq", lastSeq);
                Fields.number(out, "revision", revision.number());
            }
            case ServerMessage.Resumed.Unknown() -> Fields.text(out, "outcome", "unknown");
        }
        out.writeEndObject();
        write(out, "members", joined.members());
        Fields.text(out, "durability", joined.durability().word());
    }

    private static void write(JsonGenerator out, String name, List<ServerMessage.Member> members) throws IOException {
        out.writeArrayFieldStart(name);
        for (var member : members) {
            out.writeStartObject();
            Fields.text(out, "client", member.client().hex());
            write(out, member.person());
            Fields.text(out, "role", member.role().word());
            if (member.caret().isPresent()) {
                Fields.number(out, "revision", member.caret().get().revision().number());
                Fields.caret(out, member.caret().map(ServerMessage.CaretAt::caret));
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeAuthors(JsonGenerator out, List<Person> authors) throws IOException {
        if (!authors.isEmpty()) {
            out.writeArrayFieldStart("authors");
            for (var author : authors) {
                out.writeStartObject();
                writeFields(out, author);
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    private static void write(JsonGenerator out, ServerMessage.SnapshotPart part) throws IOException {
        Fields.text(out, "t", "snapshot");
        Fields.number(out, "revision", part.revision().number());
        Fields.number(out, "part", part.part());
        Fields.number(out, "of", part.of());
        Fields.delta(out, "piece", part.piece());
        if (!part.threads().isEmpty()) {
            out.writeFieldName("threads");
            ThreadJson.write(out, part.threads());
        }
    }

    private static void write(JsonGenerator out, ServerMessage.Range range) throws IOException {
        Fields.text(out, "t", "range");
        Fields.number(out, "from", range.from().number());
        Fields.number(out, "to", range.to().number());
        Fields.number(out, "part", range.part());
        Fields.number(out, "of", range.of());
        Fields.change(out, range.change());
        if (range.contentHash().isPresent()) {
            Fields.text(out, "contentHash", range.contentHash().get().hex());
        }
    }
}
