package coscribe.relay;

import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// In front of a relay: lets so many connections through, then answers some itself with `failed`,
/// `limit` and a time to come back, as a relay does that lets nobody more in; then lets through again.
final class RefusingDoor implements AutoCloseable {
    private final ServerSocket server;
    private final URI relay;
    private final int through;
    private final int refused;
    private final long retryAfterMillis;

    RefusingDoor(String relay, int through, int refused, long retryAfterMillis) throws IOException {
        this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        this.relay = URI.create(relay);
        this.through = through;
        this.refused = refused;
        this.retryAfterMillis = retryAfterMillis;
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "ws://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        try {
            for (int number = 0; ; number++) {
                var client = server.accept();
                boolean refuse = number >= through && number < through + refused;
                Thread.ofVirtual().start(() -> {
                    if (refuse) {
                        refuse(client);
                    } else {
                        pass(client);
                    }
                });
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void refuse(Socket client) {
        try (client) {
            readHead(client.getInputStream());
            var out = client.getOutputStream();
            out.write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] message =
                    Wire.encode(new ServerMessage.Failed(FailureCode.LIMIT, "Later, please.", retryAfterMillis));
            out.write(new byte[] {(byte) 0x81, (byte) message.length});
            out.write(message);
            out.flush();
            var _ = client.getInputStream().read(); // until it is gone
        } catch (IOException e) {
            // It hung up.
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int blank = 0;
        while (blank < 4) {
            int next = in.read();
            blank = next == '\r' || next == '\n' ? blank + 1 : 0;
        }
    }

    private void pass(Socket client) {
        try (client;
                var inside = new Socket(relay.getHost(), relay.getPort())) {
            var back = Thread.ofVirtual().start(() -> copy(inside, client));
            copy(client, inside);
            back.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var _ = in.transferTo(out);
        } catch (IOException e) {
            // One of them hung up, so the other is hung up, too.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
