package coscribe.relay.store.embedded;

import coscribe.relay.store.StoreInUseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a second relay from the same data: a lock of the operating system's, which ends with the
/// process however it ends, and a note of who holds it.
final class DataLock implements AutoCloseable {
    /// Beyond the note, which on Windows could not be read were it locked itself.
    private static final long LOCKED_BYTE = 1 << 20;

    private static final int NOTE_BYTES = 256;
    /// POSIX drops a process's lock as soon as the process closes any other handle of that file, so
    /// within one process nobody may even open it twice.
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private DataLock(Path directory, String holder) throws IOException {
        this.directory = directory;
        this.channel = FileChannel.open(
                directory.resolve("store.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            var taken = channel.tryLock(LOCKED_BYTE, 1, false);
            if (taken == null) {
                throw inUse(directory, noted(channel));
            }
            this.lock = taken;
            var _ = channel.truncate(0);
            var note = holder.getBytes(StandardCharsets.UTF_8);
            var _ = channel.write(ByteBuffer.wrap(note, 0, Math.min(note.length, NOTE_BYTES)), 0);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// @param holder  who is asking, in a few words for whoever comes second
    /// @throws StoreInUseException  at once, where somebody else holds it
    static DataLock take(Path directory, String holder) throws IOException {
        var real = directory.toRealPath();
        var here = HELD_HERE.putIfAbsent(real, holder);
        if (here != null) {
            throw inUse(directory, here);
        }
        try {
            return new DataLock(real, holder);
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(real);
            throw e;
        }
    }

    private static String noted(FileChannel channel) throws IOException {
        var note = ByteBuffer.allocate(NOTE_BYTES);
        int length = channel.read(note, 0);
        return length <= 0 ? "another process" : new String(note.array(), 0, length, StandardCharsets.UTF_8);
    }

    private static StoreInUseException inUse(Path directory, String holder) {
        return new StoreInUseException("the data in " + directory + " is in use by " + holder
                + ". Stop that relay, or give this one a data directory of its own.");
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
