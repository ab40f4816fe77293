package coscribe.ot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.Revision;
import java.io.IOException;
import java.util.Optional;

/// Writes the fields of an object, each kind in its one spelling. What is empty is left out.
final class Fields {
    /// Largest number on the wire: what a JavaScript number holds exactly.
    static final long MOST = Revision.MAX;

    private Fields() {}

    static void text(JsonGenerator out, String name, String text) throws IOException {
        out.writeFieldName(name);
        Json.writeText(out, text);
    }

    static void number(JsonGenerator out, String name, long number) throws IOException {
        out.writeNumberField(name, inRange(name, number));
    }

    static long inRange(String name, long number) {
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException(name + " is from 0 to 2^53 - 1, not " + number);
        }
        return number;
    }

    static void flag(JsonGenerator out, String name, boolean flag) throws IOException {
        out.writeBooleanField(name, flag);
    }

    static void delta(JsonGenerator out, String name, Delta delta) throws IOException {
        out.writeFieldName(name);
        DeltaJson.write(out, delta);
    }

    /// `delta`, and `events` where there are some.
    static void change(JsonGenerator out, Change change) throws IOException {
        delta(out, "delta", change.delta());
        if (!change.events().isEmpty()) {
            out.writeFieldName("events");
            ThreadJson.write(out, change.events());
        }
    }

    static void place(JsonGenerator out, String name, Optional<ListPlace> place) throws IOException {
        if (place.isPresent()) {
            out.writeObjectFieldStart(name);
            number(out, "usedAtMillis", place.get().usedAtMillis());
            text(out, "document", place.get().document().hex());
            out.writeEndObject();
        }
    }

    /// `"caret":[anchor,head]`.
    static void caret(JsonGenerator out, Optional<Caret> caret) throws IOException {
        if (caret.isPresent()) {
            out.writeFieldName("caret");
            out.writeStartArray();
            out.writeNumber(caret.get().anchor());
            out.writeNumber(caret.get().head());
            out.writeEndArray();
        }
    }
}
