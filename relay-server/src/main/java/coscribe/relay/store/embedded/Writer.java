package coscribe.relay.store.embedded;

import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. All requests that gathered while the last transaction was forced to
/// disk go into the next one; they are answered when it is on disk, and not before.
///
/// A transaction that fails is undone, and its requests are tried one by one, so that nobody
/// suffers for another's. Where the disk itself failed nothing is tried again: what a second
/// `fsync` says after a failed one proves nothing, so writing is over until the next start reads
/// what is there.
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final Sql sql;
    private final Executor answers;
    private final Hooks hooks;
    private final int groupRequests;
    private final BlockingQueue<Request<?>> queue;
    private final Thread thread;
    private long transactions;
    private Optional<StoreUnavailableException> broken = Optional.empty();
    private volatile boolean closed;

    /// What the store does around transactions. On the writer's thread.
    interface Hooks {
        /// Writes what requests left for the end of the transaction.
        void flush() throws SQLException;

        /// The transaction was undone.
        void forget();

        /// `transactions` of them are on disk.
        void forced(long transactions) throws IOException;
    }

    private record Request<T>(
            Work<T> work, CompletableFuture<T> answer, Function<SQLException, RuntimeException> failure) {
        /// Runs it; what it answers is told later.
        Runnable run() throws SQLException {
            try {
                var value = work.run();
                return () -> answer.complete(value);
            } catch (DamagedDocumentException | IllegalArgumentException e) {
                return () -> answer.completeExceptionally(e); // a check failed, before the first write
            }
        }
    }

    /// @param transactions  how many the database holds already
    /// @param answers       completes the stages
    Writer(Sql sql, long transactions, EmbeddedSettings settings, Executor answers, Hooks hooks) {
        this.sql = sql;
        this.transactions = transactions;
        this.answers = answers;
        this.hooks = hooks;
        this.groupRequests = settings.groupRequests();
        this.queue = new ArrayBlockingQueue<>(settings.queuedRequests());
        this.thread = Thread.ofPlatform().name("coscribe-store-writer").daemon().unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    /// @param failure  what becomes of a failure of this request alone
    <T> CompletionStage<T> write(Work<T> work, Function<SQLException, RuntimeException> failure) {
        var answer = new CompletableFuture<T>();
        if (closed) {
            answer.completeExceptionally(new StoreUnavailableException("the store is closed"));
        } else if (!queue.offer(new Request<>(work, answer, failure))) {
            answer.completeExceptionally(
                    new StoreUnavailableException("the disk is too slow: " + queue.size() + " requests wait for it"));
        } else if (closed) {
            failQueued(); // nobody may be left to take it
        }
        return answer;
    }

    boolean isClosed() {
        return closed;
    }

    private void loop() {
        var group = new ArrayList<Request<?>>();
        try {
            while (!closed || !queue.isEmpty()) {
                group.add(queue.take());
                queue.drainTo(group, groupRequests - 1);
                transact(group);
                group.clear();
            }
        } catch (InterruptedException e) {
            LOG.debug("store writer ends, requests={}", queue.size());
        }
    }

    private void transact(List<Request<?>> group) {
        if (broken.isPresent()) {
            answer(failures(group, broken.get()));
            return;
        }
        var replies = new ArrayList<Runnable>(group.size());
        try {
            sql.run("BEGIN IMMEDIATE");
            long before = sql.changes();
            for (Request<?> request : group) {
                replies.add(request.run());
            }
            hooks.flush();
            boolean changed = sql.changes() != before;
            if (changed) {
                sql.update("UPDATE meta SET transactions = ? WHERE id = 0", transactions + 1);
            }
            sql.run("COMMIT");
            if (changed) {
                transactions++;
                mark();
            }
        } catch (SQLException | RuntimeException e) {
            undo();
            retry(group, e);
            return;
        } catch (Error e) {
            undo();
            stopWriting(group, "the store failed in a way that it does not know: start the relay again", e);
            return;
        }
        answer(replies);
    }

    private void mark() {
        try {
            hooks.forced(transactions);
        } catch (IOException e) {
            LOG.warn("the store's mark could not be written; a damaged write-ahead log may go unnoticed", e);
        }
    }

    private void undo() {
        hooks.forget();
        try {
            sql.run("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to roll back: {}", e.getMessage());
        }
    }

    private void retry(List<Request<?>> group, Exception failure) {
        if (failure instanceof SQLException sqlFailure && Failures.isBroken(sqlFailure)) {
            stopWriting(
                    group,
                    "the disk of the database failed, and nothing is written to it any more: check the"
                            + " disk, then start the relay again",
                    failure);
        } else if (group.size() > 1) {
            group.forEach(request -> transact(List.of(request)));
        } else {
            var request = group.getFirst();
            answer(failures(
                    group,
                    failure instanceof SQLException sqlFailure
                            ? request.failure().apply(sqlFailure)
                            : (RuntimeException) failure));
        }
    }

    private void stopWriting(List<Request<?>> group, String why, Throwable cause) {
        var what = new StoreUnavailableException(why, cause);
        LOG.error("store stops writing", what);
        broken = Optional.of(what);
        answer(failures(group, what));
    }

    private static List<Runnable> failures(List<Request<?>> group, RuntimeException failure) {
        var replies = new ArrayList<Runnable>(group.size());
        group.forEach(request -> replies.add(() -> request.answer().completeExceptionally(failure)));
        return replies;
    }

    private void answer(List<Runnable> replies) {
        try {
            answers.execute(() -> replies.forEach(Runnable::run));
        } catch (RejectedExecutionException e) {
            replies.forEach(Runnable::run);
        }
    }

    private void failQueued() {
        var left = new ArrayList<Request<?>>();
        queue.drainTo(left);
        answer(failures(left, new StoreUnavailableException("the store is closed")));
    }

    /// What was asked before is still written. Waits for it, except on the writer's own thread.
    @Override
    public void close() {
        closed = true;
        var _ = queue.offer(new Request<>(() -> true, new CompletableFuture<>(), Failures::of));
        try {
            if (Thread.currentThread() != thread) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.interrupt();
        }
        failQueued();
    }
}
