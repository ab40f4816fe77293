package coscribe.client.runner;

import coscribe.ot.protocol.FailureCode;
import coscribe.ot.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What the program waits for: that a document is there, that all of it is saved, that it is called
/// something else. Kept at home; the futures may be looked at from anywhere.
final class Awaited {
    private static final String CLOSED = "The document was closed.";

    private final CompletableFuture<DocumentClient> opened = new CompletableFuture<>();
    private final List<CompletableFuture<Void>> saved = new ArrayList<>();
    private final List<CompletableFuture<Void>> renamed = new ArrayList<>();

    static ClientException closedBefore() {
        return new ClientException(CLOSED);
    }

    /// From anywhere.
    CompletableFuture<DocumentClient> opened() {
        return opened;
    }

    boolean isOpen() {
        return opened.isDone() && !opened.isCompletedExceptionally();
    }

    /// The relay does not let this person in, and there is no copy here.
    void notLetIn(FailureCode code, String sentence) {
        var _ = opened.completeExceptionally(new ClientException(code, sentence));
    }

    void saved(CompletableFuture<Void> wanted) {
        saved.add(wanted);
    }

    void renamed(CompletableFuture<Void> wanted) {
        renamed.add(wanted);
    }

    /// Completes what a session has come to.
    void settle(Session session, boolean isClosed) {
        if (!session.isRenaming()) {
            complete(renamed);
        }
        if (isClosed) {
            fail(saved, closedBefore());
        } else if (session.hasDocument() && session.allSaved()) {
            complete(saved);
        }
    }

    /// Part of what was to be saved never will be.
    void textWithdrawn() {
        fail(
                saved,
                new ClientException("Part of the text could not become part of the document. It was kept as a copy."));
    }

    void renameRefused(FailureCode code, String sentence) {
        fail(renamed, new ClientException(code, sentence));
    }

    /// Nothing more is to come.
    void close() {
        var why = closedBefore();
        var _ = opened.completeExceptionally(why);
        fail(saved, why);
        fail(renamed, why);
    }

    private static void complete(List<CompletableFuture<Void>> waiting) {
        var done = List.copyOf(waiting);
        waiting.clear();
        done.forEach(each -> each.complete(null));
    }

    private static void fail(List<CompletableFuture<Void>> waiting, ClientException why) {
        var failed = List.copyOf(waiting);
        waiting.clear();
        failed.forEach(each -> each.completeExceptionally(why));
    }
}
