package coscribe.desktop;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when relays are to be looked for at once: this computer has other addresses than
/// before, or it was asleep; and when it is in no network at all. Java is told of neither by the system, so the
/// addresses are looked at
/// again and again, and a look that comes late by the clock on the wall was slept through: the
/// timer's own clock stands still meanwhile. On the timer's thread.
final class NetworkWatch {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkWatch.class);

    static final Duration EVERY = Duration.ofSeconds(3);
    static final Duration LATE = Duration.ofSeconds(10); // a busy computer is not asleep

    private final InstantSource clock;
    private final Supplier<Set<InetAddress>> network;
    private final Consumer<Boolean> present;
    private final Runnable changed;
    private Set<InetAddress> before = Set.of();
    private Instant last = Instant.MAX;

    /// @param network  the addresses that this computer has now
    /// @param present  hears whether there is a network, at the beginning and whenever that changes
    /// @param changed  runs once for each change, but where a network only went
    NetworkWatch(InstantSource clock, Supplier<Set<InetAddress>> network, Consumer<Boolean> present, Runnable changed) {
        this.clock = clock;
        this.network = network;
        this.present = present;
        this.changed = changed;
    }

    /// Looks from now on, until the timer is shut down.
    ///
    /// @param timer  its next tasks wait for a look, some milliseconds
    void start(ScheduledExecutorService timer) {
        timer.execute(() -> {
            before = network.get();
            last = clock.instant();
            present.accept(!before.isEmpty());
            lookLater(timer);
        });
    }

    private void lookLater(ScheduledExecutorService timer) {
        try {
            var _ = timer.schedule(
                    () -> {
                        look();
                        lookLater(timer);
                    },
                    EVERY.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=network_watched_no_more"); // the program ends
        }
    }

    private void look() {
        var now = clock.instant();
        var addresses = network.get();
        boolean slept = now.isAfter(last.plus(EVERY).plus(LATE));
        boolean moved = !addresses.isEmpty() && !addresses.equals(before);
        boolean cameOrWent = addresses.isEmpty() != before.isEmpty();
        last = now;
        before = addresses;
        if (cameOrWent) {
            present.accept(!addresses.isEmpty());
        }
        if (slept || moved) {
            changed.run();
        }
    }
}
