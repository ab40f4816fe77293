package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `rediss://`: the line is encrypted, and the certificate must be trusted and name the host.
class RedisTlsTest extends RedisFixture {
    @TempDir
    private Path folder;

    private RedisServer secure;
    private int tlsPort;
    private TlsFiles files;

    @BeforeEach
    void startWithACertificateForLocalhost() throws Exception {
        files = TlsFiles.in(folder, "dns:localhost");
        tlsPort = RedisServer.freePort();
        secure = use(RedisServer.start(
                "--appendonly",
                "no",
                "--tls-port",
                "" + tlsPort,
                "--tls-cert-file",
                files.certificate(),
                "--tls-key-file",
                files.key(),
                "--tls-ca-cert-file",
                files.certificate(),
                "--tls-auth-clients",
                "no"));
    }

    private RedisStore open(String host, RedisSettings settings) {
        return openRelay(RedisUrl.parse("rediss://" + host + ":" + tlsPort), settings);
    }

    @Test
    void everything_works_over_tls_and_a_cut_line_comes_back() throws Exception {
        var relay = open("localhost", RedisSettings.DEFAULT.withTrust(files.trusting()));
        await(relay.documents().create(document, epoch, "Minutes", owner));
        await(relay.feed().follow(document, new RedisNumbersTest.Listening()));
        assertThat(await(relay.documents().load(document))).isNotNull();
        try (var admin = secure.admin()) {
            assertThat(admin.clientKill(redis.clients.jedis.params.ClientKillParams.clientKillParams()
                            .type(redis.clients.jedis.args.ClientType.NORMAL)
                            .skipMe(redis.clients.jedis.params.ClientKillParams.SkipMe.YES)))
                    .isPositive();
        }
        org.awaitility.Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> await(relay.documents().ping()));
        assertThat(await(relay.documents().load(document))).isNotNull();
        relay.close();
    }

    @Test
    void a_command_fails_in_time_over_tls_too_while_redis_sleeps() throws Exception {
        var settings = RedisSettings.DEFAULT.withTrust(files.trusting()).withCommandTimeout(Duration.ofMillis(500));
        var relay = open("localhost", settings);
        org.awaitility.Awaitility.await().ignoreExceptions().until(() -> {
            await(relay.documents().ping());
            return true;
        });
        secure.signal("STOP");
        try {
            assertThat(failureOf(relay.documents().ping())).isInstanceOf(StoreUnavailableException.class);
        } finally {
            secure.signal("CONT");
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused() {
        var relay = open("localhost", RedisSettings.DEFAULT.withCommandTimeout(Duration.ofSeconds(2)));
        assertThat(failureOf(relay.documents().ping()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("PKIX");
    }

    @Test
    void a_certificate_for_another_host_is_refused() throws Exception {
        var settings = RedisSettings.DEFAULT.withTrust(files.trusting()).withCommandTimeout(Duration.ofSeconds(2));
        var relay = open("127.0.0.1", settings);
        assertThat(failureOf(relay.documents().ping()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1");
    }
}
