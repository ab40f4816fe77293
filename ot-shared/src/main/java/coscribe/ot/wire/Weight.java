package coscribe.ot.wire;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.document.Threads;

/// How many bytes something takes on the wire, at most, without writing it.
final class Weight {
    /// A number with its sign and comma.
    static final int NUMBER = 21;
    /// Quotes, brackets and commas around a string in a pair.
    private static final int AROUND = 8;

    private Weight() {}

    /// One UTF-16 unit inside quotes: exact; half a pair counts half.
    static int of(char unit) {
        if (unit < 0x80) {
            return unit == '"' || unit == '\\' || unit == '\n' || unit == '\t' ? 2 : unit < 0x20 ? 6 : 1;
        }
        return unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }

    /// A string with what stands around it.
    static long of(CharSequence text) {
        long bytes = AROUND;
        for (int i = 0; i < text.length(); i++) {
            bytes += of(text.charAt(i));
        }
        return bytes;
    }

    static long of(Attributes set) {
        var bytes = new long[] {AROUND};
        set.forEach((name, value) ->
                bytes[0] += of(name) + (value instanceof Value.Text(String text) ? of(text) : NUMBER));
        return bytes[0];
    }

    static long of(Threads.Comment comment) {
        return of(comment.id()) + of(comment.author()) + NUMBER + of(comment.text());
    }

    static long of(ThreadEvent event) {
        String text = switch (event) {
            case ThreadEvent.Opened opened -> opened.text();
            case ThreadEvent.Replied replied -> replied.text();
            case ThreadEvent.Edited edited -> edited.text();
            case ThreadEvent.Resolved ignored -> "";
            case ThreadEvent.Reopened ignored -> "";
            case ThreadEvent.Deleted ignored -> "";
        };
        // names of fields and three ids of 32 digits, or whatever stands in their place
        return 128 + of(event.thread()) + of(event.author()) + 48 + NUMBER + of(text);
    }
}
