package coscribe.relay.transport.selector;

import coscribe.relay.transport.Frame;
import coscribe.relay.transport.Offer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;

/// What one peer has yet to be sent: a bounded queue of frames, and who may write it.
///
/// Any thread offers; one at a time writes, in steps: [#begin] lends it bytes, it writes them to the
/// socket, [#wrote] takes back what the socket did not take. Everybody else's `begin` says no meanwhile,
/// because the writer looks again before it stops. No I/O here and nothing blocks: the lock is held for
/// queue operations only.
final class Outbox {
    private final int bound;
    private final int lowWater;
    private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>(4);
    private long bytes;
    private boolean writing;
    private boolean blocked;
    private boolean finished;
    private boolean awaited;

    Outbox(int bound, int lowWater) {
        this.bound = bound;
        this.lowWater = lowWater;
    }

    /// All of the frames or none. An empty outbox takes one offer of any size.
    synchronized Offer offer(List<Frame> frames) {
        if (finished) {
            return Offer.CLOSED;
        }
        long size = 0;
        for (var frame : frames) {
            size += frame.size();
        }
        if (bytes > 0 && bytes + size > bound) {
            awaited = true;
            return new Offer.Full(bytes);
        }
        for (var frame : frames) {
            queue.add(frame.buffer());
        }
        bytes += size;
        return Offer.ACCEPTED;
    }

    synchronized Offer offer(Frame frame) {
        if (finished) {
            return Offer.CLOSED;
        }
        if (bytes > 0 && bytes + frame.size() > bound) {
            awaited = true;
            return new Offer.Full(bytes);
        }
        queue.add(frame.buffer());
        bytes += frame.size();
        return Offer.ACCEPTED;
    }

    /// Appends a ping, a pong or the answer to the handshake; refused over the bound or when finished.
    synchronized boolean offerControl(ByteBuffer frame) {
        if (finished || (bytes > 0 && bytes + frame.remaining() > bound)) {
            return false;
        }
        queue.add(frame);
        bytes += frame.remaining();
        return true;
    }

    /// Appends the last bytes that this peer gets. False if there were last bytes before.
    ///
    /// @param dropping forget what is queued, but for the rest of a frame that has begun
    synchronized boolean finish(ByteBuffer last, boolean dropping) {
        if (finished) {
            return false;
        }
        finished = true;
        if (dropping) {
            forgetWhatHasNotBegun();
        }
        queue.add(last);
        bytes += last.remaining();
        return true;
    }

    /// Lends the caller as many of the first bytes as fit into `scratch`.
    ///
    /// @return false if there is nothing to write, the socket is full, or another thread is writing
    synchronized boolean begin(ByteBuffer scratch) {
        if (writing || blocked || queue.isEmpty()) {
            return false;
        }
        for (var frame : queue) {
            int length = Math.min(frame.remaining(), scratch.remaining());
            scratch.put(scratch.position(), frame, frame.position(), length);
            scratch.position(scratch.position() + length);
            if (!scratch.hasRemaining()) {
                break;
            }
        }
        writing = true;
        return true;
    }

    /// Ends what `begin` began.
    ///
    /// @param written bytes that were taken
    /// @param full whether the socket is full: nobody writes until [#writableAgain]
    synchronized void wrote(int written, boolean full) {
        writing = false;
        blocked = full;
        bytes -= written;
        int rest = written;
        while (rest > 0) {
            var first = queue.element();
            int length = Math.min(rest, first.remaining());
            first.position(first.position() + length);
            rest -= length;
            if (!first.hasRemaining()) {
                queue.remove();
            }
        }
    }

    /// The socket takes bytes again.
    synchronized void writableAgain() {
        blocked = false;
    }

    synchronized boolean isBlocked() {
        return blocked;
    }

    /// Asks for one true answer of [#tellWritable].
    synchronized void awaitWritable() {
        awaited = true;
    }

    /// Whether somebody waits for the low-water mark and it is reached. True once for each wait.
    synchronized boolean tellWritable() {
        if (!awaited || finished || bytes > lowWater) {
            return false;
        }
        awaited = false;
        return true;
    }

    synchronized long bytes() {
        return bytes;
    }

    /// Whether the last bytes are queued or written.
    synchronized boolean isFinished() {
        return finished;
    }

    /// Whether the last bytes were handed to the socket.
    synchronized boolean isDone() {
        return finished && queue.isEmpty();
    }

    /// Forgets everything; nothing is taken any more.
    synchronized void discard() {
        finished = true;
        if (!writing) {
            queue.clear();
            bytes = 0;
        }
    }

    private void forgetWhatHasNotBegun() {
        if (writing) {
            return;
        }
        var first = queue.peek();
        boolean begun = first != null && first.position() > 0;
        queue.clear();
        bytes = 0;
        if (begun) {
            queue.add(first);
            bytes = first.remaining();
        }
    }
}
