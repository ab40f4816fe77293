package coscribe.client.link.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A proxy as companies have them: opens tunnels, and only for Mara, who has the password "secret".
public final class TestProxy implements AutoCloseable {
    private static final String BASIC =
            Base64.getEncoder().encodeToString("mara:secret".getBytes(StandardCharsets.US_ASCII));

    private static final Pattern DIGEST_FIELD = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^\\s,]+))");
    private static final String REALM = "office";
    private static final String NONCE = "4711";

    /// How it wants to be signed in to, or what it says to everybody.
    public enum Manner {
        DIGEST,
        BASIC,
        FORBIDS,
        FINDS_NOBODY
    }

    private final Manner manner;
    private final Map<String, Integer> ports;
    private final ServerSocket socket;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> tunnels = new CopyOnWriteArrayList<>();

    TestProxy(Manner manner) throws IOException {
        this(manner, Map.of());
    }

    /// @param ports  of this computer, by the `HOST:PORT` that the proxy alone knows them by
    public TestProxy(Manner manner, Map<String, Integer> ports) throws IOException {
        this.manner = manner;
        this.ports = Map.copyOf(ports);
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// What it was asked, the oldest first: each a request's lines.
    public List<String> heads() {
        return List.copyOf(heads);
    }

    /// How many tunnels it has opened.
    public int tunnels() {
        return tunnels.size();
    }

    /// As where it is started anew: who was in a tunnel is cut off.
    public void cut() throws IOException {
        for (Socket tunnel : tunnels) {
            tunnel.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            while (true) {
                String head = head(client.getInputStream());
                heads.add(head);
                if (isSignedIn(head)) {
                    tunnel(client, head.substring("CONNECT ".length(), head.indexOf(" HTTP")));
                    return;
                }
                answer(client, "HTTP/1.1 " + refusal() + "\r\nContent-Length: 0\r\n\r\n");
            }
        } catch (IOException e) {
            // the client went
        }
    }

    private boolean isSignedIn(String head) {
        return switch (manner) {
            case DIGEST ->
                authorization(head, "digest ").filter(TestProxy::isRight).isPresent();
            case BASIC -> authorization(head, "basic ").filter(BASIC::equals).isPresent();
            case FORBIDS, FINDS_NOBODY -> false;
        };
    }

    /// What stands behind the scheme's name.
    private static Optional<String> authorization(String head, String scheme) {
        String name = "proxy-authorization: " + scheme;
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst();
    }

    /// RFC 7616, section 3.4.1, with the quality of protection "auth".
    private static boolean isRight(String digest) {
        var said = DIGEST_FIELD
                .matcher(digest)
                .results()
                .collect(Collectors.toMap(
                        field -> field.group(1), field -> Objects.requireNonNullElse(field.group(2), field.group(3))));
        String who = hash("mara:" + REALM + ":secret");
        String what = hash("CONNECT:" + said.get("uri"));
        return "mara".equals(said.get("username"))
                && NONCE.equals(said.get("nonce"))
                && hash(String.join(":", who, NONCE, said.get("nc"), said.get("cnonce"), said.get("qop"), what))
                        .equals(said.get("response"));
    }

    private static String hash(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private String refusal() {
        String who = "407 Proxy Authentication Required\r\nProxy-Authenticate: ";
        return switch (manner) {
            case DIGEST ->
                who + "Digest realm=\"" + REALM + "\", nonce=\"" + NONCE + "\", qop=\"auth\", algorithm=SHA-256";
            case BASIC -> who + "Basic realm=\"" + REALM + "\"";
            case FORBIDS -> "403 Forbidden";
            case FINDS_NOBODY -> "502 Bad Gateway";
        };
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no more requests");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private void tunnel(Socket client, String to) throws IOException {
        try (var server = reach(to)) {
            tunnels.add(client);
            answer(client, "HTTP/1.1 200 OK\r\n\r\n");
            var back = Thread.ofVirtual().start(() -> pump(server, client));
            pump(client, server);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket reach(String to) throws IOException {
        var port = ports.get(to);
        if (port != null) {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        }
        int colon = to.lastIndexOf(':');
        return new Socket(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)));
    }

    private static void pump(Socket from, Socket to) {
        try {
            long ignored = from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // one end went
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        cut();
    }
}
