package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.StoreUnavailableException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `rediss://`: the line is encrypted, and the certificate must be trusted and name the host.
class RedisTlsTest extends RedisFixture {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private RedisServer secure;
    private int tlsPort;
    private KeyStore keys;

    @BeforeEach
    void startWithACertificateForLocalhost() throws Exception {
        var store = folder.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        var certificate = pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
        var key = pem("PRIVATE KEY", keys.getKey("redis", PASSWORD).getEncoded());
        tlsPort = RedisServer.freePort();
        secure = use(RedisServer.start(
                "--appendonly",
                "no",
                "--tls-port",
                "" + tlsPort,
                "--tls-cert-file",
                certificate,
                "--tls-key-file",
                key,
                "--tls-ca-cert-file",
                certificate,
                "--tls-auth-clients",
                "no"));
    }

    private String pem(String kind, byte[] bytes) throws Exception {
        var text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
        var file = folder.resolve(kind.replace(' ', '-') + ".pem");
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
        return file.toString();
    }

    private SSLSocketFactory trusting() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", keys.getCertificate("redis"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private RedisStore open(String host, RedisSettings settings) {
        return openRelay(RedisUrl.parse("rediss://" + host + ":" + tlsPort), settings);
    }

    @Test
    void everything_works_over_tls_and_a_cut_line_comes_back() throws Exception {
        var relay = open("localhost", RedisSettings.DEFAULT.withTrust(trusting()));
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
        var settings = RedisSettings.DEFAULT.withTrust(trusting()).withCommandTimeout(Duration.ofMillis(500));
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
        var settings = RedisSettings.DEFAULT.withTrust(trusting()).withCommandTimeout(Duration.ofSeconds(2));
        var relay = open("127.0.0.1", settings);
        assertThat(failureOf(relay.documents().ping()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1");
    }
}
