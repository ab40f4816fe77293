package coscribe.relay.store;

import java.util.Optional;

/// What a store says of itself beside its answers. Any thread.
public interface StoreState {
    /// Why what would change documents is refused now, for an administrator; empty: it is taken.
    Optional<String> writesRefused();

    /// Who counts from now on.
    void countedBy(StoreMetrics metrics);

    /// A store that takes what it is given, and counts nothing.
    StoreState PLAIN = new StoreState() {
        @Override
        public Optional<String> writesRefused() {
            return Optional.empty();
        }

        @Override
        public void countedBy(StoreMetrics metrics) {}
    };
}
