package coscribe.relay.session;

import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Refusal;
import java.time.Duration;

/// What a session counts. Called on hot paths from any thread: must be cheap.
public interface SessionMetrics {
    /// `commits` were handed to `members`.
    void delivered(int commits, int members);

    /// A commit was handed to the people here, `since` it was made, by the clocks of this relay and of
    /// the one that made it.
    void arrived(Duration since);

    void refused(Refusal reason);

    /// A request other than a submission failed.
    void failed(FailureCode code);

    /// What the feed did not bring was read from the log.
    void gapFilled(int commits);

    /// How somebody stands was not told to a reader that is behind; it is, once the reader has caught
    /// up.
    void presenceDropped();

    /// Somebody who lagged got `commits` in a composed range.
    void rangeSent(int commits);

    void joined();

    /// A submission was committed, and its author is told, `since` it arrived here for the first
    /// time.
    void acknowledged(Duration since);

    /// Somebody sent faster than a person may, and is not read for a while.
    void delayed();

    /// Somebody asked for more than a person may, or than the relay can take now, and was refused.
    ///
    /// @param what  `messages`, `work`, `joins`, `documents` or `admission`
    void overBudget(String what);

    /// Somebody was let in, and is in or was told why not, so long after.
    void cameIn(Duration after);

    /// @param underWay  how many are on their way in now
    /// @param waiting   and how many are not let in yet
    /// @param bound     how many may be under way
    void admission(int underWay, int waiting, int bound);

    SessionMetrics NONE = new SessionMetrics() {
        @Override
        public void delivered(int commits, int members) {}

        @Override
        public void arrived(Duration since) {}

        @Override
        public void refused(Refusal reason) {}

        @Override
        public void failed(FailureCode code) {}

        @Override
        public void gapFilled(int commits) {}

        @Override
        public void presenceDropped() {}

        @Override
        public void rangeSent(int commits) {}

        @Override
        public void joined() {}

        @Override
        public void acknowledged(Duration since) {}

        @Override
        public void delayed() {}

        @Override
        public void overBudget(String what) {}

        @Override
        public void cameIn(Duration after) {}

        @Override
        public void admission(int underWay, int waiting, int bound) {}
    };
}
