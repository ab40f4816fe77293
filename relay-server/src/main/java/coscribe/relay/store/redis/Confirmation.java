package coscribe.relay.store.redis;

import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/// The word of the replicas, by `WAIT`: that they have everything which was written on a connection
/// before it. Redis promises this for writes; what was only read is not covered, so who asks for a
/// confirmation of what it reads writes in the same breath.
///
/// @param replicas  how many must have it: all that are attached, as `WAIT` cannot choose among
///     them; 0: nobody is asked
/// @param patience  how long they have; the connection carries nothing else meanwhile
/// @param suspects  whether a server that falls short may have been replaced, so that it is looked for anew
record Confirmation(int replicas, Duration patience, boolean suspects) {
    static final Confirmation NONE = new Confirmation(0, Duration.ofSeconds(1), false);

    Confirmation {
        if (replicas < 0 || patience.toMillis() < 1) { // 0 ms would wait for ever
            throw new IllegalArgumentException(replicas + " replicas within " + patience);
        }
    }

    boolean isNeeded() {
        return replicas > 0;
    }

    /// For a command on a connection on which it is asked for: at most two flights are ahead.
    Duration timeout(Duration alone) {
        return isNeeded() ? alone.plus(patience.multipliedBy(2)) : alone;
    }

    Words words() {
        return new Words(Command.WAIT).add(replicas).add(patience.toMillis());
    }

    /// Why what went before is not known to be safe; empty: it is.
    Optional<StoreUnsafeException> doubt(@Nullable Object reply) {
        if (reply instanceof JedisDataException refused) {
            return Optional.of(new StoreUnsafeException(
                    "Redis did not ask its replicas (" + refused.getMessage() + "); it may no longer be the primary",
                    refused));
        }
        return reply instanceof Long confirmed && confirmed >= replicas
                ? Optional.empty()
                : Optional.of(new StoreUnsafeException(reply + " of " + replicas + " replicas confirmed within "
                        + patience.toMillis() + " ms; whether the others have it is not known"));
    }
}
