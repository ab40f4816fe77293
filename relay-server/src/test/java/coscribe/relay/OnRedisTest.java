package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.relay.store.redis.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program on a real Redis: what it asks of its settings, and two relays side by side.
class OnRedisTest {
    @TempDir
    private Path folder;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<CompletableFuture<Integer>> servers = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        stop.countDown();
        for (var server : servers) {
            assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void two_relays_on_one_redis_print_one_owner_link_and_know_the_same_people() throws Exception {
        try (var redis = RedisServer.strict()) {
            var first = new Said();
            var second = new Said();
            serve(redis, "first", first);
            serve(redis, "second", second);

            assertThat(code(first)).isEqualTo(code(second));
            assertThat(first.out()).contains("  Data     redis://127.0.0.1:" + redis.port() + " (Redis)");
            var one = new Said();
            var other = new Said();
            assertThat(run(one, redis, "first", "token", "issue", "--user", "mara"))
                    .isZero();
            assertThat(run(other, redis, "second", "token", "issue", "--user", "mara"))
                    .isZero();
            assertThat(person(one)).isEqualTo(person(other));
            var doctor = new Said();
            assertThat(run(doctor, redis, "first", "doctor")).isZero();
            assertThat(doctor.out())
                    .contains("ok    port        A relay runs here")
                    .contains("ok    redis       Redis 7.")
                    .contains("ok    eviction    Redis throws nothing away (noeviction).")
                    .contains("ok    durability  Redis keeps an append-only file (appendfsync always).")
                    .contains("ok    clock       This computer and Redis agree on the time.");
            stop.countDown();
            for (var server : servers) {
                assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    @Test
    void a_relay_that_refuses_edits_says_why_in_its_banner_and_to_whoever_asks_whether_it_is_ready() throws Exception {
        try (var redis = RedisServer.strict()) {
            var said = new Said();
            serve(redis, "waiting", said, "--redis-wait-replicas", "1");
            assertThat(said.out())
                    .contains("  Edits are refused until this is mended; people can read:\n  0 replicas are attached to"
                            + " Redis, but redis.wait.replicas = 1");
            int port = Integer.parseInt(said.out().replaceAll("(?s).*http://127.0.0.1:(\\d+).*", "$1"));
            assertThat(readiness(port))
                    .startsWith("200 ready, for readers only. Edits are refused: 0 replicas are attached to Redis");
            var doctor = new Said();
            assertThat(run(doctor, redis, "waiting", "doctor")).isEqualTo(5);
            assertThat(doctor.out())
                    .contains("FAIL  store       The running relay refuses edits. 0 replicas are attached to Redis");
            try (var _ = RedisServer.replicaOf(redis)) {
                await().atMost(java.time.Duration.ofSeconds(20))
                        .until(() -> readiness(port).equals("200 ready"));
            }
            stop.countDown();
            for (var server : servers) {
                assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    private static String readiness(int port) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().strip();
        }
    }

    @Test
    void a_redis_that_keeps_nothing_is_refused_unless_that_was_asked_for() throws Exception {
        try (var redis = RedisServer.start("--appendonly", "no", "--save", "")) {
            var refused = new Said();
            assertThat(run(refused, redis, "a", "serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off"))
                    .isEqualTo(4);
            assertThat(refused.err())
                    .isEqualTo(
                            "The store can't be used: Redis keeps no append-only file, so saved edits are lost when it"
                                    + " ends. Set it: redis-cli config set appendonly yes, and in redis.conf; or write"
                                    + " durability = volatile. Then start again; 'coscribe-relay doctor' checks it.\n");
            var doctor = new Said();
            assertThat(run(doctor, redis, "a", "doctor", "--bind", "127.0.0.1:0", "--metrics-bind", "off"))
                    .isEqualTo(5);
            assertThat(doctor.out()).contains("FAIL  durability  Redis keeps no append-only file");

            assertThat(run(new Said(), redis, "a", "invite", "create", "--durability", "volatile"))
                    .isZero();
        }
    }

    @Test
    void a_redis_that_forces_now_and_then_is_relaxed_and_not_strict() throws Exception {
        try (var redis = RedisServer.start("--appendonly", "yes", "--appendfsync", "everysec")) {
            var refused = new Said();
            assertThat(run(refused, redis, "a", "serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off"))
                    .isEqualTo(4);
            assertThat(refused.err())
                    .contains("Redis forces its file only every second, so durability = strict is not kept.");

            assertThat(run(new Said(), redis, "a", "invite", "create", "--durability", "relaxed"))
                    .isZero();
        }
    }

    @Test
    void a_redis_that_evicts_is_refused() throws Exception {
        try (var redis = RedisServer.start(
                "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "allkeys-lru")) {
            var refused = new Said();
            assertThat(run(refused, redis, "a", "invite", "create")).isEqualTo(4);
            assertThat(refused.err())
                    .contains("Redis may throw documents away when memory is short (maxmemory-policy allkeys-lru).");
            var doctor = new Said();
            assertThat(run(doctor, redis, "a", "doctor", "--bind", "127.0.0.1:0", "--metrics-bind", "off"))
                    .isEqualTo(5);
            assertThat(doctor.out()).contains("FAIL  eviction    Redis may throw documents away");
        }
    }

    @Test
    void a_redis_that_is_gone_fails_its_check() throws Exception {
        var redis = RedisServer.strict();
        redis.close();

        var doctor = new Said();
        assertThat(run(doctor, redis, "a", "doctor", "--bind", "127.0.0.1:0", "--metrics-bind", "off"))
                .isEqualTo(5);
        assertThat(doctor.out())
                .containsPattern("FAIL  redis       Redis at redis://127.0.0.1:" + redis.port()
                        + " can't be used: .*\\. Start it, or correct redis.url");
    }

    private void serve(RedisServer redis, String name, Said said, String... more) {
        var typed = new ArrayList<>(List.of("serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off"));
        typed.addAll(List.of(more));
        servers.add(CompletableFuture.supplyAsync(
                () -> run(said, redis, name, typed.toArray(String[]::new)),
                task -> Thread.ofPlatform().daemon().start(task)));
        await().atMost(java.time.Duration.ofSeconds(20)).until(() -> said.out().contains("coscribe://join/"));
    }

    private int run(Said said, RedisServer redis, String name, String... typed) {
        var args = new ArrayList<>(List.of(typed));
        args.addAll(List.of("--data-dir", folder.resolve(name).toString()));
        var environment = Map.of("COSCRIBE_STORE", "redis", "COSCRIBE_REDIS_URL", "redis://127.0.0.1:" + redis.port());
        return Main.run(args, environment, said.outStream, said.errStream, stop::await);
    }

    private static String code(Said said) {
        return said.out().replaceAll("(?s).*coscribe://join/[^/]+/([2-9A-Z-]{14}).*", "$1");
    }

    private static String person(Said said) {
        return said.err().replaceAll("(?s).*person ([0-9a-f]{32}).*", "$1");
    }

    /// What one run printed.
    private static final class Said {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        final PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);

        String out() {
            return out.toString(StandardCharsets.UTF_8);
        }

        String err() {
            return err.toString(StandardCharsets.UTF_8);
        }
    }
}
