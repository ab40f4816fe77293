package coscribe.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import coscribe.bench.process.Patience;
import coscribe.bench.process.RelayChild;
import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.InviteLink;
import coscribe.client.link.Network;
import coscribe.client.link.Proxies;
import coscribe.client.link.RelayAddress;
import coscribe.relay.transport.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The files of installers/proxy, each read by the real nginx or HAProxy, with TLS, in front of two
/// relays: round robin, nothing sticks.
@Tag("slow")
class ProxiesTest {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final int PEOPLE = 12;
    private static final String CONNECTIONS = "coscribe_connections";

    @TempDir
    Path folder;

    private TestAuthority authority;
    private SSLContext trust;

    @BeforeEach
    void makeAuthority() throws Exception {
        authority = new TestAuthority(folder);
        trust = authority.trust();
    }

    @ParameterizedTest
    @EnumSource(RealProxy.Kind.class)
    void people_type_on_while_relays_die_and_the_certificate_changes(RealProxy.Kind kind) throws Exception {
        var random = new Random(Long.getLong("coscribe.seed", 1));
        var home = Path.of("..").toAbsolutePath().normalize();
        try (var tier = new Tier(home, folder, new Tier.Layout(Tier.Keeping.REDIS, 2), random);
                var proxy = new RealProxy(
                        kind,
                        folder.resolve("proxy"),
                        tier.relays().stream().map(RelayChild::port).toList(),
                        authority.site(),
                        trust)) {
            var address = new RelayAddress("localhost", proxy.port(), true);
            joinsByLink(tier, proxy);
            try (var crowd = new Crowd(tier, address, this::workshop, folder, PEOPLE, 4, random)) {
                var first = tier.relays().getFirst();
                var second = tier.relays().getLast();
                assertThat(List.of(first.metric(CONNECTIONS), second.metric(CONNECTIONS)))
                        .as("all come from one address, and are spread")
                        .allSatisfy(each -> assertThat(each).isPositive());
                stayWhileNobodyTypes(tier);
                crowd.type(2);
                typesOn(crowd);

                first.kill();
                eventually("everybody is at the second relay", () -> isAt(second, crowd));
                typesOn(crowd);
                first.startAgain();
                first.awaitReady();

                int lost = crowd.losses();
                proxy.renew(authority.site());
                typesOn(crowd);
                assertThat(crowd.isLive()).as("all are connected").isTrue();
                assertThat(crowd.losses())
                        .as("connections that the reload cost")
                        .isEqualTo(lost);

                second.kill();
                eventually("everybody came back past the new certificate", () -> isAt(first, crowd));
                typesOn(crowd);
                second.startAgain();
                second.awaitReady();

                crowd.settle();
                var outcome = crowd.judge(tier, Duration.ZERO);
                assertThat(outcome.losses())
                        .as("connections that the kills cost")
                        .isGreaterThan(PEOPLE);
            }
        }
    }

    /// `-Dcoscribe.idle=100`: for so many seconds; in `./test` for none.
    private static void stayWhileNobodyTypes(Tier tier) {
        var before = opened(tier);
        Scene.pause(Duration.ofSeconds(Integer.getInteger("coscribe.idle", 0)));
        assertThat(opened(tier)).as("connections that were ever made").isEqualTo(before);
    }

    private static List<Double> opened(Tier tier) {
        return tier.relays().stream()
                .map(relay -> relay.metric("coscribe_connections_opened_total"))
                .toList();
    }

    private void joinsByLink(Tier tier, RealProxy proxy) {
        String code = InviteLink.parse(tier.invite()).code();
        var link = InviteLink.parse("https://localhost:" + proxy.port() + "/j/" + code);
        try (var workshop = workshop();
                var mara = CoscribeClient.join(link, "Mara", folder.resolve("mara"), workshop)) {
            assertThat(mara.me().join().name()).isEqualTo("Mara");
        }
    }

    private Workshop workshop() {
        return Workshop.ofOwnThreads().with(new Network(trust.getSocketFactory(), Proxies.none(), address -> true));
    }

    private static boolean isAt(RelayChild relay, Crowd crowd) {
        return relay.metric(CONNECTIONS) >= PEOPLE && crowd.isLive();
    }

    private static void typesOn(Crowd crowd) {
        int before = crowd.saved();
        eventually("lines typed from now on are saved", () -> crowd.saved() > before + 2 * PEOPLE);
    }

    private static void eventually(String what, BooleanSupplier is) {
        assertThat(Patience.until(WITHIN, is)).as(what).isTrue();
    }

    @ParameterizedTest
    @EnumSource(RealProxy.Kind.class)
    void the_proxy_alone_says_who_is_behind_it(RealProxy.Kind kind) throws Exception {
        Queue<List<String>> told = new ConcurrentLinkedQueue<>();
        var recorder = recorder(told);
        try (var proxy = new RealProxy(
                        kind,
                        folder.resolve("proxy"),
                        List.of(
                                recorder.getAddress().getPort(),
                                recorder.getAddress().getPort()),
                        authority.site(),
                        trust);
                var client = HttpClient.newBuilder().sslContext(trust).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + proxy.port() + "/healthz"))
                    .header("X-Forwarded-For", "192.0.2.1")
                    .timeout(WITHIN)
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(told).containsExactly(List.of("127.0.0.1"));
        } finally {
            recorder.stop(0);
        }
    }

    private static HttpServer recorder(Queue<List<String>> told) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/healthz")) {
                told.add(List.copyOf(exchange.getRequestHeaders().get("X-Forwarded-For")));
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @ParameterizedTest
    @EnumSource(RealProxy.Kind.class)
    void what_is_silent_is_cut_later_than_the_relay_speaks(RealProxy.Kind kind) throws Exception {
        var ping = TransportOptions.defaults(new InetSocketAddress(0)).pingPeriod();
        var limits = Pattern.compile(
                        "(?m)^ *(proxy_(?:read|send)_timeout|timeout (?:client|server|tunnel)) +(\\d+)s;?$")
                .matcher(kind.shipped())
                .results()
                .toList();
        assertThat(limits).hasSize(kind == RealProxy.Kind.NGINX ? 2 : 3);
        // One ping may be lost on its way.
        assertThat(limits)
                .allSatisfy(limit -> assertThat(Duration.ofSeconds(Long.parseLong(limit.group(2))))
                        .as(limit.group(1))
                        .isGreaterThan(ping.multipliedBy(2)));
    }
}
