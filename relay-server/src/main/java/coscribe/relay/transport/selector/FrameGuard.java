package coscribe.relay.transport.selector;

import coscribe.relay.transport.CloseReason;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Walks over frame headers before the codec sees them and lets through only what we take: whole masked
/// text frames within the limit, and control frames (RFC 6455 section 5.2).
///
/// Without it the codec allocates what a header declares, adds up fragments without end and does not
/// look at the mask. Pure; one per connection, on its thread.
final class FrameGuard {
    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PONG = 0xA;
    private static final int MAX_CONTROL_PAYLOAD = 125;

    private static final int MASK_BYTES = 4;

    private final byte[] header = new byte[14];
    private int headerLength;
    private long left;

    /// What the next bytes are.
    sealed interface Verdict {
        /// This many bytes from the position on belong to one frame.
        record Pass(int bytes) implements Verdict {}

        /// A frame that we do not take; the connection ends with this reason.
        record Refuse(CloseReason reason) implements Verdict {}
    }

    /// Judges the bytes from the buffer's position to the end of the frame that they belong to, or to
    /// the end of the buffer. The position does not move. The buffer is not empty.
    ///
    /// @param limit payload bytes that a text frame may have now
    Verdict next(ByteBuffer buffer, int limit) {
        int start = buffer.position();
        int at = start;
        if (left == 0) {
            while (at < buffer.limit() && headerLength < headerSize()) {
                header[headerLength++] = buffer.get(at++);
                if (headerLength == 1 || headerLength == 2 || headerLength == headerSize() - MASK_BYTES) {
                    var refusal = judge(limit);
                    if (refusal.isPresent()) {
                        return new Verdict.Refuse(refusal.get());
                    }
                }
            }
            if (headerLength < headerSize()) {
                return new Verdict.Pass(at - start);
            }
            left = payloadLength();
            headerLength = 0;
            if (left == 0) {
                return new Verdict.Pass(at - start);
            }
        }
        int taken = (int) Math.min(left, buffer.limit() - at);
        left -= taken;
        return new Verdict.Pass(at - start + taken);
    }

    /// Bytes that the header will have, as far as is known.
    private int headerSize() {
        if (headerLength < 2) {
            return 2 + MASK_BYTES;
        }
        return 2
                + MASK_BYTES
                + switch (header[1] & 0x7f) {
                    case 126 -> 2;
                    case 127 -> 8;
                    default -> 0;
                };
    }

    private long payloadLength() {
        int inline = header[1] & 0x7f;
        return switch (inline) {
            case 126 -> ByteBuffer.wrap(header).getShort(2) & 0xffffL;
            case 127 -> ByteBuffer.wrap(header).getLong(2);
            default -> inline;
        };
    }

    /// Judges as much of the header as is there.
    private Optional<CloseReason> judge(int limit) {
        int opcode = header[0] & 0x0f;
        boolean whole = (header[0] & 0x80) != 0;
        boolean control = opcode >= CLOSE;
        if ((header[0] & 0x70) != 0 || (opcode > BINARY && opcode < CLOSE) || opcode > PONG || (control && !whole)) {
            return Optional.of(CloseReason.PROTOCOL_ERROR);
        }
        if (opcode == BINARY) {
            return Optional.of(CloseReason.NO_BINARY);
        }
        if (opcode == CONTINUATION || (opcode == TEXT && !whole)) {
            return Optional.of(CloseReason.FRAGMENTED);
        }
        if (headerLength < 2) {
            return Optional.empty();
        }
        boolean masked = (header[1] & 0x80) != 0;
        if (!masked || (control && (header[1] & 0x7f) > MAX_CONTROL_PAYLOAD)) {
            return Optional.of(CloseReason.PROTOCOL_ERROR);
        }
        if (headerLength < headerSize() - MASK_BYTES) {
            return Optional.empty();
        }
        long length = payloadLength();
        return length < 0 || length > limit ? Optional.of(CloseReason.tooBig(limit)) : Optional.empty();
    }
}
