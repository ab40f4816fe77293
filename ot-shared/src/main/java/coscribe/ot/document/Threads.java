package coscribe.ot.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The comment threads of a document, by id. Immutable.
public record Threads(SortedMap<String, Thread> byId) {
    public static final Threads NONE = new Threads(new TreeMap<>());

    public Threads {
        byId = Collections.unmodifiableSortedMap(new TreeMap<>(byId));
    }

    /// One thread; the opening comment comes first.
    public record Thread(boolean resolved, List<Comment> comments) {
        public Thread {
            comments = List.copyOf(comments);
        }
    }

    /// `atMillis` since 1970, by its writer's clock.
    public record Comment(String id, String author, long atMillis, String text) {}

    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /// These and `more`, which may go on with the comments of a thread that begins here: how a
    /// document in pieces is put together.
    public Threads plus(Threads more) {
        if (byId.isEmpty() || more.byId.isEmpty()) {
            return byId.isEmpty() ? more : this;
        }
        var both = new TreeMap<>(byId);
        more.byId.forEach((id, thread) -> both.merge(id, thread, (begun, rest) -> {
            var comments = new ArrayList<>(begun.comments());
            comments.addAll(rest.comments());
            return new Thread(rest.resolved(), comments);
        }));
        return new Threads(both);
    }

    /// What the threads are after these events. An event that does not fit changes nothing.
    public Threads after(List<ThreadEvent> events) {
        if (events.isEmpty()) {
            return this;
        }
        var next = new TreeMap<>(byId);
        for (ThreadEvent event : events) {
            apply(next, event);
        }
        return new Threads(next);
    }

    private static void apply(TreeMap<String, Thread> threads, ThreadEvent event) {
        switch (event) {
            case ThreadEvent.Opened(var thread, var comment, var author, long at, var text) ->
                threads.putIfAbsent(thread, new Thread(false, List.of(new Comment(comment, author, at, text))));
            case ThreadEvent.Replied(var thread, var comment, var author, long at, var text) ->
                threads.computeIfPresent(thread, (id, had) -> replied(had, new Comment(comment, author, at, text)));
            case ThreadEvent.Edited(var thread, var comment, var author, long ignored, var text) ->
                threads.computeIfPresent(thread, (id, had) -> edited(had, comment, author, text));
            case ThreadEvent.Resolved(var thread, var ignored, long at) ->
                threads.computeIfPresent(thread, (id, had) -> new Thread(true, had.comments()));
            case ThreadEvent.Reopened(var thread, var ignored, long at) ->
                threads.computeIfPresent(thread, (id, had) -> new Thread(false, had.comments()));
            case ThreadEvent.Deleted(var thread, var ignored, long at) -> threads.remove(thread);
        }
    }

    private static Thread replied(Thread had, Comment comment) {
        if (had.comments().stream().anyMatch(known -> known.id().equals(comment.id()))) {
            return had;
        }
        var comments = new ArrayList<>(had.comments());
        comments.add(comment);
        return new Thread(had.resolved(), comments);
    }

    private static Thread edited(Thread had, String id, String author, String text) {
        return new Thread(
                had.resolved(),
                had.comments().stream()
                        .map(known -> known.id().equals(id) && known.author().equals(author)
                                ? new Comment(id, author, known.atMillis(), text)
                                : known)
                        .toList());
    }
}
