package coscribe.relay.backup;

import coscribe.relay.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for the store: a backup has a thread of its own and no hurry.
final class Waiting {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Waiting() {}

    /// @throws StoreUnavailableException  if no answer comes
    static <T> T on(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException told ? told : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("the store did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for the store", e);
        }
    }

    /// For what only has to be done.
    static void until(CompletionStage<Void> stage) {
        var _ = on(stage.thenApply(_ -> true));
    }
}
