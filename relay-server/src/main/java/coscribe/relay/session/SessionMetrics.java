package coscribe.relay.session;

import coscribe.ot.protocol.Refusal;

/// What a session counts. Called on hot paths from any thread: must be cheap.
public interface SessionMetrics {
    /// `commits` were handed to `members`.
    void delivered(int commits, int members);

    void refused(Refusal reason);

    /// Somebody who lagged got `commits` in a composed range.
    void rangeSent(int commits);

    void joined();

    SessionMetrics NONE = new SessionMetrics() {
        @Override
        public void delivered(int commits, int members) {}

        @Override
        public void refused(Refusal reason) {}

        @Override
        public void rangeSent(int commits) {}

        @Override
        public void joined() {}
    };
}
