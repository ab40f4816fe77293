package coscribe.relay.transport.selector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/// TLS over the socket. Holds nothing between calls but the piece of a record that came too early and the
/// piece of one that the socket did not take; the room to work in is the loop's and the pool's.
///
/// The handshake's computations run on the loop's thread, about a millisecond each: meant for a relay
/// of a team; a proxy ends TLS in front of a large one.
final class TlsLine implements Line {
    private static final byte[] NOTHING = {};
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Loop loop;
    private final Scratches scratches;
    /// Ciphertext of an incomplete record. The loop's thread.
    private byte[] early = NOTHING;
    /// Ciphertext that waits for the socket. Guarded by this object, as is all wrapping.
    private ByteBuffer held = NO_BYTES;

    TlsLine(SocketChannel channel, SSLEngine engine, Loop loop, Scratches scratches) {
        this.channel = channel;
        this.engine = engine;
        this.loop = loop;
        this.scratches = scratches;
        engine.setUseClientMode(false);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        var records = loop.recordBuffer().put(early);
        early = NOTHING;
        if (channel.read(records) < 0) {
            return -1;
        }
        records.flip();
        int before = target.position();
        boolean ended = unwrap(records, target);
        if (records.hasRemaining() && !ended) {
            early = new byte[records.remaining()];
            records.get(early);
        }
        int count = target.position() - before;
        return ended && count == 0 ? -1 : count;
    }

    /// Unwraps all whole records, doing the handshake's steps as they come up.
    ///
    /// @return whether the peer has said that no more will come
    private boolean unwrap(ByteBuffer records, ByteBuffer target) throws IOException {
        while (true) {
            var result = engine.unwrap(records, target);
            if (result.getStatus() == Status.CLOSED) {
                return true;
            }
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                throw new IOException("a TLS record is larger than TLS allows");
            }
            boolean goesOn = result.getStatus() == Status.OK && records.hasRemaining();
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    runTasks();
                    goesOn = true;
                }
                case NEED_WRAP -> goesOn &= sendOwn();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {}
            }
            if (!goesOn) {
                return engine.isInboundDone();
            }
        }
    }

    private void runTasks() {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /// Sends what TLS itself has to say.
    ///
    /// @return whether the handshake is further than before
    private synchronized boolean sendOwn() throws IOException {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            var result = wrapAndSend(NO_BYTES.duplicate());
            if (result.bytesProduced() == 0 || result.getStatus() != Status.OK) {
                return false;
            }
        }
        return true;
    }

    @Override
    public synchronized int write(ByteBuffer bytes) throws IOException {
        int before = bytes.position();
        flush();
        while (bytes.hasRemaining() && !isHolding()) {
            if (wrapAndSend(bytes).getStatus() == Status.CLOSED) {
                throw new ClosedChannelException();
            }
        }
        return bytes.position() - before;
    }

    /// Wraps as many records as the room holds and gives them to the socket; what it does not take is held.
    private SSLEngineResult wrapAndSend(ByteBuffer bytes) throws IOException {
        var records = scratches.borrow();
        try {
            int longest = engine.getSession().getPacketBufferSize();
            var result = engine.wrap(bytes, records);
            while (bytes.hasRemaining() && records.remaining() >= longest && result.getStatus() == Status.OK) {
                result = engine.wrap(bytes, records);
            }
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                runTasks();
            }
            send(records.flip());
            return result;
        } finally {
            scratches.giveBack(records);
        }
    }

    private void send(ByteBuffer records) throws IOException {
        if (!isHolding()) {
            var _ = channel.write(records);
        }
        if (records.hasRemaining()) {
            held = ByteBuffer.allocate(held.remaining() + records.remaining())
                    .put(held)
                    .put(records)
                    .flip();
        }
    }

    @Override
    public synchronized boolean isHolding() {
        return held.hasRemaining();
    }

    @Override
    public synchronized void flush() throws IOException {
        if (held.hasRemaining()) {
            var _ = channel.write(held);
            if (!held.hasRemaining()) {
                held = NO_BYTES;
            }
        }
    }

    @Override
    public synchronized void shutdownOutput() throws IOException {
        engine.closeOutbound();
        var _ = sendOwn();
        if (!isHolding()) {
            channel.shutdownOutput();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
