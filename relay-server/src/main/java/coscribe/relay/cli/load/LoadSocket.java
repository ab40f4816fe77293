package coscribe.relay.cli.load;

import coscribe.ot.protocol.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// A WebSocket client of few lines (RFC 6455), as cheap as it can be: what is measured is the relay.
/// Masks with zeros, so payloads go out as they are; takes whole text frames and pings.
final class LoadSocket {
    private static final ByteBuffer SHARED = ByteBuffer.allocateDirect(256 * 1024); // one thread has it
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;

    /// Hears what happens to a connection.
    interface Listener {
        /// The upgrade was answered.
        void opened();

        void text(byte[] message);

        /// Gone, or never there. Once.
        void lost(String why);
    }

    @Nullable
    SelectionKey key;

    private final SocketChannel channel;
    private final InetSocketAddress address;
    private final Listener listener;
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private byte[] rest = {};
    private boolean upgraded;
    private boolean over;

    LoadSocket(SocketChannel channel, InetSocketAddress address, Listener listener) {
        this.channel = channel;
        this.address = address;
        this.listener = listener;
    }

    void connected() {
        String request = "GET / HTTP/1.1\r\nHost: " + address.getHostString() + ":" + address.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: " + Limits.SUBPROTOCOL
                + "\r\n\r\n";
        write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    void send(byte[] text) {
        frame(TEXT, text);
    }

    private void frame(int head, byte[] payload) {
        var frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) head);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        write(frame.putInt(0).put(payload).flip());
    }

    private void write(ByteBuffer bytes) {
        if (over) {
            return;
        }
        out.add(bytes);
        flush();
    }

    private void flush() {
        try {
            while (!out.isEmpty()) {
                channel.write(out.peek());
                if (out.peek().hasRemaining()) {
                    break;
                }
                out.remove();
            }
            if (key != null) {
                key.interestOps(SelectionKey.OP_READ | (out.isEmpty() ? 0 : SelectionKey.OP_WRITE));
            }
        } catch (IOException | CancelledKeyException e) {
            lose("not written: " + e.getMessage());
        }
    }

    void ready() {
        try {
            if (key == null || over) {
                return;
            }
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                connected();
                return;
            }
            if (key.isWritable()) {
                flush();
            }
            if (!over && key.isReadable()) {
                read();
            }
        } catch (IOException | CancelledKeyException e) {
            lose(String.valueOf(e.getMessage()));
        }
    }

    private void read() throws IOException {
        SHARED.clear();
        int n = channel.read(SHARED);
        if (n < 0) {
            lose("the relay closed");
            return;
        }
        byte[] all = Arrays.copyOf(rest, rest.length + n);
        SHARED.flip().get(all, rest.length, n);
        int used = upgraded ? 0 : head(all);
        while (upgraded && !over) {
            int next = frameAt(all, used);
            if (next == used) {
                break;
            }
            used = next;
        }
        rest = used == all.length ? new byte[0] : Arrays.copyOfRange(all, used, all.length);
    }

    private int head(byte[] all) {
        int end = 0;
        while (end + 4 <= all.length && !Arrays.equals(all, end, end + 4, END_OF_HEAD, 0, 4)) {
            end++;
        }
        if (end + 4 > all.length) {
            return 0;
        }
        String head = new String(all, 0, end, StandardCharsets.ISO_8859_1);
        if (!head.startsWith("HTTP/1.1 101 ")) {
            lose("the upgrade was answered with " + head.lines().findFirst().orElse("nothing"));
            return all.length;
        }
        upgraded = true;
        listener.opened();
        return end + 4;
    }

    /// Handles the frame at `from` and answers where the next begins; `from` itself where it is not
    /// all there.
    private int frameAt(byte[] all, int from) {
        if (all.length - from < 2) {
            return from;
        }
        int length = all[from + 1] & 0x7f;
        int body = from + (length < 126 ? 2 : length == 126 ? 4 : 10);
        if (all.length < body) {
            return from;
        }
        long size = length;
        if (length >= 126) {
            size = 0;
            for (int i = from + 2; i < body; i++) {
                size = size << 8 | all[i] & 0xff;
            }
        }
        if (all.length - body < size) {
            return from;
        }
        byte[] payload = Arrays.copyOfRange(all, body, (int) (body + size));
        switch (all[from] & 0xff) {
            case TEXT -> listener.text(payload);
            case PING -> frame(PONG, payload);
            case CLOSE ->
                lose("the relay closed: "
                        + (payload.length < 2
                                ? "no code"
                                : ((payload[0] & 0xff) << 8 | payload[1] & 0xff) + " "
                                        + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8)));
            case PONG -> {}
            default -> lose("a frame of another kind: " + (all[from] & 0xff));
        }
        return (int) (body + size);
    }

    private void lose(String why) {
        if (!over) {
            close();
            listener.lost(why);
        }
    }

    /// Ends it; the listener hears nothing of it.
    void close() {
        over = true;
        try {
            channel.close();
        } catch (IOException e) {
            // It is as good as closed.
        }
    }
}
