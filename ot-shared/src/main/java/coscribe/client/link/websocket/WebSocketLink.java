package coscribe.client.link.websocket;

import coscribe.client.link.Link;
import coscribe.client.link.LinkListener;
import coscribe.client.link.Network;
import coscribe.client.link.RelayAddress;
import coscribe.client.link.TokenSource;
import coscribe.ot.protocol.Limits;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/// A {@link Link} over WebSocket (ADR-0010). Takes the proxy that its {@link Network} names, signs in
/// there through `java.net.Authenticator` (Digest as the JDK's tunnels do, with MD5 where
/// `http.auth.digest.reEnabledAlgorithms` has it; Basic where
/// `jdk.http.auth.tunneling.disabledSchemes` is empty; the JDK's NTLM and Negotiate were never tried
/// with it), and trusts what its network trusts.
/// Never fragments a message, never compresses.
///
/// Threads: each connection reads on a thread of its own, where messages are decoded, and writes on
/// another one; listeners are called on `executor` alone.
public final class WebSocketLink implements Link {
    final RelayAddress address;
    final TokenSource tokens;
    final Executor executor;
    final ScheduledExecutorService timer;
    final InstantSource clock;
    final RandomGenerator random;
    final Network network;
    final Pace pace;

    /// How long a connection waits for what. The defaults are the protocol's.
    ///
    /// @param answerWithin  for connecting, and once more for `Welcome`; three times that for a renewal
    /// @param pingEvery     while watched closely
    /// @param idlePingAfter a silence, while not watched closely
    /// @param pongWithin    after a ping
    /// @param renewAtLeastAfter  however short the right to be here lasts by this computer\'s clock
    public record Pace(
            Duration answerWithin,
            Duration pingEvery,
            Duration idlePingAfter,
            Duration pongWithin,
            Duration renewAtLeastAfter) {
        public static final Pace USUAL = new Pace(
                Duration.ofSeconds(10),
                Limits.CLIENT_PING_EVERY,
                Limits.RELAY_PING_EVERY.multipliedBy(3),
                Limits.PONG_WITHIN,
                Duration.ofSeconds(20));
    }

    /// @param executor  runs what listeners hear, one after the other, never inside `execute`
    /// @param timer     for pings and deadlines; its tasks are short
    /// @param random    for waiting times; thread-safe
    public WebSocketLink(
            RelayAddress address,
            TokenSource tokens,
            Executor executor,
            ScheduledExecutorService timer,
            InstantSource clock,
            RandomGenerator random,
            Network network,
            Pace pace) {
        this.address = address;
        this.tokens = tokens;
        this.executor = executor;
        this.timer = timer;
        this.clock = clock;
        this.random = random;
        this.network = network;
        this.pace = pace;
    }

    @Override
    public Connection connect(LinkListener listener) {
        var connection = new WebSocketConnection(this, listener);
        connection.begin();
        return connection;
    }

    /// The proxy for this relay: what the selector names first. Selectors know `https` and `http`,
    /// not `wss` and `ws`. May wait.
    Proxy proxy() {
        try {
            var asked =
                    new URI(address.secure() ? "https" : "http", null, address.host(), address.port(), "/", null, null);
            var named = network.proxies().select(asked);
            return named.isEmpty() ? Proxy.NO_PROXY : named.getFirst();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Proxy.NO_PROXY;
        }
    }
}
