package coscribe.relay.store.embedded;

import coscribe.relay.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that reads, on its own connection, each request within one transaction. The
/// writer never waits for it nor it for the writer.
final class Reader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

    private final Sql sql;
    private final ExecutorService thread;

    Reader(Sql sql, EmbeddedSettings settings) {
        this.sql = sql;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.queuedRequests()),
                Thread.ofPlatform().name("coscribe-store-reader").daemon().factory());
    }

    <T> CompletionStage<T> read(Work<T> work, Function<SQLException, RuntimeException> failure) {
        var answer = new CompletableFuture<T>();
        try {
            thread.execute(() -> answer(work, answer, failure));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new StoreUnavailableException(
                    thread.isShutdown() ? "the store is closed" : "the disk is too slow: too many reads wait for it",
                    e));
        }
        return answer;
    }

    private <T> void answer(
            Work<T> work, CompletableFuture<T> answer, Function<SQLException, RuntimeException> failure) {
        T value;
        try {
            sql.run("BEGIN");
            try {
                value = work.run();
            } finally {
                end();
            }
        } catch (SQLException e) {
            answer.completeExceptionally(failure.apply(e));
            return;
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
            return;
        }
        answer.complete(value);
    }

    private void end() {
        try {
            sql.run("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to end: {}", e.getMessage());
        }
    }

    /// What was asked before is still answered. Waits for it.
    @Override
    public void close() throws SQLException {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("the store's reader does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sql.close();
    }
}
