package coscribe.ot.protocol;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.document.Threads;

/// How many bytes something takes on the wire, at most, without writing it; and changes cut by that.
public final class Weight {
    /// A number with its sign and comma.
    public static final int NUMBER = 21;
    /// Quotes, brackets and commas around a string in a pair.
    private static final int AROUND = 8;
    /// What {@link Delta#split} needs.
    private static final int LEAST_COMPONENTS = 3;

    private static final int LEAST_UNITS = 2;

    private Weight() {}

    /// All components of a delta.
    public static long of(Delta delta) {
        return new Beginning(delta, Long.MAX_VALUE).bytes;
    }

    /// One UTF-16 unit inside quotes: exact; half a pair counts half.
    public static int of(char unit) {
        if (unit < 0x80) {
            return unit == '"' || unit == '\\' || unit == '\n' || unit == '\t' ? 2 : unit < 0x20 ? 6 : 1;
        }
        return unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }

    /// A string with what stands around it.
    public static long of(CharSequence text) {
        long bytes = AROUND;
        for (int i = 0; i < text.length(); i++) {
            bytes += of(text.charAt(i));
        }
        return bytes;
    }

    public static long of(Attributes set) {
        var bytes = new long[] {AROUND};
        set.forEach((name, value) ->
                bytes[0] += of(name) + (value instanceof Value.Text(String text) ? of(text) : NUMBER));
        return bytes[0];
    }

    public static long of(Threads.Comment comment) {
        return of(comment.id()) + of(comment.author()) + NUMBER + of(comment.text());
    }

    public static long of(ThreadEvent event) {
        // names of fields and three ids of 32 digits, or whatever stands in their place
        return 128 + of(event.thread()) + of(event.author()) + 48 + NUMBER + of(event.text());
    }

    /// Cuts off the longest beginning of at most so many components, inserted units and bytes, by
    /// {@link Delta#split}. `rest` is the identity where everything fits.
    public static Delta.Split split(Delta delta, int maxComponents, int maxInserted, long maxBytes) {
        var fits = new Beginning(delta, maxBytes);
        return delta.split(
                Math.min(maxComponents, Math.max(LEAST_COMPONENTS, fits.components)),
                Math.min(maxInserted, Math.max(LEAST_UNITS, fits.units)));
    }

    /// How much of a delta's beginning fits.
    private static final class Beginning implements Delta.Visitor {
        private final long room;
        private long bytes;
        private int components;
        private int units;
        private boolean full;

        Beginning(Delta delta, long room) {
            this.room = room;
            delta.forEach(this);
        }

        private void component(long more) {
            full |= bytes + more > room;
            if (!full) {
                bytes += more;
                components++;
            }
        }

        @Override
        public void retain(int length, Attributes set) {
            component(NUMBER + (set.isEmpty() ? 0 : Weight.of(set)));
        }

        @Override
        public void delete(int length) {
            component(NUMBER);
        }

        @Override
        public void insert(String source, int from, int to, Attributes set) {
            if (full) {
                return;
            }
            components++; // its beginning goes along, if not all of it
            bytes += Weight.of("") + (set.isEmpty() ? 0 : Weight.of(set));
            for (int i = from; i < to; i++) {
                bytes += Weight.of(source.charAt(i));
                if (bytes > room) {
                    full = true;
                    return;
                }
                units++;
            }
        }
    }
}
