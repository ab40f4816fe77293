package coscribe.relay.transport.selector;

import coscribe.relay.transport.Frame;
import coscribe.relay.transport.Offer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way from the relay to one peer: its outbox, its line, and when to write.
///
/// Writing does not belong to the loop. Whoever sends writes, if nobody else is writing, all that
/// is queued in one call; the loop is asked only when the socket is full. All bytes for the peer,
/// the 101 answer first, take this way, so nothing can overtake. Any thread.
final class Sender {
    private static final Logger log = LoggerFactory.getLogger(Sender.class);

    private final Shared shared;
    private final Loop loop;
    private final Line line;
    private final SelectionKey key;
    private final Owner owner;
    private final Outbox outbox;
    private volatile long progressMillis;

    /// Hears on the loop's thread, never from within a call to the sender.
    interface Owner {
        /// The low-water mark is reached, and somebody waits for that.
        void isWritable();

        /// The bytes of `finish` were handed to the socket. Perhaps more than once.
        void lastBytesAreSent();

        /// The socket is broken.
        void drop();
    }

    Sender(Shared shared, Loop loop, Line line, SelectionKey key, Owner owner) {
        this.shared = shared;
        this.loop = loop;
        this.line = line;
        this.key = key;
        this.owner = owner;
        this.outbox =
                new Outbox(shared.options().outboxBound(), shared.options().outboxLowWater());
    }

    Offer send(Frame frame) {
        var offer = outbox.offer(frame);
        flush();
        return offer;
    }

    Offer send(List<Frame> frames) {
        var offer = outbox.offer(frames);
        flush();
        return offer;
    }

    /// A ping, a pong or the answer to the handshake. Over the bound it is forgotten: who does not
    /// read needs no pong (RFC 6455 section 5.5.3).
    void sendControl(ByteBuffer frame) {
        if (outbox.offerControl(frame)) {
            flush();
        }
    }

    /// Sends the last bytes, once.
    ///
    /// @param dropping forget what is queued, but for the rest of a frame that has begun
    /// @return whether these are the last bytes, and not others before
    boolean finish(ByteBuffer last, boolean dropping) {
        boolean first = outbox.finish(last, dropping);
        flush();
        return first;
    }

    long queuedBytes() {
        return outbox.bytes();
    }

    void awaitWritable() {
        outbox.awaitWritable();
        tellIfWritable();
    }

    /// Whether the last bytes were handed to the socket.
    boolean isDone() {
        return outbox.isDone();
    }

    /// Whether the socket is full and has been, without any progress, for this long.
    boolean isStalled(long nowMillis, long limitMillis) {
        return outbox.isBlocked() && nowMillis - progressMillis >= limitMillis;
    }

    /// The socket takes bytes again. On the loop's thread.
    void goOn() throws IOException {
        // The interest goes first: while the outbox is blocked nobody else sets it.
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        line.flush();
        if (line.isHolding()) {
            waitForSocket();
        } else {
            outbox.writableAgain();
            flush();
        }
    }

    /// Sees to what the line itself may have to say after a read or a shutdown.
    void afterOwnBytes() {
        if (line.isHolding()) {
            waitForSocket();
        }
    }

    void discard() {
        outbox.discard();
    }

    /// Writes what is queued, unless another thread does or the socket is full.
    private void flush() {
        var scratch = shared.scratches().borrow();
        try {
            while (outbox.begin(scratch.clear())) {
                if (!write(scratch.flip())) {
                    return;
                }
            }
        } finally {
            shared.scratches().giveBack(scratch);
        }
        tellIfWritable();
        if (outbox.isDone()) {
            loop.execute(owner::lastBytesAreSent);
        }
    }

    /// Whether there may be more to write: not on a full socket, nor on a broken one.
    private boolean write(ByteBuffer bytes) {
        shared.countWrite();
        try {
            int written = line.write(bytes);
            boolean full = bytes.hasRemaining() || line.isHolding();
            outbox.wrote(written, full);
            if (full) {
                waitForSocket();
            }
            return !full;
        } catch (Throwable broken) { // whoever sends must not suffer for one peer
            if (!(broken instanceof IOException)) {
                log.error("event=write-failed", broken);
            }
            outbox.wrote(0, true);
            loop.execute(owner::drop);
            return false;
        }
    }

    private void waitForSocket() {
        progressMillis = shared.nowMillis();
        try {
            key.interestOpsOr(SelectionKey.OP_WRITE);
            loop.wakeUp();
        } catch (CancelledKeyException gone) {
            log.debug("event=write-after-end", gone);
        }
    }

    private void tellIfWritable() {
        if (outbox.tellWritable()) {
            loop.execute(owner::isWritable);
        }
    }
}
