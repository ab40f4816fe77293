package coscribe.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.bench.process.Patience;
import coscribe.bench.process.RelayChild;
import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.InviteLink;
import coscribe.client.link.Network;
import coscribe.client.link.Proxies;
import coscribe.client.runner.ClientException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole way out of a company: a real Squid that wants a name, TLS with a certificate of an
/// authority that only the company knows, a real nginx, a relay.
@Tag("slow")
class ForwardProxyTest {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private SSLContext trust;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private RelayChild relay;
    private RealProxy front;
    private Optional<Authenticator> before = Optional.empty();

    @BeforeEach
    void startRelay() throws Exception {
        before = Optional.ofNullable(Authenticator.getDefault());
        var authority = new TestAuthority(folder);
        trust = authority.trust();
        var home = Path.of("..").toAbsolutePath().normalize();
        relay = RelayChild.start("relay", home, folder, new RelayChild.Store.Embedded(), List.of());
        started.push(relay);
        front = new RealProxy(
                RealProxy.Kind.NGINX,
                folder.resolve("front"),
                List.of(relay.port(), relay.port()),
                authority.site(),
                trust);
        started.push(front);
    }

    @AfterEach
    void end() throws Exception {
        Authenticator.setDefault(before.orElse(null));
        for (AutoCloseable each : started) {
            each.close();
        }
    }

    /// How the editor learns of the proxy.
    enum Way {
        /// `proxy.mode` is `manual`.
        MANUAL {
            @Override
            ProxySelector to(Squid squid) {
                return Proxies.manual(
                        squid.address().getHostString(), squid.address().getPort());
            }
        },
        /// `system`, which names none, and a variable that does.
        SYSTEM {
            @Override
            ProxySelector to(Squid squid) {
                return Proxies.system(
                        ProxySelector.of(null),
                        Map.of(
                                "HTTPS_PROXY",
                                "http://127.0.0.1:" + squid.address().getPort()));
            }
        },
        /// `system`, as its settings have it.
        SYSTEM_SETTINGS {
            @Override
            ProxySelector to(Squid squid) {
                return Proxies.system(ProxySelector.of(squid.address()), Map.of());
            }
        };

        abstract ProxySelector to(Squid squid);
    }

    @ParameterizedTest
    @CsvSource({"BASIC, MANUAL", "DIGEST, MANUAL", "DIGEST, SYSTEM", "BASIC, SYSTEM_SETTINGS"})
    void who_signs_in_at_the_proxy_writes_at_the_relay_behind_it(Squid.SignIn how, Way way) throws Exception {
        signsInWith(Squid.PASSWORD);
        try (var squid = new Squid(how, folder.resolve("squid"));
                var workshop = through(squid, way)) {
            try (var mara = CoscribeClient.join(link(), "Mara", folder.resolve("mara"), workshop)) {
                var text = mara.open(mara.createDocument("Through a proxy").join());
                text.opened().join();
                text.run(it -> it.insert(0, "Through two proxies and one wall."))
                        .join();
                text.saved().join();
            }
            notes(squid, "TCP_TUNNEL/200");
        }
    }

    @ParameterizedTest
    @EnumSource(Squid.SignIn.class)
    void who_does_not_hears_that_it_is_the_proxy_and_reaches_nothing(Squid.SignIn how) throws Exception {
        signsInWith("Secret");
        try (var squid = new Squid(how, folder.resolve("squid"));
                var workshop = through(squid, Way.MANUAL)) {
            assertThatThrownBy(() -> CoscribeClient.join(link(), "Mara", folder.resolve("mara"), workshop))
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining("proxy");
            notes(squid, "TCP_DENIED/407");
            assertThat(squid.requests()).noneMatch(line -> line.contains("TCP_TUNNEL"));
        }
    }

    /// What became of a request of hers; Squid writes it down once that is over.
    private void notes(Squid squid, String outcome) {
        String hers = " CONNECT " + TestAuthority.BEHIND + ":" + front.port() + " " + Squid.NAME + " ";
        assertThat(Patience.until(
                        WITHIN,
                        () -> squid.requests().stream()
                                .anyMatch(line -> line.contains(outcome) && line.contains(hers))))
                .as("%s of hers in %s", outcome, squid.requests())
                .isTrue();
    }

    /// The owner's, by the front door.
    private InviteLink link() {
        String code = InviteLink.parse(relay.ownerLink().orElseThrow()).code();
        return InviteLink.parse("https://" + TestAuthority.BEHIND + ":" + front.port() + "/j/" + code);
    }

    private Workshop through(Squid squid, Way way) {
        return Workshop.ofOwnThreads().with(new Network(trust.getSocketFactory(), way.to(squid), address -> true));
    }

    private static void signsInWith(String password) {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY
                        ? new PasswordAuthentication(Squid.NAME, password.toCharArray())
                        : null;
            }
        });
    }
}
