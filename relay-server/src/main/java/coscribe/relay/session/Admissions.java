package coscribe.relay.session;

import coscribe.relay.sequencing.Serial;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// How many may be on their way into documents at once, over the whole relay: as many as come in within
/// {@link #GOAL}. While those who are let in take less than half of it, more are let in at a time; when
/// they take longer than it, fewer are. The others wait in their order, and who would wait too long is
/// told when to come back. So a herd does to the store what the store can take, whatever store it is.
/// Thread-safe.
final class Admissions {
    /// How long it should take at most to come in, once somebody is let in.
    static final Duration GOAL = Duration.ofMillis(500);
    /// Who would wait for longer is sent away.
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    static final int FEWEST = 16;
    static final int MOST = 1_000;
    private static final int FIRST = 64;
    private static final double SHRINK = 0.8;
    /// How much the newest time counts in the mean.
    private static final double NEWEST = 0.1;

    private final InstantSource clock;
    private final SessionMetrics metrics;
    /// Whoever is let in by another's coming in is let in behind it, not inside of it.
    private final Serial handOver = new Serial(Runnable::run, "admissions");
    private final Object lock = new Object();
    private final SequencedSet<Ticket> waiting = new LinkedHashSet<>();
    private int underWay;
    private double bound = FIRST;
    private double meanMillis;
    private Instant shrunk = Instant.MIN;

    Admissions(InstantSource clock, SessionMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    /// @param go       called when it is their turn, at once or later, on any thread
    /// @param refused  called before this returns, with the time until there is room again
    Ticket ask(Runnable go, Consumer<Duration> refused) {
        var ticket = new Ticket(go);
        var wait = Duration.ZERO;
        List<Ticket> now = List.of();
        synchronized (lock) {
            wait = Duration.ofMillis((long) (meanMillis * (waiting.size() + 1) / bound));
            if (waiting.isEmpty() || wait.compareTo(LONGEST_WAIT) <= 0) {
                wait = Duration.ZERO;
                waiting.add(ticket);
                now = whoMayGo();
            } else {
                ticket.state = State.OVER;
            }
        }
        if (wait.isZero()) {
            letIn(now);
        } else {
            metrics.overBudget("admission");
            refused.accept(wait);
        }
        return ticket;
    }

    private enum State {
        WAITING,
        UNDER_WAY,
        OVER
    }

    /// Somebody on the way in.
    final class Ticket {
        private final Runnable go;
        private State state = State.WAITING;
        private Instant since = Instant.MIN;

        private Ticket(Runnable go) {
            this.go = go;
        }

        /// They are in, or were told why not.
        void answered() {
            end(true);
        }

        /// They are gone. Harmless when they were answered before.
        void gone() {
            end(false);
        }

        private void end(boolean measured) {
            List<Ticket> next;
            synchronized (lock) {
                if (state == State.WAITING) {
                    waiting.remove(this);
                } else if (state == State.UNDER_WAY) {
                    underWay--;
                    if (measured) {
                        took(since);
                    }
                }
                state = State.OVER;
                next = whoMayGo();
            }
            letIn(next);
        }
    }

    private void took(Instant since) {
        var now = clock.instant();
        var time = Duration.between(since, now);
        if (time.isNegative()) {
            return; // the clock was set back
        }
        meanMillis += NEWEST * (time.toMillis() - meanMillis);
        metrics.cameIn(time);
        if (time.compareTo(GOAL) > 0) {
            if (!since.isBefore(shrunk)) { // who was let in before tells of what was mended since
                bound = Math.max(FEWEST, bound * SHRINK);
                shrunk = now;
            }
        } else if (time.multipliedBy(2).compareTo(GOAL) < 0 && !waiting.isEmpty()) {
            bound = Math.min(MOST, bound + 1);
        }
    }

    private List<Ticket> whoMayGo() {
        var now = new ArrayList<Ticket>();
        while (!waiting.isEmpty() && underWay < (int) bound) {
            var next = waiting.removeFirst();
            next.state = State.UNDER_WAY;
            next.since = clock.instant();
            underWay++;
            now.add(next);
        }
        metrics.admission(underWay, waiting.size(), (int) bound);
        return now;
    }

    private void letIn(List<Ticket> now) {
        now.forEach(ticket -> handOver.execute(ticket.go));
    }

    /// How many are on their way in.
    int underWay() {
        synchronized (lock) {
            return underWay;
        }
    }

    /// How many may be.
    int bound() {
        synchronized (lock) {
            return (int) bound;
        }
    }
}
