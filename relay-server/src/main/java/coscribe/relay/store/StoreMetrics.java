package coscribe.relay.store;

import java.time.Duration;

/// What a store that is a server elsewhere counts. Called on its connections' threads: must be cheap,
/// and must not throw.
public interface StoreMetrics {
    /// The replicas confirmed what was written, so long after the primary had answered.
    void confirmed(Duration after);

    /// Not all replicas confirmed in time: whether what was written is safe is not known.
    void unconfirmed();

    /// A connection was lost, and there is a new one.
    ///
    /// @param purpose  what it is for, in one word
    void reconnected(String purpose);

    /// Soft state was not published, as the server does not keep up with what must be.
    void presenceNotPublished();

    StoreMetrics NONE = new StoreMetrics() {
        @Override
        public void confirmed(Duration after) {}

        @Override
        public void unconfirmed() {}

        @Override
        public void reconnected(String purpose) {}

        @Override
        public void presenceNotPublished() {}
    };
}
