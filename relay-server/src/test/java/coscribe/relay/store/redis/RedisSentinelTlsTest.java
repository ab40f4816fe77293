package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `rediss+sentinel://`: a Sentinel and a server, both real, both behind TLS, each with a password of
/// its own.
class RedisSentinelTlsTest extends RedisFixture {
    @TempDir
    private Path folder;

    private TlsFiles files;
    private int sentinelPort;
    private Process sentinel;

    @BeforeEach
    void start() throws Exception {
        files = TlsFiles.in(folder, "ip:127.0.0.1");
        int tlsPort = RedisServer.freePort();
        use(RedisServer.start(
                "--tls-port",
                "" + tlsPort,
                "--tls-cert-file",
                files.certificate(),
                "--tls-key-file",
                files.key(),
                "--tls-ca-cert-file",
                files.certificate(),
                "--tls-auth-clients",
                "no",
                "--requirepass",
                "of-the-server"));
        sentinelPort = RedisServer.freePort();
        var config = Files.writeString(folder.resolve("sentinel.conf"), """
                port 0
                tls-port %d
                bind 127.0.0.1
                tls-cert-file %s
                tls-key-file %s
                tls-ca-cert-file %s
                tls-auth-clients no
                tls-replication yes
                requirepass of-the-sentinel
                sentinel monitor coscribe 127.0.0.1 %d 1
                sentinel auth-pass coscribe of-the-server
                """.formatted(
                        sentinelPort, files.certificate(), files.key(), files.certificate(), tlsPort));
        sentinel = new ProcessBuilder("redis-server", config.toString(), "--sentinel")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sentinel.log").toFile())
                .start();
    }

    @AfterEach
    void end() throws Exception {
        sentinel.destroyForcibly();
        assertThat(sentinel.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private RedisStore open(String scheme, String login, String behind) throws Exception {
        return openRelay(
                RedisUrl.parse(scheme + "://" + login + "@127.0.0.1:" + sentinelPort + "/coscribe" + behind),
                RedisSettings.DEFAULT.withTrust(files.trusting()).withCommandTimeout(Duration.ofSeconds(2)));
    }

    private static void works(RedisStore relay) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            await(relay.documents().ping());
            return true;
        });
    }

    @Test
    void a_relay_signs_in_to_both_over_tls() throws Exception {
        var relay = open("rediss+sentinel", ":of-the-server", "?sentinel=:of-the-sentinel");
        works(relay);
        await(relay.documents().create(document, epoch, "Minutes", owner));
        await(relay.feed().follow(document, new RedisNumbersTest.Listening()));
        assertThat(await(relay.documents().load(document))).isNotNull();
    }

    @Test
    void what_is_wrong_is_told_for_the_sentinel_and_for_the_server() throws Exception {
        works(open("rediss+sentinel", ":of-the-server", "?sentinel=:of-the-sentinel")); // both are up
        assertThat(failureOf(open("rediss+sentinel", ":of-the-server", "")
                        .documents()
                        .ping()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("no Sentinel knows the primary")
                .hasMessageContaining("NOAUTH");
        assertThat(failureOf(open("rediss+sentinel", ":of-the-server", "?sentinel=:guessed")
                        .documents()
                        .ping()))
                .hasMessageContaining("no Sentinel knows the primary")
                .hasMessageContaining("WRONGPASS");
        assertThat(failureOf(open("rediss+sentinel", ":guessed", "?sentinel=:of-the-sentinel")
                        .documents()
                        .ping()))
                .hasMessageContaining("WRONGPASS")
                .hasMessageNotContaining("Sentinel knows");
    }

    @Test
    void without_tls_a_sentinel_behind_it_is_not_reached() throws Exception {
        assertThat(failureOf(open("redis+sentinel", ":of-the-server", "?sentinel=:of-the-sentinel")
                        .documents()
                        .ping()))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void a_sentinel_whose_certificate_nobody_vouches_for_is_not_believed() {
        var relay = openRelay(
                RedisUrl.parse("rediss+sentinel://:of-the-server@127.0.0.1:" + sentinelPort
                        + "/coscribe?sentinel=:of-the-sentinel"),
                RedisSettings.DEFAULT.withCommandTimeout(Duration.ofSeconds(2)));
        assertThat(failureOf(relay.documents().ping()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("no Sentinel knows the primary");
    }
}
