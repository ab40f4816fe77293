package coscribe.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLException;

/// A client made of a bare socket, so that tests can say anything. Reads give up after a deadline.
public final class RawClient implements AutoCloseable {
    public static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final int DEADLINE_MILLIS = 20_000;
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private final Socket socket;
    private final InputStream in;

    /// A frame as it came.
    public record Received(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, UTF_8);
        }

        public int closeCode() {
            return ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        public String closeSentence() {
            return new String(payload, 2, payload.length - 2, UTF_8);
        }
    }

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DEADLINE_MILLIS);
        this.in = socket.getInputStream();
    }

    public static RawClient connect(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /// Over a socket of any kind, for example one of TLS.
    public static RawClient over(Socket socket) throws IOException {
        return new RawClient(socket);
    }

    /// A socket with a small window, for a client that will not read.
    public static Socket narrowSocket(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /// With a small window, for a client that will not read.
    public static RawClient connectNarrow(int port) throws IOException {
        return new RawClient(narrowSocket(port));
    }

    /// Connected and upgraded.
    public static RawClient open(int port) throws IOException {
        return connect(port).upgrade();
    }

    /// The head of a proper upgrade.
    public static String upgradeHead(String... moreLines) {
        return "GET /v1 HTTP/1.1\r\nHost: relay\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + SAMPLE_KEY + "\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: coscribe.v1\r\n"
                + (moreLines.length == 0 ? "" : String.join("\r\n", moreLines) + "\r\n")
                + "\r\n";
    }

    @CanIgnoreReturnValue
    public RawClient upgrade(String... moreLines) throws IOException {
        say(upgradeHead(moreLines));
        var head = readHead();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("not upgraded: " + head);
        }
        return this;
    }

    @CanIgnoreReturnValue
    public RawClient say(String latin) throws IOException {
        return say(latin.getBytes(ISO_8859_1));
    }

    @CanIgnoreReturnValue
    public RawClient say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /// One byte per packet.
    @CanIgnoreReturnValue
    public RawClient trickle(byte[] bytes) throws IOException {
        for (byte b : bytes) {
            socket.getOutputStream().write(b);
        }
        return this;
    }

    @CanIgnoreReturnValue
    public RawClient text(String text) throws IOException {
        return say(frame(0x81, text.getBytes(UTF_8)));
    }

    @CanIgnoreReturnValue
    public RawClient close(int code, String sentence) throws IOException {
        var words = sentence.getBytes(UTF_8);
        return say(frame(
                0x88,
                ByteBuffer.allocate(2 + words.length)
                        .putShort((short) code)
                        .put(words)
                        .array()));
    }

    /// A masked frame.
    ///
    /// @param first the first byte: FIN, reserved bits, opcode
    public static byte[] frame(int first, byte[] payload) {
        var masked = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            masked[i] = (byte) (payload[i] ^ MASK[i % 4]);
        }
        return concat(header(first, 0x80, payload.length), MASK, masked);
    }

    /// A frame header without its mask, whatever follows.
    public static byte[] header(int first, int maskBit, long length) {
        if (length < 126) {
            return new byte[] {(byte) first, (byte) (maskBit | length)};
        }
        if (length < 65_536) {
            return ByteBuffer.allocate(4)
                    .put((byte) first)
                    .put((byte) (maskBit | 126))
                    .putShort((short) length)
                    .array();
        }
        return ByteBuffer.allocate(10)
                .put((byte) first)
                .put((byte) (maskBit | 127))
                .putLong(length)
                .array();
    }

    public static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /// The answer's head, with its empty line.
    @CanIgnoreReturnValue
    public String readHead() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) readByte());
        }
        return head.toString();
    }

    /// All that comes until the other side closes.
    @CanIgnoreReturnValue
    public String readAll() throws IOException {
        return new String(in.readAllBytes(), UTF_8);
    }

    @CanIgnoreReturnValue
    public Received read() throws IOException {
        int first = readByte();
        int length = readByte();
        if ((length & 0x80) != 0) {
            throw new IOException("a server must not mask");
        }
        if (length == 126) {
            length = ByteBuffer.wrap(readExactly(2)).getShort() & 0xffff;
        } else if (length == 127) {
            length = Math.toIntExact(ByteBuffer.wrap(readExactly(8)).getLong());
        }
        if ((first & 0xf0) != 0x80) {
            throw new IOException("a fragment or reserved bits: " + Integer.toHexString(first));
        }
        return new Received(first & 0x0f, readExactly(length));
    }

    /// The next text, answering pings on the way.
    @CanIgnoreReturnValue
    public String readText() throws IOException {
        while (true) {
            var frame = read();
            switch (frame.opcode()) {
                case 1 -> {
                    return frame.text();
                }
                case 9 -> say(frame(0x8A, frame.payload()));
                default ->
                    throw new IOException("expected a text, got opcode " + frame.opcode() + " "
                            + (frame.opcode() == 8 ? frame.closeCode() + " " + frame.closeSentence() : ""));
            }
        }
    }

    /// Reads up to a close frame and returns it.
    public Received readClose() throws IOException {
        while (true) {
            var frame = read();
            if (frame.opcode() == 8) {
                return frame;
            }
        }
    }

    /// Whether the other side has ended: by a close or by a reset.
    public boolean readsEnd() throws IOException {
        try {
            var rest = new byte[8192];
            while (in.read(rest) >= 0) {
                Arrays.fill(rest, (byte) 0);
            }
            return true;
        } catch (SocketException | SSLException | EOFException reset) {
            return true;
        }
    }

    /// Whether nothing comes for this long: only for waits that prove an absence.
    public boolean hearsNothingFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            int b = in.read();
            throw new IOException("heard " + b);
        } catch (java.net.SocketTimeoutException silence) {
            return true;
        } finally {
            socket.setSoTimeout(DEADLINE_MILLIS);
        }
    }

    public Socket socket() {
        return socket;
    }

    private int readByte() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the other side has closed");
        }
        return b;
    }

    private byte[] readExactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the other side has closed in a frame");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
