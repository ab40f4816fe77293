package coscribe.relay.store.redis;

import coscribe.relay.store.StoreUnsafeException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Lets writes through, unless somebody found that they would not be kept safe. Any thread.
final class Gate {
    private volatile Optional<String> shut = Optional.empty();

    /// @param reason  for an administrator; empty: writes are let through
    void shut(Optional<String> reason) {
        shut = reason;
    }

    <T> CompletionStage<T> through(Supplier<CompletionStage<T>> write) {
        var reason = shut;
        return reason.isPresent() ? CompletableFuture.failedStage(new StoreUnsafeException(reason.get())) : write.get();
    }
}
