package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.redis.RedisServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole relay with a replica that falls silent. Strict: nobody sees, and nobody is told as saved, what
/// it has not confirmed; relaxed: for a while. With its word everything goes on by itself, each edit once.
class ReplicaSilentTest {
    @TempDir
    private Path folder;

    private House house(RedisServer redis, String durability) {
        return House.in(
                folder,
                "--store",
                "redis",
                "--redis-url",
                "redis://127.0.0.1:" + redis.port(),
                "--redis-wait-replicas",
                "1",
                "--durability",
                durability);
    }

    @Test
    void edits_stay_with_their_writer_until_the_replica_confirms_them() throws Exception {
        try (var redis = RedisServer.strict();
                var replica = RedisServer.replicaOf(redis);
                var house = house(redis, "strict")) {
            var mara = house.caller("Mara");
            var plan = mara.create("Plan");
            mara.join(plan);
            mara.type("Before. ");
            house.grant(plan, "Jon", Role.EDITOR);
            house.grant(plan, "Lin", Role.EDITOR);
            var jon = house.caller("Jon", plan);
            var lin = house.client("Lin").open(plan);
            lin.opened().orTimeout(30, TimeUnit.SECONDS).join();

            replica.signal("STOP");
            long hers;
            try {
                hers = mara.submit("[" + mara.insert("Mara. ") + "," + mara.length() + "]");
                mara.expectRefusal(hers, Refusal.STORE_AWAY, "can't keep edits safe now");
                lin.run(it -> it.append("Lin.")).join();
                mara.submitAgain("[" + mara.insert("Mara. ") + "," + mara.length() + "]");
                mara.expectRefusal(hers, Refusal.STORE_AWAY, "can't keep edits safe now");
                jon.expectNothingOf(Committed.class);
                assertThat(lin.status().unsaved()).isOne();
            } finally {
                replica.signal("CONT");
            }

            mara.submitAgain("[" + mara.insert("Mara. ") + "," + mara.length() + "]");
            mara.acknowledged(hers);
            lin.saved().orTimeout(30, TimeUnit.SECONDS).join();
            mara.upTo(3);
            jon.upTo(3);
            assertThat(jon.document()).isEqualTo(mara.document());
            assertThat(mara.text()).containsOnlyOnce("Mara. ").containsOnlyOnce("Lin.");
            assertThat(house.caller("Mara", plan).document()).isEqualTo(mara.document());
        }
    }

    @Test
    void relaxed_takes_edits_for_less_than_two_seconds_and_then_none_until_the_replica_confirms() throws Exception {
        try (var redis = RedisServer.strict();
                var replica = RedisServer.replicaOf(redis);
                var house = house(redis, "relaxed")) {
            var mara = house.caller("Mara");
            var plan = mara.create("Plan");
            mara.join(plan);

            replica.signal("STOP");
            long hers;
            try {
                mara.type("At risk. ");
                Awaitility.await().until(() -> house.relay().writesRefused().isPresent());
                hers = mara.submit("[" + mara.insert("Mara. ") + "," + mara.length() + "]");
                mara.expectRefusal(hers, Refusal.STORE_AWAY, "can't keep edits safe now");
                try (var http = HttpClient.newHttpClient()) {
                    var ready = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + house.port() + "/readyz"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
                    assertThat(ready.body())
                            .startsWith("ready, for readers only. Edits are refused: Replicas did not confirm in time");
                }
            } finally {
                replica.signal("CONT");
            }

            Awaitility.await().until(() -> house.relay().writesRefused().isEmpty());
            mara.submitAgain("[" + mara.insert("Mara. ") + "," + mara.length() + "]");
            mara.acknowledged(hers);
            assertThat(mara.text()).containsOnlyOnce("Mara. ").containsOnlyOnce("At risk. ");
        }
    }
}
