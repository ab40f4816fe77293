package coscribe.client.journal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The few things that the journal does with a file system. What was written but not forced may be
/// gone after a power cut, in any part and in any order; so may a move or a deletion whose folder
/// was not forced.
public interface Disk {
    /// The whole file; empty if there is none.
    Optional<byte[]> read(Path file) throws IOException;

    /// A new empty file in the place of whatever is there.
    Output create(Path file) throws IOException;

    /// Opens a file that exists, to write behind its end.
    Output append(Path file) throws IOException;

    /// Renames in one step, over whatever is at `to`.
    void move(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /// The files of a folder whose names begin like this.
    List<Path> list(Path folder, String prefix) throws IOException;

    /// Makes moves, creations and deletions in a folder durable.
    void forceFolder(Path folder) throws IOException;

    /// Held until closed, against every other process and every other journal of this one. Empty:
    /// somebody has it.
    Optional<Closeable> lock(Path file) throws IOException;

    /// A file being written.
    interface Output extends Closeable {
        /// Writes all of it behind the end, or throws; then part of it may be there.
        void write(ByteBuffer bytes) throws IOException;

        void force() throws IOException;

        /// Cuts the file to its first `length` bytes.
        void truncate(long length) throws IOException;
    }
}
