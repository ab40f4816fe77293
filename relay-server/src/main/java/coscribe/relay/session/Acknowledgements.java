package coscribe.relay.session;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// When each client's newest submission arrived, so that it can be told how long its acknowledgement
/// took. At most one for each client that is in the hall.
final class Acknowledgements {
    private final Map<ClientId, Arrived> newest = new HashMap<>();

    private record Arrived(long seq, Instant at) {}

    /// The first time counts: a resend means that somebody has waited since then.
    void arrived(ClientId client, long seq, Instant now) {
        newest.merge(client, new Arrived(seq, now), (had, next) -> had.seq == next.seq ? had : next);
    }

    /// How long ago this commit's submission arrived; empty where that was elsewhere, or it was
    /// answered before.
    Optional<Duration> committed(Committed commit, Instant now) {
        var arrived = newest.get(commit.client());
        if (arrived == null || arrived.seq != commit.seq()) {
            return Optional.empty();
        }
        newest.remove(commit.client());
        var since = Duration.between(arrived.at, now);
        return Optional.of(since.isNegative() ? Duration.ZERO : since); // the clock may be set back
    }

    void forget(ClientId client) {
        newest.remove(client);
    }
}
