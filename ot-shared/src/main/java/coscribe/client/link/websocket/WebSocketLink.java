package coscribe.client.link.websocket;

import coscribe.client.link.Link;
import coscribe.client.link.LinkListener;
import coscribe.client.link.RelayAddress;
import coscribe.client.link.TokenSource;
import coscribe.ot.protocol.Limits;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;

/// A {@link Link} over WebSocket (ADR-0010). Takes the proxy that `ProxySelector` names, signs in
/// there through `java.net.Authenticator` (Basic, Digest, NTLM, Negotiate, as the JDK's tunnels
/// do), and trusts what its `SSLSocketFactory` trusts. Never fragments a message, never compresses.
///
/// Threads: each connection reads on a thread of its own, where messages are decoded, and writes on
/// another one; listeners are called on `executor` alone.
public final class WebSocketLink implements Link {
    final RelayAddress address;
    final TokenSource tokens;
    final Executor executor;
    final ScheduledExecutorService timer;
    final InstantSource clock;
    final SSLSocketFactory trust;
    final ProxySelector proxies;
    final Pace pace;

    /// How long a connection waits for what. The defaults are the protocol's.
    ///
    /// @param answerWithin  for connecting, and once more for `Welcome`
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
    public WebSocketLink(
            RelayAddress address,
            TokenSource tokens,
            Executor executor,
            ScheduledExecutorService timer,
            InstantSource clock,
            SSLSocketFactory trust,
            ProxySelector proxies,
            Pace pace) {
        this.address = address;
        this.tokens = tokens;
        this.executor = executor;
        this.timer = timer;
        this.clock = clock;
        this.trust = trust;
        this.proxies = proxies;
        this.pace = pace;
    }

    @Override
    public Connection connect(LinkListener listener) {
        var connection = new WebSocketConnection(this, listener);
        connection.begin();
        return connection;
    }

    /// The proxy for this relay: what the selector names first. Selectors know `https` and `http`,
    /// not `wss` and `ws`.
    Proxy proxy() {
        try {
            var asked =
                    new URI(address.secure() ? "https" : "http", null, address.host(), address.port(), "/", null, null);
            var named = proxies.select(asked);
            return named.isEmpty() ? Proxy.NO_PROXY : named.getFirst();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Proxy.NO_PROXY;
        }
    }
}
