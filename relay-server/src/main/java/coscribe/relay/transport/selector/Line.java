package coscribe.relay.transport.selector;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The bytes between a peer and us, above TLS where there is TLS. Never blocks.
interface Line extends AutoCloseable {

    /// Appends what has come to the buffer. On the loop's thread.
    ///
    /// @return bytes read, 0 if there are none now, -1 if the peer will send no more
    int read(ByteBuffer target) throws IOException;

    /// Takes bytes for the peer. One thread at a time.
    ///
    /// @return bytes taken, in 0 to all
    int write(ByteBuffer bytes) throws IOException;

    /// Whether bytes that were taken still wait for the socket: then `flush` when it is writable.
    boolean isHolding();

    /// Gives the socket what it will take of the bytes that wait.
    void flush() throws IOException;

    /// Tells the peer that no more will come.
    void shutdownOutput() throws IOException;

    @Override
    void close() throws IOException;
}
