package coscribe.client.link.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.link.Account;
import coscribe.client.link.AccountStore;
import coscribe.client.link.AccountTokens;
import coscribe.client.link.Link;
import coscribe.client.link.LinkContract;
import coscribe.client.link.LinkLoss;
import coscribe.client.link.Network;
import coscribe.client.link.Peer;
import coscribe.client.link.RelayAddress;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.Submission;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Over real sockets of this computer.
class WebSocketLinkTest extends LinkContract {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<TestServer> servers = new ArrayList<>();
    private final MemoryAccount store = new MemoryAccount();

    /// Keeps an account and what it was stored as, one after the other.
    private static final class MemoryAccount implements AccountStore {
        private final List<Account> stored = new ArrayList<>(List.of(new Account(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("refresh-0"), Optional.empty())));

        @Override
        public synchronized Account load() {
            return stored.getLast();
        }

        @Override
        public synchronized void save(Account account) {
            stored.add(account);
        }
    }

    @AfterEach
    void endServers() throws InterruptedException {
        for (TestServer server : servers) {
            server.close();
        }
        timer.shutdownNow();
    }

    private TestServer server(Peer peer) {
        try {
            var server = new TestServer(peer).running();
            servers.add(server);
            return server;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private WebSocketLink link(int port, WebSocketLink.Pace pace) {
        return new WebSocketLink(
                RelayAddress.of("127.0.0.1", OptionalInt.of(port), false),
                new AccountTokens(store, new DeviceId("dd".repeat(16)), InstantSource.system()),
                home,
                timer,
                InstantSource.system(),
                () -> 0, // no chance in it
                Network.ofComputer(),
                pace);
    }

    private static WebSocketLink.Pace pace(long answer, long ping, long idle, long pong) {
        return new WebSocketLink.Pace(
                Duration.ofMillis(answer),
                Duration.ofMillis(ping),
                Duration.ofMillis(idle),
                Duration.ofMillis(pong),
                Duration.ofMillis(300));
    }

    @Override
    protected Link linkTo(Peer peer) {
        return link(server(peer).getPort(), WebSocketLink.Pace.USUAL);
    }

    @Override
    protected Link linkToNobody() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return link(socket.getLocalPort(), WebSocketLink.Pace.USUAL);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void it_asks_for_our_subprotocol_and_no_extension_and_puts_no_secret_into_the_address() {
        var relay = new Willing();
        var server = server(relay);
        var notes = new Notes();
        var connection = link(server.getPort(), WebSocketLink.Pace.USUAL).connect(notes);
        until(() -> notes.heard.contains("up"));
        assertThat(server.requests).containsExactly("/  coscribe.v1");
        assertThat(relay.heard.getFirst())
                .isInstanceOfSatisfying(
                        ClientMessage.Hello.class,
                        hello -> assertThat(hello.credential()).isEqualTo(new Credential.Refresh("refresh-0")));
        connection.close("done");
    }

    @Test
    void a_large_message_goes_in_one_frame() {
        var relay = new Willing();
        var notes = new Notes();
        var connection = linkTo(relay).connect(notes);
        until(() -> notes.heard.contains("up"));
        var large = new ClientMessage.Submit(new Submission(
                1,
                Revision.ZERO,
                Intent.EDIT,
                Change.of(Delta.builder().insert("\u4e2d".repeat(60_000)).build(1)),
                Optional.empty()));
        connection.send(large);
        until(() -> relay.heard.contains(large));
        connection.close("done");
    }

    @Test
    void what_the_relay_gives_for_the_next_time_is_stored_before_anybody_hears_of_it() throws Exception {
        Peer generous = (line, message) -> line.tell(new ServerMessage.Welcome(
                1,
                RELAY,
                MARA,
                Optional.of(new ServerMessage.Tokens("access-1", "refresh-1")),
                System.currentTimeMillis() + 900_000,
                Optional.empty(),
                true));
        var seen = new ArrayList<Account>();
        var up = new CountDownLatch(1);
        var connection = link(server(generous).getPort(), WebSocketLink.Pace.USUAL)
                .connect(new coscribe.client.link.LinkListener() {
                    @Override
                    public void up(ServerMessage.Welcome welcome) {
                        seen.add(store.load());
                        up.countDown();
                    }

                    @Override
                    public void received(ServerMessage message) {}

                    @Override
                    public void lost(LinkLoss loss) {}
                });
        assertThat(up.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen.getFirst().refresh()).contains("refresh-1");
        connection.close("done");
    }

    @Test
    void a_relay_that_says_nothing_after_the_upgrade_is_given_up() {
        Peer silent = (line, message) -> {};
        var notes = new Notes();
        var connection = link(server(silent).getPort(), pace(300, 60_000, 60_000, 60_000))
                .connect(notes);
        until(() -> notes.losses() == 1);
        assertThat(notes.heard)
                .singleElement()
                .isInstanceOfSatisfying(
                        LinkLoss.Unreachable.class,
                        loss -> assertThat(loss.trouble()).isEqualTo(LinkLoss.Trouble.NO_ANSWER));
        connection.close("late");
    }

    @Test
    void a_relay_that_answers_no_ping_is_lost_while_it_is_watched_closely() {
        var relay = new Willing();
        var server = server(relay);
        server.answersPings = false;
        var notes = new Notes();
        var connection = link(server.getPort(), pace(10_000, 100, 60_000, 400)).connect(notes);
        connection.watch(true);
        until(() -> notes.losses() == 1);
        assertThat(notes.heard).last().isInstanceOf(LinkLoss.Silent.class);
        assertThat(server.pings).isPositive();
    }

    @Test
    void a_relay_that_answers_pings_stays_and_one_that_is_not_watched_is_not_asked() {
        var relay = new Willing();
        var server = server(relay);
        var notes = new Notes();
        var connection = link(server.getPort(), pace(10_000, 100, 60_000, 400)).connect(notes);
        until(() -> notes.heard.contains("up"));
        assertThat(server.pings).isZero();
        connection.watch(true);
        until(() -> server.pings >= 5);
        assertThat(notes.losses()).isZero();
        connection.close("done");
    }

    @Test
    void a_long_silence_is_asked_about_even_when_nobody_watches() {
        var relay = new Willing();
        var server = server(relay);
        server.answersPings = false;
        var notes = new Notes();
        var connection = link(server.getPort(), pace(10_000, 60_000, 300, 300)).connect(notes);
        until(() -> notes.losses() == 1);
        assertThat(notes.heard).last().isInstanceOf(LinkLoss.Silent.class);
        connection.close("late");
    }

    @Test
    void an_access_token_that_ran_out_is_replaced_without_anybody_hearing_of_it() {
        store.save(new Account(
                Optional.of(RELAY),
                Optional.of(MARA),
                Optional.of(
                        new Account.Access("stale", System.currentTimeMillis(), System.currentTimeMillis() + 900_000)),
                Optional.of("refresh-0"),
                Optional.empty()));
        Peer picky = (line, message) -> {
            if (message instanceof ClientMessage.Hello hello && hello.credential() instanceof Credential.AccessToken) {
                line.tell(new ServerMessage.Failed(FailureCode.EXPIRED, "The token has run out.", 0));
            } else {
                line.tell(welcome());
            }
        };
        var link = link(server(picky).getPort(), WebSocketLink.Pace.USUAL);
        var first = new Notes();
        var one = link.connect(first);
        until(() -> first.losses() == 1);
        assertThat(first.heard).hasSize(1);
        var second = new Notes();
        var two = link.connect(second);
        until(() -> second.heard.contains("up"));
        one.close("late");
        two.close("done");
    }

    /// The token's life is too short for the clock; what counts is that the connection stays and
    /// that each credential is used once.
    @Test
    void the_right_to_be_here_is_renewed_in_band_with_the_newest_credential() {
        var relay = new Willing() {
            private int given;

            @Override
            public void heard(Line line, ClientMessage message) {
                heard.add(message);
                given++;
                var tokens = Optional.of(new ServerMessage.Tokens("access-" + given, "refresh-" + given));
                long soon = System.currentTimeMillis() + 100;
                if (message instanceof ClientMessage.Hello) {
                    line.tell(new ServerMessage.Welcome(1, RELAY, MARA, tokens, soon, Optional.empty(), true));
                } else {
                    line.tell(new ServerMessage.Renewed(tokens, soon));
                }
            }
        };
        var notes = new Notes();
        var connection = link(server(relay).getPort(), pace(10_000, 60_000, 60_000, 60_000))
                .connect(notes);
        until(() -> relay.heard.size() >= 4);
        for (int i = 1; i < 4; i++) {
            assertThat(relay.heard.get(i)).isEqualTo(new ClientMessage.Renew(new Credential.Refresh("refresh-" + i)));
        }
        assertThat(notes.heard).containsExactly("up");
        connection.close("done");
    }

    /// Lets everybody in for so short that they renew at once, and answers that as a test wants.
    private abstract static class Renewing extends Willing {
        abstract void renew(Line line);

        @Override
        public void heard(Line line, ClientMessage message) {
            heard.add(message);
            if (message instanceof ClientMessage.Hello) {
                var tokens = Optional.of(new ServerMessage.Tokens("access-1", "refresh-1"));
                long soon = System.currentTimeMillis() + 100;
                line.tell(new ServerMessage.Welcome(1, RELAY, MARA, tokens, soon, Optional.empty(), true));
            } else {
                renew(line);
            }
        }

        long renewals() {
            return heard.stream().filter(ClientMessage.Renew.class::isInstance).count();
        }
    }

    @Test
    void a_renewal_that_the_relay_cannot_answer_now_is_asked_for_again_and_others_get_in_meanwhile() {
        var relay = new Renewing() {
            @Override
            void renew(Line line) {
                line.tell(new ServerMessage.Failed(FailureCode.STORE_AWAY, "Try again.", 20, true));
            }
        };
        var link = link(server(relay).getPort(), pace(10_000, 60_000, 60_000, 60_000));
        var notes = new Notes();
        var one = link.connect(notes);
        until(() -> relay.renewals() >= 3);
        assertThat(relay.heard.subList(1, 4))
                .containsOnly(new ClientMessage.Renew(new Credential.Refresh("refresh-1")));
        var others = new Notes();
        var two = link.connect(others);
        until(() -> others.heard.contains("up"));
        assertThat(notes.heard).containsExactly("up");
        one.close("done");
        two.close("done");
    }

    @Test
    void a_right_that_ends_while_a_renewal_is_under_way_says_nothing_of_the_refresh_credential() {
        var relay = new Renewing() {
            @Override
            void renew(Line line) {
                line.tell(new ServerMessage.Failed(FailureCode.EXPIRED, "Your sign-in has run out.", 0));
                line.close(4001, "not signed in");
            }
        };
        var link = link(server(relay).getPort(), pace(10_000, 60_000, 60_000, 60_000));
        var notes = new Notes();
        var one = link.connect(notes);
        until(() -> notes.losses() == 1);
        var again = new Notes();
        var two = link.connect(again);
        until(() -> again.heard.contains("up"));
        assertThat(relay.heard)
                .filteredOn(ClientMessage.Hello.class::isInstance)
                .last()
                .isInstanceOfSatisfying(
                        ClientMessage.Hello.class,
                        hello -> assertThat(hello.credential()).isEqualTo(new Credential.Refresh("refresh-1")));
        one.close("late");
        two.close("done");
    }

    @Test
    void a_renewal_without_an_answer_ends_the_connection_and_frees_the_credential() {
        var relay = new Renewing() {
            @Override
            void renew(Line line) {}
        };
        var link = link(server(relay).getPort(), pace(1_000, 60_000, 60_000, 60_000));
        var notes = new Notes();
        var one = link.connect(notes);
        until(() -> notes.losses() == 1);
        assertThat(notes.heard).last().isInstanceOf(LinkLoss.Silent.class);
        var again = new Notes();
        var two = link.connect(again);
        until(() -> again.heard.contains("up"));
        one.close("late");
        two.close("done");
    }

    @Test
    void who_has_nothing_to_sign_in_with_hears_so_without_a_connection() {
        store.save(Account.NONE);
        var relay = new Willing();
        var notes = new Notes();
        var connection = linkTo(relay).connect(notes);
        until(() -> notes.losses() == 1);
        assertThat(notes.heard)
                .first()
                .isInstanceOfSatisfying(
                        ServerMessage.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(FailureCode.UNAUTHENTICATED));
        assertThat(notes.heard).last().isInstanceOf(LinkLoss.SignedOut.class);
        assertThat(relay.heard).isEmpty();
        connection.close("late");
    }

    @Test
    void a_web_server_that_is_no_relay_is_told_from_one_that_does_not_answer() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAsAWebServer(socket));
            var notes = new Notes();
            var connection =
                    link(socket.getLocalPort(), WebSocketLink.Pace.USUAL).connect(notes);
            until(() -> notes.losses() == 1);
            assertThat(notes.heard)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            LinkLoss.Unreachable.class,
                            loss -> assertThat(loss.trouble()).isEqualTo(LinkLoss.Trouble.NO_WEBSOCKET));
            connection.close("late");
        }
    }

    private static void answerAsAWebServer(ServerSocket socket) {
        try (var client = socket.accept()) {
            int got = client.getInputStream().read(new byte[8_192]);
            assertThat(got).isPositive();
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            int rest = client.getInputStream().read();
            assertThat(rest).isNegative();
        } catch (IOException e) {
            // The client went; what it made of the answer is what counts.
        }
    }

    @Test
    void a_listener_that_is_slow_slows_the_relay_down_instead_of_filling_the_memory() throws Exception {
        var release = new CountDownLatch(1);
        var relay = new Willing();
        var notes = new Notes();
        var connection = linkTo(relay).connect(notes);
        until(() -> notes.heard.contains("up"));
        home.execute(() -> {
            try {
                assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        String filler = "x".repeat(10_000);
        for (int i = 0; i < 5_000; i++) {
            relay.lines.getFirst().tell(new ServerMessage.Failed(FailureCode.LIMIT, filler, i));
        }
        var socket = servers.getFirst().sockets.getFirst();
        until(socket::hasBufferedData);
        release.countDown();
        until(() -> notes.heard.size() == 5_001);
        connection.close("done");
    }
}
