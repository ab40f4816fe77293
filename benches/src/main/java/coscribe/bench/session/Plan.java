package coscribe.bench.session;

import java.nio.file.Path;
import java.time.Duration;

/// What a writing session is to be.
///
/// @param home         the repository
/// @param folder       for everything that is written, logs too
/// @param relays       how many; two share one Redis, and each writer has its own
/// @param perSecond    keystrokes of each writer
/// @param relayKills   how often a relay is killed with -9 and started again
/// @param writerKills  how often each writer is
/// @param seed         of the order of kills
/// @param atMost       after so long it counts as failed
public record Plan(
        Path home,
        Path folder,
        Source source,
        Kind store,
        int relays,
        double perSecond,
        int relayKills,
        int writerKills,
        long seed,
        Duration atMost) {
    /// Which store.
    public enum Kind {
        EMBEDDED,
        REDIS,
        /// Only writers can be killed: a relay would take everything with it.
        MEMORY
    }

    public Plan {
        if (relays > 1 && store != Kind.REDIS) {
            throw new IllegalArgumentException("two relays need a Redis");
        }
        if (relayKills > 0 && store == Kind.MEMORY) {
            throw new IllegalArgumentException("what is in a relay's memory does not outlive it");
        }
    }
}
