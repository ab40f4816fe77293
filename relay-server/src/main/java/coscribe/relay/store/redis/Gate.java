package coscribe.relay.store.redis;

import coscribe.relay.store.StoreUnsafeException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Lets writes through, unless they would not be kept safe: somebody found so, or asks here. Any thread.
final class Gate {
    private final Supplier<Optional<String>> doubt;
    private volatile Optional<String> shut = Optional.empty();

    /// @param doubt  asked each time, as what it says may change with time
    Gate(Supplier<Optional<String>> doubt) {
        this.doubt = doubt;
    }

    /// @param reason  for an administrator; empty: writes are let through
    void shut(Optional<String> reason) {
        shut = reason;
    }

    Optional<String> shut() {
        return shut.or(doubt);
    }

    <T> CompletionStage<T> through(Supplier<CompletionStage<T>> write) {
        var reason = shut();
        return reason.isPresent() ? CompletableFuture.failedStage(new StoreUnsafeException(reason.get())) : write.get();
    }
}
