package coscribe.desktop.viewmodel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// How fast this program is where somebody notices, measured while it is used: for who is told of
/// it by {@link Diagnostics}, beside what was promised. Of what happens often, the newest 2,000
/// count, and the longest of all. In English, as all of that page. On the thread that draws.
public final class Speed {
    private static final int KEPT = 2_000;
    private static final double MILLI = 1e6; // nanoseconds

    private final LongSupplier nanos;
    private final Samples keys = new Samples("key to screen", 0.99, 16);
    private final Samples others = new Samples("others' text to screen", 0.95, 100);
    private final Samples waits = new Samples("wait for the thread that draws", 1, 50);
    private OptionalLong started = OptionalLong.empty();
    private OptionalLong opened = OptionalLong.empty();

    /// @param nanos  a clock that never goes back, in nanoseconds
    public Speed(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// The process began so long before somebody could type, in milliseconds. The first time counts.
    public void started(long millis) {
        if (started.isEmpty()) {
            started = OptionalLong.of(millis);
        }
    }

    /// A document is being opened; what is answered is run when its text is shown.
    public Runnable opening() {
        long begun = nanos.getAsLong();
        return () -> opened = OptionalLong.of(Math.round((nanos.getAsLong() - begun) / MILLI));
    }

    /// Something waited so long for its turn on the thread that draws.
    public void waited(long nanos) {
        waits.add(nanos);
    }

    /// For one text on the screen.
    public Screen screen() {
        return new Screen();
    }

    /// For a mail. What did not happen yet is left out.
    List<String> lines() {
        var lines = new ArrayList<String>();
        started.ifPresent(took -> lines.add("start to caret " + took + " ms (wanted under 2000)"));
        opened.ifPresent(took -> lines.add("last document opened in " + took + " ms (wanted under 1000)"));
        for (Samples each : List.of(keys, others, waits)) {
            if (each.count > 0) {
                lines.add(each.line());
            }
        }
        return lines;
    }

    /// From what changes a text to the frame that shows it, laid out.
    public final class Screen {
        private OptionalLong keyCame = OptionalLong.empty();
        private OptionalLong keyWaits = OptionalLong.empty();
        private OptionalLong othersWait = OptionalLong.empty();

        /// A key was pressed; whether it changes the text is not known yet.
        public void keyPressed() {
            keyCame = OptionalLong.of(nanos.getAsLong());
        }

        /// A character came, of the key that was pressed just now or of none.
        public void keyTyped() {
            if (keyCame.isEmpty()) {
                keyPressed();
            }
        }

        /// The writer's own change is to be shown; one that no key made is not measured.
        public void ownChange() {
            keyWaits = keyWaits.isPresent() ? keyWaits : keyCame;
        }

        /// What somebody else did is to be shown.
        public void foreignChange() {
            if (othersWait.isEmpty()) {
                othersWait = OptionalLong.of(nanos.getAsLong());
            }
        }

        /// A frame is laid out.
        ///
        /// @param all  nothing is left for a later one
        public void laidOut(boolean all) {
            keyCame = OptionalLong.empty();
            if (all) {
                long now = nanos.getAsLong();
                keyWaits.ifPresent(since -> keys.add(now - since));
                keyWaits = OptionalLong.empty();
                othersWait.ifPresent(since -> others.add(now - since));
                othersWait = OptionalLong.empty();
            }
        }
    }

    private static final class Samples {
        private final String what;
        private final double part;
        private final int wantedMillis;
        private final long[] newest = new long[KEPT];
        private int count;
        private int over;
        private long longest;

        /// @param part  of the samples, that is to be under `wantedMillis`
        Samples(String what, double part, int wantedMillis) {
            this.what = what;
            this.part = part;
            this.wantedMillis = wantedMillis;
        }

        void add(long nanos) {
            newest[count++ % KEPT] = nanos;
            over += nanos >= wantedMillis * MILLI ? 1 : 0;
            longest = Math.max(longest, nanos);
        }

        String line() {
            var sorted = Arrays.copyOf(newest, Math.min(count, KEPT));
            Arrays.sort(sorted);
            String wanted = part < 1
                    ? String.format(
                            Locale.ROOT,
                            "%.0f %% under %.1f ms (wanted under %d), longest %.1f ms",
                            part * 100,
                            sorted[(int) Math.ceil(sorted.length * part) - 1] / MILLI,
                            wantedMillis,
                            longest / MILLI)
                    : String.format(
                            Locale.ROOT,
                            "longest %.1f ms (wanted under %d, missed %d times)",
                            longest / MILLI,
                            wantedMillis,
                            over);
            return String.format(
                    Locale.ROOT,
                    "%s: %d times, half under %.1f ms, %s",
                    what,
                    count,
                    sorted[(sorted.length - 1) / 2] / MILLI,
                    wanted);
        }
    }
}
