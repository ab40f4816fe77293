package coscribe.relay.store;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Says of a store that is filled where it lies that it is not whole yet, so that a restore that died
/// half-way is noticed. Threads and errors as for {@link DocumentStore}.
public interface RestoreMark {
    /// For a store that takes the place of the old one when it is whole.
    RestoreMark NEVER = new RestoreMark() {
        @Override
        public CompletionStage<Void> set(Instant begun) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> remove() {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Optional<Instant>> begun() {
            return CompletableFuture.completedStage(Optional.empty());
        }
    };

    /// From now on the store is being filled. {@link Holdings#clear} leaves the mark.
    CompletionStage<Void> set(Instant begun);

    /// The store is whole.
    CompletionStage<Void> remove();

    /// Since when it is being filled; empty: it is whole.
    CompletionStage<Optional<Instant>> begun();
}
