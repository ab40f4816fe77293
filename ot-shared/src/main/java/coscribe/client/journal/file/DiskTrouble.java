package coscribe.client.journal.file;

import coscribe.client.journal.JournalException;
import coscribe.client.journal.JournalException.Kind;
import java.io.IOException;
import java.util.Locale;

/// What a disk's errors mean, in words for people.
final class DiskTrouble {
    private DiskTrouble() {}

    static JournalException of(IOException cause) {
        Kind kind = isFull(cause) ? Kind.FULL : Kind.BROKEN;
        return new JournalException(kind, sentence(kind), cause);
    }

    static String sentence(Kind kind) {
        return switch (kind) {
            case FULL -> "This computer's disk is full. Later edits are only in memory. Free some space now.";
            case BROKEN, UNREADABLE, LOCKED ->
                "This computer's disk reported an error. Later edits are only in memory.";
        };
    }

    /// The JDK has no exception of its own for a full disk; the systems word it like this.
    private static boolean isFull(IOException cause) {
        String message = ("" + cause.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left")
                || message.contains("not enough space")
                || message.contains("quota exceeded");
    }
}
