package coscribe.ot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.document.Threads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Comment threads: what happened to them, as objects with a field `event`, and what they are, in
/// the spelling of the canonical form: `[id,resolved,[[comment,author,atMillis,"text"],…]]`.
final class ThreadJson {
    private ThreadJson() {}

    static void write(JsonGenerator out, List<ThreadEvent> events) throws IOException {
        out.writeStartArray();
        for (ThreadEvent event : events) {
            out.writeStartObject();
            switch (event) {
                case ThreadEvent.Opened(var thread, var comment, var author, long at, var text) ->
                    write(out, "opened", thread, comment, author, at, text);
                case ThreadEvent.Replied(var thread, var comment, var author, long at, var text) ->
                    write(out, "replied", thread, comment, author, at, text);
                case ThreadEvent.Edited(var thread, var comment, var author, long at, var text) ->
                    write(out, "edited", thread, comment, author, at, text);
                case ThreadEvent.Resolved(var thread, var author, long at) ->
                    write(out, "resolved", thread, author, at);
                case ThreadEvent.Reopened(var thread, var author, long at) ->
                    write(out, "reopened", thread, author, at);
                case ThreadEvent.Deleted(var thread, var author, long at) -> write(out, "deleted", thread, author, at);
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, String event, String thread, String author, long atMillis)
            throws IOException {
        Fields.text(out, "event", event);
        Fields.text(out, "thread", thread);
        Fields.text(out, "author", author);
        Fields.number(out, "atMillis", atMillis);
    }

    private static void write(
            JsonGenerator out, String event, String thread, String comment, String author, long atMillis, String text)
            throws IOException {
        Fields.text(out, "event", event);
        Fields.text(out, "thread", thread);
        Fields.text(out, "comment", comment);
        Fields.text(out, "author", author);
        Fields.number(out, "atMillis", atMillis);
        Fields.text(out, "text", text);
    }

    static List<ThreadEvent> readEvents(JsonParser in, String name, Budget budget) throws IOException {
        Json.expect(in, JsonToken.START_ARRAY, name, "an array of events");
        var events = new ArrayList<ThreadEvent>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (events.size() == budget.events()) {
                throw Json.wrong(name, "at most " + budget.events() + " events");
            }
            events.add(event(Body.read(in, name, budget)));
        }
        return events;
    }

    private static ThreadEvent event(Body body) {
        String thread = body.text("thread");
        String author = body.text("author");
        long at = body.number("atMillis");
        return switch (body.text("event")) {
            case "opened" -> new ThreadEvent.Opened(thread, body.text("comment"), author, at, body.text("text"));
            case "replied" -> new ThreadEvent.Replied(thread, body.text("comment"), author, at, body.text("text"));
            case "edited" -> new ThreadEvent.Edited(thread, body.text("comment"), author, at, body.text("text"));
            case "resolved" -> new ThreadEvent.Resolved(thread, author, at);
            case "reopened" -> new ThreadEvent.Reopened(thread, author, at);
            case "deleted" -> new ThreadEvent.Deleted(thread, author, at);
            default -> throw Json.wrong("event", "one that this protocol knows");
        };
    }

    static void write(JsonGenerator out, Threads threads) throws IOException {
        out.writeStartArray();
        for (var entry : threads.byId().entrySet()) {
            out.writeStartArray();
            Json.writeText(out, entry.getKey());
            out.writeBoolean(entry.getValue().resolved());
            out.writeStartArray();
            for (var comment : entry.getValue().comments()) {
                out.writeStartArray();
                Json.writeText(out, comment.id());
                Json.writeText(out, comment.author());
                out.writeNumber(Fields.inRange("atMillis", comment.atMillis()));
                Json.writeText(out, comment.text());
                out.writeEndArray();
            }
            out.writeEndArray();
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    static Threads readThreads(JsonParser in, String name) throws IOException {
        Json.expect(in, JsonToken.START_ARRAY, name, "an array of threads");
        SortedMap<String, Threads.Thread> threads = new TreeMap<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Json.expect(in, JsonToken.START_ARRAY, name, "an array of arrays");
            String id = Json.nextText(in, name);
            JsonToken resolved = in.nextToken();
            if (resolved != JsonToken.VALUE_TRUE && resolved != JsonToken.VALUE_FALSE) {
                throw Json.wrong(name, "threads of an id, a truth value and comments");
            }
            in.nextToken();
            var thread = new Threads.Thread(resolved == JsonToken.VALUE_TRUE, comments(in, name));
            if (in.nextToken() != JsonToken.END_ARRAY || threads.put(id, thread) != null) {
                throw Json.wrong(name, "threads of an id, a truth value and comments, each once");
            }
        }
        return new Threads(threads);
    }

    private static List<Threads.Comment> comments(JsonParser in, String name) throws IOException {
        Json.expect(in, JsonToken.START_ARRAY, name, "threads with an array of comments");
        var comments = new ArrayList<Threads.Comment>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Json.expect(in, JsonToken.START_ARRAY, name, "comments that are arrays");
            String id = Json.nextText(in, name);
            String author = Json.nextText(in, name);
            in.nextToken();
            long at = Json.number(in, name, 0, Fields.MOST);
            comments.add(new Threads.Comment(id, author, at, Json.nextText(in, name)));
            if (in.nextToken() != JsonToken.END_ARRAY) {
                throw Json.wrong(name, "comments of an id, an author, a time and a text");
            }
        }
        return comments;
    }
}
