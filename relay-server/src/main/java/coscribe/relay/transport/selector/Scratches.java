package coscribe.relay.transport.selector;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/// Direct buffers to gather queued frames in before one write call. A small pool, because any thread may
/// write and the JDK would otherwise keep one direct buffer per frame and thread.
final class Scratches {
    private static final int BYTES = 64 << 10;
    private final ArrayBlockingQueue<ByteBuffer> idle;

    Scratches(int kept) {
        this.idle = new ArrayBlockingQueue<>(kept);
    }

    ByteBuffer borrow() {
        var buffer = idle.poll();
        return buffer == null ? ByteBuffer.allocateDirect(BYTES) : buffer;
    }

    void giveBack(ByteBuffer buffer) {
        if (!idle.offer(buffer.clear())) {
            // more writers at once than we keep buffers for: this one is left to the collector
            return;
        }
    }
}
