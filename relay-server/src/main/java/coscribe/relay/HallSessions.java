package coscribe.relay;

import coscribe.relay.sequencing.Lane.LaneContext;
import coscribe.relay.sequencing.SequenceLimits;
import coscribe.relay.sequencing.Timers;
import coscribe.relay.session.Halls;
import coscribe.relay.session.Reception;
import coscribe.relay.session.WireCodec;
import coscribe.relay.transport.TransportListener;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions of a relay that serves: lanes run on whatever thread brings them their events.
final class HallSessions implements Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(HallSessions.class);
    private static final Duration LAST_SNAPSHOTS = Duration.ofSeconds(5);

    private final Halls halls;
    private final Reception reception;
    private final ExecutorService background;

    HallSessions(Parts parts) {
        background = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("snapshots").factory());
        Timers timers = (delay, task) -> later(parts.timer(), delay, task);
        var lanes = new LaneContext(
                // Relays on one store must not share a name: a turn is granted to a name.
                "relay-" + Long.toHexString(parts.random().nextLong()),
                parts.stores().documents(),
                parts.stores().feed(),
                new WireCodec(),
                SequenceLimits.DEFAULT.withDocumentUnits(parts.config().maxChars()),
                Runnable::run,
                background,
                timers,
                parts.clock(),
                parts.random());
        halls = new Halls(
                lanes,
                parts.steady(),
                parts.stores().presence(),
                person -> parts.accounts().account(person).thenApply(found -> found.map(FrontDoor::person)),
                parts.config().durability(),
                parts.config().maxPeople(),
                parts.metrics());
        reception = new Reception(
                parts.relay(),
                halls,
                new FrontDoor(parts.signIn(), parts.invites(), parts.metrics()::signIn),
                parts.stores().documents(),
                timers,
                parts.clock(),
                parts.random(),
                parts.metrics());
    }

    private static Timers.Due later(ScheduledExecutorService timer, Duration delay, Runnable task) {
        try {
            var waiting = timer.schedule(() -> logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> waiting.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=timer_after_the_end", e);
            return Timers.Due.NEVER;
        }
    }

    /// An executor keeps a failure to itself.
    private static void logged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("event=timer_task_failed", e);
        }
    }

    @Override
    public TransportListener listener() {
        return reception;
    }

    @Override
    public int openDocuments() {
        return halls.openDocuments();
    }

    @Override
    public int people() {
        return halls.people();
    }

    @Override
    public void start() {
        halls.start();
    }

    @Override
    public void close() {
        halls.stop();
        background.shutdown();
        try {
            if (!background.awaitTermination(LAST_SNAPSHOTS.toSeconds(), TimeUnit.SECONDS)) {
                LOG.info("event=snapshot_left_out"); // it is an index beside the log; the next one comes
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
