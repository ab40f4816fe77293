package coscribe.relay.cli.load;

import java.time.Duration;

/// What the people of a load do once their documents are there.
public sealed interface Workload {
    /// They type.
    ///
    /// @param everybody  whether all do; else one person of each document
    /// @param rate       keystrokes a second of each who types
    /// @param carets     whether carets travel: with each keystroke, and everybody moves theirs once a
    ///     second
    /// @param warm       before anything counts
    /// @param duration   of a round
    record Typing(boolean everybody, double rate, boolean carets, Duration warm, Duration duration)
            implements Workload {
        public Typing {
            if (rate <= 0) {
                throw new IllegalArgumentException("people who type need a rate");
            }
        }
    }

    /// They were there before, hung up, and come back at once; each round again.
    ///
    /// @param within  each comes at a random moment of it (full jitter); who is sent away comes back as
    ///     an editor would
    record Storm(Duration within) implements Workload {}

    /// They do nothing, then as many again come and do nothing.
    ///
    /// @param rest  how long nothing is done before memory is looked at
    record Idle(Duration rest) implements Workload {}
}
