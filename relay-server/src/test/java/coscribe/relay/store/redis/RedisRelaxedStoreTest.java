package coscribe.relay.store.redis;

import java.time.Duration;

/// The whole contract, relaxed with a replica that is asked afterwards. What is refused when it does not
/// answer is told by {@link RedisRelaxedTest}.
class RedisRelaxedStoreTest extends RedisDocumentStoreTest {
    private static final RedisSettings RELAXED = RedisSettings.DEFAULT
            .withCommandTimeout(Duration.ofSeconds(10))
            .withWaitReplicas(1)
            .withAtRisk(Duration.ofMinutes(1));

    private static final class Pair {
        static final RedisServer PRIMARY = RedisServer.start("--appendonly", "no");
        static final RedisServer REPLICA = RedisServer.replicaOf(PRIMARY);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                REPLICA.close();
                PRIMARY.close();
            }));
        }
    }

    @Override
    RedisServer server() {
        return Pair.PRIMARY;
    }

    @Override
    RedisStore open() {
        return Stores.open(RedisUrl.parse("redis://127.0.0.1:" + server().port()), RELAXED);
    }
}
