package coscribe.client.link.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy as companies have them: opens tunnels, and only for Mara, who has the password "secret".
final class TestProxy implements AutoCloseable {
    private static final String BASIC =
            Base64.getEncoder().encodeToString("mara:secret".getBytes(StandardCharsets.US_ASCII));

    /// How it wants to be signed in to, or what it says to everybody.
    enum Manner {
        DIGEST,
        BASIC,
        FORBIDS,
        FINDS_NOBODY
    }

    private final Manner manner;
    private final ServerSocket socket;
    final List<String> heads = new CopyOnWriteArrayList<>();
    final List<Socket> tunnels = new CopyOnWriteArrayList<>();

    TestProxy(Manner manner) throws IOException {
        this.manner = manner;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
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
            case DIGEST -> head.toLowerCase(Locale.ROOT).contains("proxy-authorization: digest username=\"mara\"");
            case BASIC -> head.toLowerCase(Locale.ROOT).contains("proxy-authorization: basic ") && head.contains(BASIC);
            case FORBIDS, FINDS_NOBODY -> false;
        };
    }

    private String refusal() {
        String who = "407 Proxy Authentication Required\r\nProxy-Authenticate: ";
        return switch (manner) {
            case DIGEST -> who + "Digest realm=\"office\", nonce=\"4711\", qop=\"auth\", algorithm=SHA-256";
            case BASIC -> who + "Basic realm=\"office\"";
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
        int colon = to.lastIndexOf(':');
        try (var server = new Socket(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)))) {
            tunnels.add(client);
            answer(client, "HTTP/1.1 200 OK\r\n\r\n");
            var back = Thread.ofVirtual().start(() -> pump(server, client));
            pump(client, server);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        for (Socket tunnel : tunnels) {
            tunnel.close();
        }
    }
}
