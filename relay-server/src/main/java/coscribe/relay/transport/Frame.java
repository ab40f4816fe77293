package coscribe.relay.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One text message, encoded once and shared by all who receive it: RFC 6455 header (section 5.2: FIN,
/// opcode 1, unmasked) and UTF-8 payload in one array. Immutable.
public final class Frame {
    private static final byte FIN_TEXT = (byte) 0x81;

    private final byte[] bytes;
    private final int headerLength;

    private Frame(byte[] bytes, int headerLength) {
        this.bytes = bytes;
        this.headerLength = headerLength;
    }

    /// A frame of this text.
    public static Frame text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A frame of this text, given as UTF-8. The caller vouches for the encoding; the bytes are copied.
    public static Frame text(byte[] utf8) {
        int headerLength = utf8.length < 126 ? 2 : utf8.length < 65_536 ? 4 : 10;
        ByteBuffer frame = ByteBuffer.allocate(headerLength + utf8.length).put(FIN_TEXT);
        switch (headerLength) {
            case 2 -> frame.put((byte) utf8.length);
            case 4 -> frame.put((byte) 126).putShort((short) utf8.length);
            default -> frame.put((byte) 127).putLong(utf8.length);
        }
        return new Frame(frame.put(utf8).array(), headerLength);
    }

    /// Bytes on the wire, header included.
    public int size() {
        return bytes.length;
    }

    /// A fresh read-only view of header and payload, ready to be written.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /// The text, decoded again: for tests and twins, not for a hot path.
    public String text() {
        return new String(bytes, headerLength, bytes.length - headerLength, StandardCharsets.UTF_8);
    }

    /// Its size only: texts of documents do not belong into logs.
    @Override
    public String toString() {
        return "Frame[" + bytes.length + " bytes]";
    }
}
