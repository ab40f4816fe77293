package coscribe.relay.backup;

import coscribe.relay.store.StoreAnswer;
import coscribe.relay.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Waits for the store: a backup has a thread of its own and no hurry.
final class Waiting {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Waiting() {}

    /// @throws StoreUnavailableException  if no answer comes
    static <T> T on(CompletionStage<T> stage) {
        return StoreAnswer.of(stage, PATIENCE);
    }

    /// For what only has to be done.
    static void until(CompletionStage<Void> stage) {
        var _ = on(stage.thenApply(_ -> true));
    }
}
