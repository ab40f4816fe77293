package coscribe.relay.store.redis;

import coscribe.relay.store.RestoreMark;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/// A key beside everything else; on the connection that a restore writes by, so that it is there
/// before anything goes away, and goes when the last of it is written.
final class RedisRestoreMark implements RestoreMark {
    static final String KEY = "cs:restoring";

    private final CommandLine bulk;

    RedisRestoreMark(CommandLine bulk) {
        this.bulk = bulk;
    }

    @Override
    public CompletionStage<Void> set(Instant begun) {
        return bulk.send(new Words(Command.SET).add(KEY).add(begun.toEpochMilli()));
    }

    @Override
    public CompletionStage<Void> remove() {
        return bulk.send(new Words(Command.DEL).add(KEY));
    }

    @Override
    public CompletionStage<Optional<Instant>> begun() {
        return bulk.send(
                new Words(Command.GET).add(KEY),
                reply -> reply.isNothing()
                        ? Optional.<Instant>empty()
                        : Optional.of(Instant.ofEpochMilli(Long.parseLong(reply.text()))));
    }
}
