package coscribe.bench.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What a writer tells whoever watches, in a mapped file: it can be read at any moment, and the
/// moment after the writer was killed it still says how the writer stood.
public final class Board {
    /// How far a writer is.
    public enum Stage {
        STARTING,
        WRITING,
        /// Everything typed and acknowledged, everything of the other's seen; the text is in its
        /// file.
        ENDED,
        FAILED
    }

    private static final int TYPED = 0;
    private static final int SEEN = 8;
    private static final int SENDING = 16;
    private static final int STAGE = 24;
    private static final int REVISION = 32;
    private static final int LIVE = 40;
    private static final int WRITTEN = 48;
    private static final int CAME_BACK = 56;
    private static final int SIZE = 64;

    private final MappedByteBuffer memory;

    /// @param file  made if it is missing; what it says is kept
    public Board(Path file) {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot map " + file, e);
        }
    }

    void tell(int typed, int seen, boolean sending, long revision) {
        memory.putLong(TYPED, typed);
        memory.putLong(SEEN, seen);
        memory.putLong(SENDING, sending ? 1 : 0);
        memory.putLong(REVISION, revision);
    }

    void written(int keystrokes) {
        memory.putLong(WRITTEN, keystrokes);
    }

    /// Once more the journal gave back a submission that has no acknowledgement.
    void cameBackSending() {
        memory.putLong(CAME_BACK, memory.getLong(CAME_BACK) + 1);
    }

    void stage(Stage stage) {
        memory.putLong(STAGE, stage.ordinal());
    }

    void live(boolean now) {
        memory.putLong(LIVE, now ? 1 : 0);
    }

    /// How many keystrokes of its own are in its text. Not all of them need be in its journal.
    public int typed() {
        return (int) memory.getLong(TYPED);
    }

    public int seen() {
        return (int) memory.getLong(SEEN);
    }

    /// How many keystrokes of its own its journal had taken: appended, that is, so that the end of
    /// the process does not lose them.
    public int written() {
        return (int) memory.getLong(WRITTEN);
    }

    /// In how many of its lives its journal came back with a submission under way.
    public int cameBack() {
        return (int) memory.getLong(CAME_BACK);
    }

    /// Whether a submission is under way.
    public boolean isSending() {
        return memory.getLong(SENDING) != 0;
    }

    public long revision() {
        return memory.getLong(REVISION);
    }

    /// Whether the writer is up to date with its relay.
    public boolean isLive() {
        return memory.getLong(LIVE) != 0;
    }

    public Stage stage() {
        return Stage.values()[(int) memory.getLong(STAGE)];
    }
}
