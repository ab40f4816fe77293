package coscribe.client.journal;

import coscribe.ot.session.JournalRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What one document's session noted on this computer, in order. What is read back after a crash is
/// always a prefix of what was appended, and at least everything that was forced.
///
/// Used by one thread at a time; states are told on whichever thread notices them.
public interface Journal extends AutoCloseable {
    /// What was there when the journal was opened. Always the same answer.
    Opening opening();

    /// Writes a record behind the others. It survives the end of this process at once, and a power
    /// cut within 200 ms or after {@link #force}. Throws {@link JournalException} where it could
    /// not be written; from then on nothing is appended until {@link #rewrite} succeeded, since a
    /// record with a gap before it would tell another story.
    void append(JournalRecord entry);

    /// Returns when everything appended is on the disk. A failed force is never tried again as if
    /// the first had not been: the journal counts as failing until it is rewritten.
    void force();

    /// Puts these records in the place of all others, in one step and forced: after a crash either
    /// the old ones are there or the new ones. Makes a failing journal whole again.
    void rewrite(List<JournalRecord> records);

    /// Moves what was written so far out of the way, so that a restart does not take it for what
    /// happened; it is kept as a leftover. For a failing journal on a disk that takes no more
    /// bytes: a move needs none. Only {@link #rewrite} goes on from here.
    void setAside();

    /// Whether the journal has grown so much that a rewrite pays.
    boolean wantsRewrite();

    State state();

    /// Calls `listener` after each change of the state. One listener.
    void listen(Consumer<State> listener);

    /// Forces and closes. Does not throw: what could not be forced is told as a state.
    @Override
    void close();

    /// What a journal held when it was opened.
    ///
    /// @param records   everything readable before the first damage, in order
    /// @param leftovers what stood behind a damage, each kept in a file of its own
    record Opening(List<JournalRecord> records, List<Leftover> leftovers) {
        public Opening {
            records = List.copyOf(records);
            leftovers = List.copyOf(leftovers);
        }
    }

    /// Bytes that could not be used: a record cut off by a power failure, or what stood behind a
    /// damaged place.
    ///
    /// @param file      where they are kept; empty if the disk did not take them yet
    /// @param readable  records found inside. They are not applied, for something before them is
    ///     missing; their text can be offered to the writer
    record Leftover(Optional<String> file, long bytes, List<JournalRecord> readable) {
        public Leftover {
            readable = List.copyOf(readable);
        }
    }

    /// How safe what was appended is.
    sealed interface State {
        /// All of it is on the disk.
        record OnDisk() implements State {}

        /// Some of it is only written, and will be forced within 200 ms.
        record Written() implements State {}

        /// What comes now is in memory only.
        record Failing(JournalException.Kind kind, String sentence) implements State {}
    }
}
