package coscribe.relay.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A small file beside the database that says how many transactions were forced, and whether the
/// database was closed properly.
///
/// SQLite takes a write-ahead log that ends too early for what a crash leaves, and opens to an
/// older state without a word. Here it is noticed: the mark is written *after* each forced
/// transaction, so the database may be ahead of it but never behind. It is not forced itself: it
/// survives the death of the process, and a loss of power leaves an older mark, which claims less.
final class Mark implements AutoCloseable {
    /// In the place of a length: not closed.
    static final long OPEN = -1;

    private static final int MAGIC = 0x436f4d6b;
    private static final int BYTES = 4 + 8 + 8 + 4;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);

    /// @param transactions   how many were forced
    /// @param closedAtBytes  the length of the database when it was closed properly; {@link #OPEN}
    ///         while it is open or after a crash
    record Content(long transactions, long closedAtBytes) {}

    private Mark(FileChannel channel) {
        this.channel = channel;
    }

    /// What the mark says; empty where there is none or it is unreadable, so that nothing is known.
    static Optional<Content> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (bytes.limit() != BYTES || bytes.getInt() != MAGIC) {
            return Optional.empty();
        }
        var content = new Content(bytes.getLong(), bytes.getLong());
        return bytes.getInt() == sum(content) ? Optional.of(content) : Optional.empty();
    }

    static Mark open(Path file) throws IOException {
        return new Mark(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    void write(Content content) throws IOException {
        buffer.clear()
                .putInt(MAGIC)
                .putLong(content.transactions())
                .putLong(content.closedAtBytes())
                .putInt(sum(content))
                .flip();
        while (buffer.hasRemaining()) {
            var _ = channel.write(buffer, buffer.position());
        }
    }

    void force() throws IOException {
        channel.force(true);
    }

    private static int sum(Content content) {
        var sum = new CRC32C();
        sum.update(ByteBuffer.allocate(16)
                .putLong(content.transactions())
                .putLong(content.closedAtBytes())
                .flip());
        return (int) sum.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
