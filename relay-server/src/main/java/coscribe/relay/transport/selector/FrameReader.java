package coscribe.relay.transport.selector;

import coscribe.relay.transport.selector.FrameCodec.Heard;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// What a peer says, frame by frame, until it closes or what follows cannot be told apart any more.
/// On the loop's thread.
final class FrameReader {
    private final FrameGuard guard = new FrameGuard();
    private final FrameCodec codec;
    private boolean over;

    FrameReader(FrameCodec codec) {
        this.codec = codec;
    }

    /// Whether nothing is read any more: the peer closes, or broke the protocol.
    boolean isOver() {
        return over;
    }

    /// Reads on; what is left in the buffer belongs to nobody.
    ///
    /// @param limit  payload bytes of the longest frame; asked again for each
    void read(ByteBuffer buffer, IntSupplier limit, Consumer<Heard> listener) {
        int end = buffer.limit();
        while (buffer.hasRemaining() && !over) {
            Optional<Heard> next = switch (guard.next(buffer, limit.getAsInt())) {
                case FrameGuard.Verdict.Refuse(var reason) -> Optional.of(new Heard.Broken(reason));
                case FrameGuard.Verdict.Pass(int bytes) -> {
                    buffer.limit(buffer.position() + bytes);
                    var heard = codec.decode(buffer);
                    buffer.limit(end);
                    yield heard;
                }
            };
            if (next.isPresent()) {
                over = next.get() instanceof Heard.Close || next.get() instanceof Heard.Broken;
                listener.accept(next.get());
            }
        }
    }
}
