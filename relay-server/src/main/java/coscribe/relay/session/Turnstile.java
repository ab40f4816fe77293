package coscribe.relay.session;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.sequencing.Serial;
import coscribe.relay.sequencing.Timers;
import coscribe.relay.transport.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Lets the messages of one connection through, in their order, no faster than their person may send
/// over all connections. Whoever sends faster is read more slowly: what was read already waits here
/// and nothing more is read, so that the rest waits in the sender's own socket. Only who sends so much,
/// on so many connections, that it would wait for longer than patience lasts is told that it is too
/// much. Lives in the conversation's serial.
final class Turnstile {
    /// Stopping and starting costs more than a message: let some come together.
    private static final Duration SHORTEST = Duration.ofMillis(50);
    /// Of a peer that is not read any more, at most this much was read before.
    private static final long MOST_WAITING = 2L * Limits.FRAME_BYTES;

    private final Connection connection;
    private final Budgets budgets;
    private final Timers timers;
    private final Serial serial;
    private final SessionMetrics metrics;
    private final Way way;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long waitingUnits;
    private boolean paused;
    private Timers.Due due = Timers.Due.NEVER;
    private boolean over;

    private record Waiting(ClientMessage message, int units) {}

    /// Where the turnstile stands.
    interface Way {
        /// Who pays; nobody yet, where nobody signed in.
        Optional<PersonId> payer();

        /// How many steps it takes to bring this into the document.
        long work(ClientMessage message);

        void pass(ClientMessage message);

        /// It would have to wait too long; it is not let through, what comes after it may be.
        void busy(ClientMessage message, Duration retryAfter);

        /// Nothing is let through any more.
        void tooMuch(Duration retryAfter);
    }

    Turnstile(Connection connection, Budgets budgets, Timers timers, Serial serial, SessionMetrics metrics, Way way) {
        this.connection = connection;
        this.budgets = budgets;
        this.timers = timers;
        this.serial = serial;
        this.metrics = metrics;
        this.way = way;
    }

    /// @param units  its length as it came
    void arrive(ClientMessage message, int units) {
        if (over) {
            return;
        }
        waiting.add(new Waiting(message, units));
        waitingUnits += units;
        if (waitingUnits > MOST_WAITING) {
            tooMuch(Pace.PATIENCE);
        } else if (!paused) {
            goOn();
        }
    }

    /// Nothing is let through any more.
    void end() {
        over = true;
        due.cancel();
        waiting.clear();
    }

    private void goOn() {
        while (!over && !paused && !waiting.isEmpty()) {
            switch (price(waiting.element())) {
                case Pace.Turn.Refused(Duration wait) -> tooMuch(wait);
                case Pace.Turn.After(Duration wait) when wait.isZero() -> passOrSayBusy();
                case Pace.Turn.After(Duration wait) -> pause(wait, this::passOrSayBusy);
            }
        }
    }

    private Pace.Turn price(Waiting next) {
        return way.payer()
                .map(person -> budgets.message(person, next.units()))
                .orElse(new Pace.Turn.After(Duration.ZERO));
    }

    /// The message is paid for; what it asks for is not.
    private void passOrSayBusy() {
        var next = waiting.remove();
        waitingUnits -= next.units();
        long steps = way.work(next.message());
        switch (way.payer().map(person -> budgets.work(person, steps)).orElse(new Pace.Turn.After(Duration.ZERO))) {
            case Pace.Turn.Refused(Duration wait) -> {
                metrics.overBudget("work");
                way.busy(next.message(), wait);
            }
            case Pace.Turn.After(Duration wait) when wait.isZero() -> way.pass(next.message());
            case Pace.Turn.After(Duration wait) -> pause(wait, () -> way.pass(next.message()));
        }
    }

    private void pause(Duration wait, Runnable then) {
        paused = true;
        metrics.delayed();
        connection.reading(false);
        due = timers.after(
                wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait,
                () -> serial.execute(() -> {
                    if (over) {
                        return;
                    }
                    paused = false;
                    then.run();
                    if (!paused) {
                        goOn();
                    }
                    if (!paused && !over) {
                        connection.reading(true);
                    }
                }));
    }

    private void tooMuch(Duration retryAfter) {
        end();
        metrics.overBudget("messages");
        way.tooMuch(retryAfter);
    }
}
