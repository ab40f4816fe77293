package coscribe.ot.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.document.Threads;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.ServerMessage.Member;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of one JSON object, read in one pass and in any order. That is possible because a
/// field's name has the same meaning in every message: `delta` is a change wherever it stands.
/// Names that nobody knows are skipped. A field of value `null` is as good as absent.
final class Body {
    /// Marks a field whose value is of no use: an unknown array or object, a fraction.
    private static final Object SKIPPED = new Object();

    private String[] names = new String[12];
    private @Nullable Object[] values = new @Nullable Object[12];
    private int size;

    private Body() {}

    /// The object on which the parser stands; leaves it on its closing brace.
    static Body read(JsonParser in, String what, Budget budget) throws IOException {
        Json.expect(in, JsonToken.START_OBJECT, what, "an object");
        var body = new Body();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            if (body.size == budget.fields()) {
                throw Json.wrong(what, "an object of at most " + budget.fields() + " fields");
            }
            if (body.indexOf(name) >= 0) {
                throw Json.wrong(what, "free of fields named twice");
            }
            in.nextToken();
            body.put(name, in.currentToken() == JsonToken.VALUE_NULL ? null : value(in, name, budget));
        }
        return body;
    }

    private void put(String name, @Nullable Object value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size++] = value;
    }

    private int indexOf(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static Object value(JsonParser in, String name, Budget budget) throws IOException {
        return switch (name) {
            case "delta" -> DeltaJson.read(in, name, budget);
            case "events" -> ThreadJson.readEvents(in, name, budget);
            case "caret" -> caret(in);
            case "credential", "known", "after" -> read(in, name, budget);
            default -> budget.relays() ? relays(in, name, budget) : scalar(in, budget);
        };
    }

    /// What only relays say.
    private static Object relays(JsonParser in, String name, Budget budget) throws IOException {
        return switch (name) {
            case "piece" -> DeltaJson.read(in, name, budget);
            case "threads" -> ThreadJson.readThreads(in, name);
            case "resumed", "person", "tokens", "next" -> read(in, name, budget);
            case "members", "here" -> objects(in, name, budget, ServerReader::member);
            case "authors" -> objects(in, name, budget, ServerReader::person);
            case "documents" -> objects(in, name, budget, ServerReader::listed);
            case "gone" -> clients(in, name);
            default -> scalar(in, budget);
        };
    }

    private static Object scalar(JsonParser in, Budget budget) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_STRING -> Json.text(in, "a text");
            case VALUE_NUMBER_INT -> Json.number(in, "a number", Long.MIN_VALUE, Long.MAX_VALUE);
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> skip(in, budget);
        };
    }

    /// Passes over an array or object.
    private static Object skip(JsonParser in, Budget budget) throws IOException {
        int depth = 0;
        for (JsonToken token = in.currentToken(); ; token = in.nextToken()) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                budget.skipName();
            }
            if (depth == 0) {
                return SKIPPED;
            }
        }
    }

    private static Caret caret(JsonParser in) throws IOException {
        Json.expect(in, JsonToken.START_ARRAY, "caret", "an array of anchor and head");
        in.nextToken();
        int anchor = (int) Json.number(in, "caret", 0, Delta.MAX_LENGTH);
        in.nextToken();
        int head = (int) Json.number(in, "caret", 0, Delta.MAX_LENGTH);
        if (in.nextToken() != JsonToken.END_ARRAY) {
            throw Json.wrong("caret", "an array of anchor and head");
        }
        return new Caret(anchor, head);
    }

    private static <T> List<T> objects(JsonParser in, String name, Budget budget, Function<Body, T> make)
            throws IOException {
        Json.expect(in, JsonToken.START_ARRAY, name, "an array of objects");
        var objects = new ArrayList<T>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            objects.add(make.apply(read(in, name, budget)));
        }
        return objects;
    }

    private static List<ClientId> clients(JsonParser in, String name) throws IOException {
        Json.expect(in, JsonToken.START_ARRAY, name, "an array of strings");
        var clients = new ArrayList<ClientId>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            clients.add(made(name, Json.text(in, name), ClientId::new));
        }
        return clients;
    }

    // --- what a reader of messages asks for

    private <T> T need(String name, Class<T> type, String expected) {
        int at = indexOf(name);
        Object value = at < 0 ? null : values[at];
        if (value == null) {
            throw new MalformedMessageException("The field '" + name + "' is missing.");
        }
        if (!type.isInstance(value)) {
            throw Json.wrong(name, expected);
        }
        return type.cast(value);
    }

    /// Whether the field is there, with a value other than `null`.
    boolean has(String name) {
        int at = indexOf(name);
        return at >= 0 && values[at] != null;
    }

    String text(String name) {
        return need(name, String.class, "a string");
    }

    /// A string of at most so many UTF-16 units.
    String text(String name, int mostUnits) {
        String text = text(name);
        if (text.length() > mostUnits) {
            throw Json.wrong(name, "a string of at most " + mostUnits + " units");
        }
        return text;
    }

    /// From 0 to 2^53 - 1.
    long number(String name) {
        return number(name, 0, Fields.MOST);
    }

    long number(String name, long least, long most) {
        long number = need(name, Long.class, "a whole number");
        if (number < least || number > most) {
            throw Json.wrong(name, "a whole number from " + least + " to " + most);
        }
        return number;
    }

    int count(String name, int least) {
        return (int) number(name, least, Integer.MAX_VALUE);
    }

    boolean flag(String name) {
        return need(name, Boolean.class, "true or false");
    }

    /// An id, hash or anything else that a string stands for.
    <T> T id(String name, Function<String, T> make) {
        return made(name, text(name), make);
    }

    <T> Optional<T> maybeId(String name, Function<String, T> make) {
        return has(name) ? Optional.of(id(name, make)) : Optional.empty();
    }

    private static <T> T made(String name, String text, Function<String, T> make) {
        try {
            return make.apply(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("'" + name + "' is not of the right form: " + e.getMessage() + ".", e);
        }
    }

    /// One word of a list.
    <T> T word(String name, Function<String, Optional<T>> ofWord) {
        return ofWord.apply(text(name)).orElseThrow(() -> Json.wrong(name, "a word that this protocol knows"));
    }

    Body object(String name) {
        return need(name, Body.class, "an object");
    }

    Optional<Body> maybeObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    List<Member> members(String name) {
        return list(name, Member.class);
    }

    List<Person> authors() {
        return has("authors") ? list("authors", Person.class) : List.of();
    }

    List<ListedDocument> documents(String name) {
        return list(name, ListedDocument.class);
    }

    Optional<ListPlace> place(String name) {
        return maybeObject(name)
                .map(place -> new ListPlace(place.number("usedAtMillis"), place.id("document", DocumentId::new)));
    }

    List<ClientId> clients(String name) {
        return list(name, ClientId.class);
    }

    private <T> List<T> list(String name, Class<T> of) {
        var list = new ArrayList<T>();
        for (Object element : need(name, List.class, "an array")) {
            list.add(of.cast(element));
        }
        return list;
    }

    Delta delta(String name) {
        return need(name, Delta.class, "an array of components");
    }

    Change change() {
        return new Change(delta("delta"), has("events") ? list("events", ThreadEvent.class) : List.of());
    }

    Optional<Caret> caret() {
        return has("caret") ? Optional.of(need("caret", Caret.class, "an array")) : Optional.empty();
    }

    Threads threads() {
        return has("threads") ? need("threads", Threads.class, "an array of threads") : Threads.NONE;
    }
}
