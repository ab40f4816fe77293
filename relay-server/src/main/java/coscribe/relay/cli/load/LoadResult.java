package coscribe.relay.cli.load;

import java.util.List;
import java.util.OptionalDouble;

/// What a load found. Times in milliseconds; of several rounds, the median of each figure.
public sealed interface LoadResult {
    Generator generator();

    /// Why connections broke that should not have; empty if all is well.
    List<String> lost();

    /// Whether the relay did all that it was asked for, fast or slow.
    boolean isGood();

    /// Whether the generator and not the relay was the limit.
    boolean wasGeneratorTheLimit();

    /// Where most of many durations lie; all are 0 where there are none.
    record Spread(double p50, double p95, double p99, double most) {
        static Spread of(Figures figures) {
            return new Spread(figures.millis(50), figures.millis(95), figures.millis(99), figures.most());
        }
    }

    /// Of people who type.
    ///
    /// @param keystrokes       in a round
    /// @param commits          of them; what is typed while a submission is under way goes with the next
    /// @param commitsPerSecond acknowledged
    /// @param savedPerSecond   keystrokes that were in an acknowledged commit
    /// @param screens          from a keystroke to each other person's text
    /// @param saved            from a keystroke to its acknowledgement
    /// @param cpuPerCommit     the relays' processor time
    /// @param equal            whether everybody in each document, and a newcomer, had the same text at
    ///     the end
    record Typed(
            long keystrokes,
            long commits,
            double commitsPerSecond,
            double savedPerSecond,
            Spread screens,
            Spread saved,
            OptionalDouble cpuPerCommit,
            Generator generator,
            List<String> lost,
            boolean equal)
            implements LoadResult {
        public Typed {
            lost = List.copyOf(lost);
        }

        @Override
        public boolean isGood() {
            return equal && lost.isEmpty();
        }

        @Override
        public boolean wasGeneratorTheLimit() {
            return generator.wasTheLimit(screens.most > 0 ? screens.p99 : saved.p99);
        }
    }

    /// Of everybody connecting at once.
    ///
    /// @param joined      who came in
    /// @param seconds     from the first attempt until the last was in
    /// @param joins       from somebody's first attempt until their document was there, waits included
    /// @param sentAway    answers that told somebody when to come back
    /// @param cpuPerJoin  the relays' processor time
    record Stormed(
            int joined,
            double seconds,
            Spread joins,
            long sentAway,
            OptionalDouble cpuPerJoin,
            Generator generator,
            List<String> lost,
            boolean all)
            implements LoadResult {
        public Stormed {
            lost = List.copyOf(lost);
        }

        public double joinsPerSecond() {
            return joined / seconds;
        }

        @Override
        public boolean isGood() {
            return all && lost.isEmpty();
        }

        @Override
        public boolean wasGeneratorTheLimit() {
            return generator.wasTheLimit(joins.p99);
        }
    }

    /// Of connections that do nothing. Memory is empty where nobody tells it.
    ///
    /// @param all      what the relays took when all were there
    /// @param first    KiB of the relays' resident memory for each of the first, who also warm it
    /// @param further  for each of as many again
    /// @param heap     KiB of heap for each of those, by the relay's own metrics, behind a collection
    /// @param cpu      the relays' processor time, as a share of one processor, while all do nothing
    record Idled(
            int connections,
            Memory.Taken all,
            OptionalDouble first,
            OptionalDouble further,
            OptionalDouble heap,
            OptionalDouble cpu,
            Generator generator,
            List<String> lost)
            implements LoadResult {
        public Idled {
            lost = List.copyOf(lost);
        }

        @Override
        public boolean isGood() {
            return lost.isEmpty();
        }

        /// Nobody waits for it here: only a thread that never rests could have kept people out.
        @Override
        public boolean wasGeneratorTheLimit() {
            return generator.busy() >= Generator.BUSY;
        }
    }
}
