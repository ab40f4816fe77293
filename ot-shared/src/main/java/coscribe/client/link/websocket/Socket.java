package coscribe.client.link.websocket;

import coscribe.client.link.LinkLoss;
import coscribe.client.link.UntrustedException;
import coscribe.ot.protocol.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.ReadyState;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The library's socket with our settings: our subprotocol and no other, no extension (so no
/// compression), frames bounded, no timer of its own.
final class Socket extends WebSocketClient {
    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);
    private static final long POLITE_CLOSE_MILLIS = 2_000;
    private static final int HANDSHAKE_ANSWER_MILLIS = 4_000;
    /// How the JDK tells what a proxy said to its CONNECT (HttpURLConnection.doTunneling).
    private static final Pattern PROXY_ANSWER =
            Pattern.compile("tunnel through proxy\\. Proxy returns \"HTTP/1\\.[01] (\\d{3})");

    private final WebSocketLink link;
    private final WebSocketConnection connection;
    private volatile Optional<Proxy> proxy = Optional.empty();
    private volatile Optional<Exception> failure = Optional.empty();

    Socket(WebSocketLink link, WebSocketConnection connection) {
        super(
                link.address.uri(),
                new Draft_6455(List.of(), List.of(new Protocol(Limits.SUBPROTOCOL)), Limits.FRAME_BYTES),
                Map.of(),
                (int) link.pace.answerWithin().toMillis());
        this.link = link;
        this.connection = connection;
        setConnectionLostTimeout(0);
        setTcpNoDelay(true);
        setDaemon(true);
        if (link.address.secure()) {
            setSocketFactory(link.network.trust());
        }
    }

    void start() {
        connect();
    }

    /// What was handed over and not yet written, in bytes.
    long waitingBytes() {
        long bytes = 0;
        if (getConnection() instanceof WebSocketImpl engine) {
            for (ByteBuffer waiting : engine.outQueue) {
                bytes += waiting.remaining();
            }
        }
        return bytes;
    }

    void transmit(String text) {
        try {
            send(text);
        } catch (WebsocketNotConnectedException e) {
            LOG.debug("not sent, the connection is going down relay={}", link.address, e);
        }
    }

    void ping() {
        try {
            sendPing();
        } catch (WebsocketNotConnectedException e) {
            LOG.debug("no ping, the connection is going down relay={}", link.address, e);
        }
    }

    /// Closes: with a word where `politely` and the socket is open, and at once if that is not
    /// answered.
    void end(boolean politely) {
        if (politely && getReadyState() == ReadyState.OPEN) {
            close(CloseFrame.NORMAL, "bye");
            try {
                var _ = link.timer.schedule(this::tearDown, POLITE_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("nobody waits for the other end's word relay={}", link.address, e);
            }
        } else {
            tearDown();
        }
    }

    private void tearDown() {
        if (getConnection() instanceof WebSocketImpl engine) {
            engine.closeConnection(CloseFrame.GOING_AWAY, "");
        }
        java.net.Socket under = getSocket();
        if (under != null) {
            try {
                under.close();
            } catch (IOException e) {
                LOG.debug("close failed relay={}", link.address, e);
            }
        }
    }

    // --- called by the library, on the thread that reads

    /// Asks for the proxy first: who names it may take a while.
    @Override
    public void run() {
        Proxy named = link.proxy();
        if (named.type() != Proxy.Type.DIRECT) {
            proxy = Optional.of(named);
            setProxy(named);
            setDnsResolver(null); // the proxy looks the name up
        }
        super.run();
    }

    /// Shakes hands at once. Left to itself the library does so with its first write while it reads
    /// as well, and which of its two threads learns why it failed is chance.
    @Override
    protected void onSetSSLParameters(SSLParameters parameters) {
        super.onSetSSLParameters(parameters); // names are verified
        if (getSocket() instanceof SSLSocket secure) {
            secure.setSSLParameters(parameters);
            try {
                // Who does not speak TLS may wait for the rest of what it takes for a request.
                secure.setSoTimeout(HANDSHAKE_ANSWER_MILLIS);
                secure.startHandshake();
                secure.setSoTimeout(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        connection.opened();
    }

    @Override
    public void onMessage(String text) {
        connection.said(text);
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
        connection.alive();
    }

    @Override
    public void onWebsocketPong(WebSocket socket, Framedata frame) {
        connection.ponged();
    }

    @Override
    public void onWebsocketPing(WebSocket socket, Framedata frame) {
        connection.alive();
        super.onWebsocketPing(socket, frame);
    }

    @Override
    public void onError(Exception problem) {
        failure = Optional.of(problem);
        LOG.debug("socket trouble relay={}", link.address, problem);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
        connection.closed(
                code == CloseFrame.NEVER_CONNECTED || (code == CloseFrame.PROTOCOL_ERROR && !remote) || isTls()
                        ? unreachable(code, reason)
                        : new LinkLoss.Closed(code, reason));
    }

    private boolean isTls() {
        return failure.filter(problem -> problem instanceof SSLException
                        || (problem instanceof UncheckedIOException && link.address.secure()))
                .isPresent();
    }

    private LinkLoss unreachable(int code, String reason) {
        return proxy.flatMap(named -> atProxy(named, code)).orElseGet(() -> atRelay(code, reason));
    }

    /// What the proxy said, or that it is away itself.
    private Optional<LinkLoss> atProxy(Proxy named, int code) {
        String there = link.address.toString();
        String which = named.address() instanceof InetSocketAddress at
                ? at.getHostString() + ":" + at.getPort()
                : String.valueOf(named.address());
        var answer = causes().map(cause -> PROXY_ANSWER.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .findFirst();
        if (answer.isEmpty()) {
            boolean isAway = code == CloseFrame.NEVER_CONNECTED && !isTls();
            return isAway
                    ? Optional.of(unreachable(
                            LinkLoss.Trouble.PROXY_AWAY, "The network's proxy " + which + " does not answer.", which))
                    : Optional.empty();
        }
        return Optional.of(
                switch (answer.get().group(1)) {
                    case "407" ->
                        unreachable(
                                LinkLoss.Trouble.PROXY_SIGN_IN,
                                "The network's proxy " + which + " asks for a name and a password.",
                                which);
                    case "502", "503", "504" ->
                        unreachable(LinkLoss.Trouble.NO_ANSWER, there + " does not answer.", "");
                    default ->
                        unreachable(
                                LinkLoss.Trouble.PROXY,
                                "The network's proxy " + which + " does not let the connection to " + there
                                        + " through.",
                                which);
                });
    }

    private LinkLoss atRelay(int code, String reason) {
        String there = link.address.toString();
        String host = link.address.host();
        var untrusted = causes().filter(UntrustedException.class::isInstance)
                .map(UntrustedException.class::cast)
                .findFirst();
        String issuer = untrusted.map(UntrustedException::issuer).orElse("");
        return switch (trouble(code, untrusted.map(UntrustedException::why))) {
            case UNKNOWN_HOST -> unreachable(LinkLoss.Trouble.UNKNOWN_HOST, "There is no server at " + host + ".", "");
            case CERTIFICATE ->
                unreachable(
                        LinkLoss.Trouble.CERTIFICATE,
                        "This computer does not trust the certificate of " + host + ", issued by " + issuer + ".",
                        issuer);
            case CERTIFICATE_NAME ->
                unreachable(
                        LinkLoss.Trouble.CERTIFICATE_NAME,
                        "The certificate at " + host + " is made for another name.",
                        issuer);
            case CERTIFICATE_TIME ->
                unreachable(
                        LinkLoss.Trouble.CERTIFICATE_TIME,
                        "The certificate of " + host + " is not valid today.",
                        issuer);
            case NOT_ENCRYPTED ->
                unreachable(
                        LinkLoss.Trouble.NOT_ENCRYPTED, there + " does not answer with an encrypted connection.", "");
            case NO_WEBSOCKET ->
                unreachable(LinkLoss.Trouble.NO_WEBSOCKET, there + " answers, but not as a relay does: " + reason, "");
            case NO_ANSWER, PROXY_SIGN_IN, PROXY, PROXY_AWAY, NOT_ALLOWED ->
                unreachable(LinkLoss.Trouble.NO_ANSWER, there + " does not answer.", "");
        };
    }

    private static LinkLoss unreachable(LinkLoss.Trouble trouble, String sentence, String about) {
        return new LinkLoss.Unreachable(trouble, sentence, about);
    }

    private Stream<Throwable> causes() {
        var all = Stream.<Throwable>builder();
        for (Throwable each = failure.orElse(null); each != null; each = each.getCause()) {
            all.accept(each);
        }
        return all.build();
    }

    private LinkLoss.Trouble trouble(int code, Optional<UntrustedException.Why> untrusted) {
        if (untrusted.isPresent()) {
            return switch (untrusted.get()) {
                case ISSUER -> LinkLoss.Trouble.CERTIFICATE;
                case NAME -> LinkLoss.Trouble.CERTIFICATE_NAME;
                case TIME -> LinkLoss.Trouble.CERTIFICATE_TIME;
            };
        }
        if (causes().anyMatch(UnknownHostException.class::isInstance)) {
            return LinkLoss.Trouble.UNKNOWN_HOST;
        }
        if (causes().anyMatch(cause -> cause instanceof CertificateException
                || cause instanceof CertPathValidatorException
                || cause instanceof CertPathBuilderException)) {
            return LinkLoss.Trouble.CERTIFICATE; // by a trust of somebody else's
        }
        if (isTls()) {
            return LinkLoss.Trouble.NOT_ENCRYPTED;
        }
        return code == CloseFrame.PROTOCOL_ERROR ? LinkLoss.Trouble.NO_WEBSOCKET : LinkLoss.Trouble.NO_ANSWER;
    }
}
