package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.Revision;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.CommitResult.Forked;
import coscribe.relay.store.StoreFullException;
import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisException;

/// What Redis may answer instead of an answer: each is told for what it is, nothing is half written, and
/// it goes on by itself when Redis can. (LOADING: {@link RedisOutagesTest}; NOREPLICAS and a failed WAIT:
/// {@link RedisReplicasTest}.)
class RedisAnswersTest extends RedisFixture {
    private void worksAgain(Writer mara) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            try {
                return store().commit(document, RELAY, birth, entries(birth, edit(mara, 1)))
                                .toCompletableFuture()
                                .get()
                        instanceof Appended;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(StoreUnavailableException.class);
                return false;
            }
        });
        assertThat(load().head().revision()).isEqualTo(new Revision(1));
    }

    @Test
    void busy_with_a_script_that_does_not_end() {
        var server = use(RedisServer.start("--appendonly", "no", "--busy-reply-threshold", "100"));
        createDocument();
        var mara = ownerJoins();
        var endless = CompletableFuture.runAsync(() -> {
            try (var admin = server.admin()) {
                var _ = admin.eval("while true do end");
            } catch (JedisException _) {
                // killed, as it has to be
            }
        });
        try (var admin = server.admin()) {
            Awaitility.await().until(() -> {
                try {
                    return admin.ping().isEmpty();
                } catch (JedisException e) {
                    return String.valueOf(e.getMessage()).startsWith("BUSY");
                }
            });
            assertThat(failureOf(store().commit(document, RELAY, birth, entries(birth, edit(mara, 1)))))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("BUSY");
            var _ = admin.scriptKill();
        }
        endless.join();
        worksAgain(mara);
    }

    @Test
    void read_only_as_it_became_a_replica() {
        var server = use(RedisServer.start("--appendonly", "no"));
        var other = closing(RedisServer.start("--appendonly", "no"));
        createDocument();
        var mara = ownerJoins();
        var documents = openRelay(server.url(), RedisSettings.DEFAULT).documents();
        await(documents.ping());
        try (var admin = server.admin()) {
            admin.configSet("replica-serve-stale-data", "yes");
            other.signal("STOP"); // so that it keeps what it has
            admin.replicaof("127.0.0.1", other.port());
            assertThat(failureOf(documents.commit(document, RELAY, birth, entries(birth, edit(mara, 1)))))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("READONLY");
            // The next connection asks first, and says what it met.
            assertThat(failureOf(documents.commit(document, RELAY, birth, entries(birth, edit(mara, 1)))))
                    .hasMessageContaining("it is a replica");
            admin.replicaofNoOne();
            other.signal("CONT");
        }
        worksAgain(mara);
    }

    @Test
    void its_scripts_forgotten() {
        var server = use(RedisServer.start("--appendonly", "no"));
        createDocument();
        var mara = ownerJoins();
        try (var admin = server.admin()) {
            var _ = admin.scriptFlush();
        }
        assertThat(commit(birth, edit(mara, 1))).isInstanceOf(Appended.class);
    }

    @Test
    void no_room_left() {
        var server = use(RedisServer.start("--appendonly", "no"));
        createDocument();
        var mara = ownerJoins();
        try (var admin = server.admin()) {
            var before = everything(admin, document);
            admin.configSet("maxmemory", "1");
            assertThat(failureOf(store().commit(document, RELAY, birth, entries(birth, edit(mara, 1)))))
                    .isInstanceOf(StoreFullException.class);
            assertThat(everything(admin, document)).isEqualTo(before);
            assertThat(load().head()).isEqualTo(birth);
            admin.configSet("maxmemory", "0");
        }
        worksAgain(mara);
    }

    @Test
    void older_data_than_the_relay_has_seen() throws Exception {
        var server = use(RedisServer.strict());
        createDocument();
        var mara = ownerJoins();
        var old = writes(birth, mara, 1, 3);
        var kept = server.folder().resolve("kept");
        copy(server.folder().resolve("appendonlydir"), kept);
        var head = writes(old, mara, 4, 3);
        server.kill();
        copy(kept, server.folder().resolve("appendonlydir"));
        server.run();
        // Whoever stands further on is told so, and nothing is put on top.
        var told = Awaitility.await()
                .ignoreExceptions()
                .until(
                        () -> store().commit(document, RELAY, head, entries(head, edit(mara, 7)))
                                .toCompletableFuture()
                                .get(),
                        java.util.Objects::nonNull);
        assertThat(told).isEqualTo(new Forked(old));
        assertThat(load().head()).isEqualTo(old);
        assertThat(wholeLog(10)).hasSize(3);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var left = Files.list(to)) {
            left.forEach(RedisAnswersTest::delete);
        }
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
