package coscribe.relay.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.kit.RawClient;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.store.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a message asks for may take long, and no thread waits for it: a whole relay whose store
/// stands still.
@Timeout(60)
class HangingStoreTest {
    @TempDir
    private Path folder;

    @Test
    void while_redis_hangs_newcomers_and_everything_that_needs_no_store_are_answered() throws Exception {
        try (var redis = RedisServer.strict();
                var house = House.in(folder, "--store", "redis", "--redis-url", "redis://127.0.0.1:" + redis.port())) {
            everythingElseGoesOn(house, () -> {
                redis.signal("STOP");
                return () -> redis.signal("CONT");
            });
        }
    }

    /// Another program holds the database's lock, as a backup might.
    @Test
    void so_they_are_while_the_embedded_database_is_locked() throws Exception {
        try (var house = House.in(folder)) {
            var file = folder.resolve("data").resolve("store.db");
            assertThat(file).exists();
            everythingElseGoesOn(house, () -> {
                var other = DriverManager.getConnection("jdbc:sqlite:" + file);
                other.createStatement().execute("BEGIN IMMEDIATE");
                return other;
            });
        }
    }

    /// Makes the store stand still; what it answers lets it go on.
    private interface Hang {
        AutoCloseable begin() throws Exception;
    }

    private static void everythingElseGoesOn(House house, Hang hang) throws Exception {
        var mara = house.caller("Mara");
        var plan = mara.create("Plan");
        mara.join(plan);
        var eight = new ArrayList<Caller>();
        for (int i = 0; i < 8; i++) {
            house.grant(plan, "Writer " + i, Role.EDITOR);
            eight.add(house.caller("Writer " + i, plan));
        }
        var home = house.caller("Jon");

        try (var _ = hang.begin()) {
            for (var writer : eight) {
                writer.submit("[" + writer.insert("x") + ",1]");
            }
            home.sayJoin(plan); // and so wait for an answer nobody gives
            for (int round = 0; round < 20; round++) {
                for (var writer : eight) {
                    writer.say(new ClientMessage.Ping(round)).expect(ServerMessage.Pong.class);
                }
                newcomerIsAnswered(house);
                assertThat(get(house, "/healthz")).startsWith("HTTP/1.1 200 ").endsWith("ok\n");
            }
            mara.expectNothingOf(Committed.class);
        }

        // Once more, as clients do: a store that waited for too long has refused what was sent.
        for (var writer : eight) {
            writer.submitAgain("[" + writer.insert("x") + "," + writer.length() + "]");
        }
        mara.upTo(8);
        assertThat(mara.text()).isEqualTo("x".repeat(8));
        for (var writer : eight) {
            writer.upTo(8);
            assertThat(writer.document()).isEqualTo(mara.document());
        }
    }

    private static void newcomerIsAnswered(House house) throws IOException {
        try (var newcomer = house.stranger()) {
            newcomer.bytes(RawClient.frame(0x89, "there?".getBytes(UTF_8)));
            assertThat(newcomer.raw().read().text()).isEqualTo("there?");
        }
    }

    private static String get(House house, String path) throws IOException {
        try (var client = RawClient.connect(house.port())) {
            return client.say("GET " + path + " HTTP/1.1\r\nHost: relay\r\n\r\n")
                    .readAll();
        }
    }
}
