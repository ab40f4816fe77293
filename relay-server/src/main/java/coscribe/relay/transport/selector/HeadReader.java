package coscribe.relay.transport.selector;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Gathers the bytes of a request head until its empty line. Holds no more than the limit, and looks at
/// each byte once however they trickle in. One per socket, on its thread.
final class HeadReader {
    private static final int FIRST_BYTES = 1024;
    private static final byte TLS_HANDSHAKE = 0x16; // RFC 8446, section 5.1
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /// What is known after more bytes.
    sealed interface Read {
        /// The head goes on.
        record More() implements Read {}

        /// The head is complete; the buffer stands behind it.
        record Whole(RequestHead head) implements Read {}

        /// This is no head, or too long a one.
        record Malformed(int status, String sentence) implements Read {}
    }

    /// Takes bytes of the head from the buffer.
    ///
    /// @param limit bytes that a head may have
    Read read(ByteBuffer buffer, int limit) {
        int before = length;
        int taken = Math.min(buffer.remaining(), limit - length);
        if (length + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(2 * bytes.length, length + taken)));
        }
        buffer.get(bytes, length, taken);
        length += taken;
        if (length > 0 && bytes[0] == TLS_HANDSHAKE) {
            // At once, so that who tries TLS first learns quickly that it is not spoken here.
            return new Read.Malformed(400, "This port does not speak TLS.");
        }
        if (length > 0 && !beginsARequest(bytes[0])) {
            return new Read.Malformed(400, "This port speaks HTTP.");
        }
        int end = RequestHead.end(bytes, before, length);
        if (end < 0) {
            return length < limit
                    ? new Read.More()
                    : new Read.Malformed(431, "A request head here has at most " + limit + " bytes.");
        }
        buffer.position(buffer.position() - (length - end));
        try {
            return new Read.Whole(RequestHead.parse(bytes, end));
        } catch (RequestHead.MalformedHeadException malformed) {
            return new Read.Malformed(malformed.status(), malformed.sentence());
        }
    }

    /// Somebody who speaks TLS here learns at once that nobody does, and need not wait for an answer
    /// to half a request.
    private static boolean beginsARequest(byte first) {
        return first >= 'A' && first <= 'Z';
    }
}
