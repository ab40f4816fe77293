package coscribe.ot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Op;
import coscribe.ot.delta.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeMap;

/// A change of text as a JSON array, `[5,"text",["bold",{"bold":true}],-3,[4,{"bold":null}],120]`:
/// a positive number retains, a negative one deletes, a string inserts; with attributes, a pair.
/// `null` clears an attribute of retained text. The plain retain at the end is written (ADR-0007),
/// so the numbers alone tell the length of the text that the change applies to.
///
/// What is read need not be in normal form: neighbours of one kind are joined. A component of no
/// length is refused.
final class DeltaJson {
    private DeltaJson() {}

    static void write(JsonGenerator out, Delta delta) throws IOException {
        out.writeStartArray();
        int covered = 0;
        for (Op op : delta.ops()) {
            switch (op) {
                case Op.Retain(int length, Attributes set) -> {
                    covered += length;
                    if (set.isEmpty()) {
                        out.writeNumber(length);
                    } else {
                        out.writeStartArray();
                        out.writeNumber(length);
                        writeAttributes(out, set);
                        out.writeEndArray();
                    }
                }
                case Op.Insert(String text, Attributes set) -> {
                    if (set.isEmpty()) {
                        Json.writeText(out, text);
                    } else {
                        out.writeStartArray();
                        Json.writeText(out, text);
                        writeAttributes(out, set);
                        out.writeEndArray();
                    }
                }
                case Op.Delete(int length) -> {
                    covered += length;
                    out.writeNumber(-length);
                }
            }
        }
        if (covered < delta.baseLength()) {
            out.writeNumber(delta.baseLength() - covered);
        }
        out.writeEndArray();
    }

    private static void writeAttributes(JsonGenerator out, Attributes set) throws IOException {
        out.writeStartObject();
        set.forEach((name, value) -> writeAttribute(out, name, value));
        out.writeEndObject();
    }

    private static void writeAttribute(JsonGenerator out, String name, Value value) {
        try {
            out.writeFieldName(name);
            switch (value) {
                case Value.Flag() -> out.writeBoolean(true);
                case Value.Number(int number) -> out.writeNumber(number);
                case Value.Text(String text) -> Json.writeText(out, text);
                case Value.Clear() -> out.writeNull();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Delta read(JsonParser in, String name, Budget budget) throws IOException {
        Json.expect(in, JsonToken.START_ARRAY, name, "an array of components");
        var out = new DeltaBuilder();
        int count = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (++count > budget.components()) {
                throw Json.wrong(name, "at most " + budget.components() + " components");
            }
            if (in.currentToken() == JsonToken.START_ARRAY) {
                in.nextToken();
                component(in, name, out, budget, true);
                if (in.nextToken() != JsonToken.END_ARRAY) {
                    throw Json.wrong(name, "pairs of a component and its attributes");
                }
            } else {
                component(in, name, out, budget, false);
            }
        }
        return out.build();
    }

    private static void component(JsonParser in, String name, DeltaBuilder out, Budget budget, boolean pair)
            throws IOException {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            String text = Json.text(in, name);
            Attributes set = pair ? nextAttributes(in, name, budget) : Attributes.NONE;
            if (text.isEmpty()) {
                throw Json.wrong(name, "without components of no length");
            }
            if (set.clears()) {
                throw Json.wrong(name, "free of null attributes on inserted text");
            }
            out.insert(text, set);
            return;
        }
        int length = (int) Json.number(in, name, pair ? 1 : -Delta.MAX_LENGTH, Delta.MAX_LENGTH);
        if (length == 0) {
            throw Json.wrong(name, "without components of no length");
        }
        if (length < 0) {
            out.delete(-length);
        } else {
            out.retain(length, pair ? nextAttributes(in, name, budget) : Attributes.NONE);
        }
    }

    private static Attributes nextAttributes(JsonParser in, String name, Budget budget) throws IOException {
        in.nextToken();
        return attributes(in, name, budget);
    }

    static Attributes attributes(JsonParser in, String name, Budget budget) throws IOException {
        Json.expect(in, JsonToken.START_OBJECT, name, "free of attributes that are no object");
        String first = in.nextFieldName();
        if (first == null) {
            return Attributes.NONE;
        }
        in.nextToken();
        Value value = value(in, name);
        String second = in.nextFieldName();
        return second == null
                ? Attributes.of(budget.name(first), value)
                : attributes(in, name, budget, first, value, second);
    }

    private static Attributes attributes(
            JsonParser in, String name, Budget budget, String first, Value value, String second) throws IOException {
        var entries = new TreeMap<String, Value>();
        entries.put(budget.name(first), value);
        for (String key = second; key != null; key = in.nextFieldName()) {
            if (entries.size() == budget.attributes()) {
                throw Json.wrong(name, "at most " + budget.attributes() + " attributes on one component");
            }
            in.nextToken();
            if (entries.put(budget.name(key), value(in, name)) != null) {
                throw Json.wrong(name, "free of attributes named twice");
            }
        }
        return Attributes.of(entries);
    }

    private static Value value(JsonParser in, String name) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> Value.TRUE;
            case VALUE_NULL -> Value.CLEAR;
            case VALUE_NUMBER_INT -> Value.of((int) Json.number(in, name, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case VALUE_STRING -> Value.of(Json.text(in, name));
            default ->
                throw Json.wrong(name, "free of attribute values other than true, null, whole numbers and strings");
        };
    }
}
