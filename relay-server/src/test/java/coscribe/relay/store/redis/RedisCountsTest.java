package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.StoreMetrics;
import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/// What a store on Redis counts moves for what it is said to count: a primary and a replica, both real.
class RedisCountsTest extends RedisFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private RedisServer replica;
    private RedisStore relay;
    private final Counted counted = new Counted();

    private static final class Counted implements StoreMetrics {
        final List<Duration> confirmed = new CopyOnWriteArrayList<>();
        final List<String> rest = new CopyOnWriteArrayList<>();

        @Override
        public void confirmed(Duration after) {
            confirmed.add(after);
        }

        @Override
        public void unconfirmed() {
            rest.add("unconfirmed");
        }

        @Override
        public void reconnected(String purpose) {
            rest.add("reconnected " + purpose);
        }

        @Override
        public void presenceNotPublished() {
            rest.add("presence not published");
        }
    }

    @BeforeEach
    void one_primary_and_one_replica() {
        use(RedisServer.strict());
        replica = closing(RedisServer.replicaOf(server(), "--appendonly", "yes"));
        relay = openRelay(
                server().url(),
                RedisSettings.DEFAULT
                        .withCommandTimeout(Duration.ofSeconds(10))
                        .withWaitingCommands(8)
                        .withWaitReplicas(1)
                        .withWaitPatience(PATIENCE));
        createDocument();
        await(relay.documents().ping());
        relay.countedBy(counted);
    }

    @Override
    protected DocumentStore store() {
        return relay.documents();
    }

    @Test
    void a_replica_that_confirms_late_is_seen_and_one_that_does_not_is_counted() {
        var mara = ownerJoins();
        int joined = counted.confirmed.size();
        assertThat(joined).as("the join itself").isPositive();
        replica.signal("STOP");
        var commit = store().commit(document, RELAY, birth, entries(birth, edit(mara, 1)));
        elapse(Duration.ofMillis(300));
        replica.signal("CONT");
        await(commit);
        assertThat(counted.confirmed).hasSize(joined + 1);
        assertThat(counted.confirmed.getLast()).isBetween(Duration.ofMillis(100), PATIENCE.plusSeconds(1));
        assertThat(counted.rest).isEmpty();

        replica.signal("STOP");
        try {
            var head = entries(birth, edit(mara, 1)).getFirst();
            assertThat(failureOf(store().commit(document, RELAY, birth, List.of(head))))
                    .isInstanceOf(StoreUnsafeException.class);
        } finally {
            replica.signal("CONT");
        }
        assertThat(counted.rest).containsExactly("unconfirmed");
        assertThat(counted.confirmed).hasSize(joined + 1);
    }

    @Test
    void each_connection_that_was_lost_and_is_back_is_a_reconnect() {
        await(relay.feed().follow(document, new RedisNumbersTest.Listening()));
        try (var admin = server().admin()) {
            var _ = admin.clientKill(
                    ClientKillParams.clientKillParams().type(ClientType.NORMAL).skipMe(ClientKillParams.SkipMe.YES));
            Awaitility.await()
                    .until(() -> counted.rest.containsAll(
                            List.of("reconnected commands", "reconnected bulk", "reconnected commits")));
            assertThat(counted.rest).doesNotContain("reconnected feed");
            var _ = admin.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
            Awaitility.await().until(() -> counted.rest.contains("reconnected feed"));
        }
        assertThat(counted.rest).hasSize(4);
    }

    @Test
    void presence_that_would_wait_behind_what_must_be_done_is_dropped_and_counted() {
        relay.feed().publishPresence(document, bytes("here"));
        server().signal("STOP");
        try {
            for (int i = 0; i < 20; i++) {
                relay.feed().publishPresence(document, bytes("here"));
            }
            assertThat(counted.rest).isNotEmpty().containsOnly("presence not published");
        } finally {
            server().signal("CONT");
        }
    }
}
