package coscribe.relay;

import coscribe.relay.Finding.Level;
import coscribe.relay.sequencing.Timers;
import coscribe.relay.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again whether the store is set up to keep what it is given, and has writes refused
/// while it is not: every 30 s, and every 2 s until it is mended. A store that does not answer is
/// left alone; it refuses by itself.
final class StoreWatch {
    static final Duration EVERY = Duration.ofSeconds(30);
    static final Duration WHILE_REFUSING = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);

    private final Supplier<List<Finding>> look;
    private final Consumer<Optional<String>> refuse;
    private final Timers timers;
    private volatile Optional<String> refused = Optional.empty();
    private volatile Timers.Due next = Timers.Due.NEVER;
    private volatile boolean stopped;

    /// @param look    blocks; fails with {@link StoreUnavailableException} where nobody answers
    /// @param refuse  is told why writes are refused from now on; empty: they are not
    /// @param timers  on threads that may block
    StoreWatch(Supplier<List<Finding>> look, Consumer<Optional<String>> refuse, Timers timers) {
        this.look = look;
        this.refuse = refuse;
        this.timers = timers;
    }

    /// Looks now, and from then on by itself. Blocks for the first look.
    void start() {
        judge();
    }

    void stop() {
        stopped = true;
        next.cancel();
    }

    private void judge() {
        try {
            heard(look.get().stream()
                    .filter(finding -> finding.level() == Level.FAIL)
                    .map(Finding::sentence)
                    .findFirst());
        } catch (StoreUnavailableException e) {
            LOG.debug("event=store_settings_unseen reason=\"{}\"", e.getMessage());
        } catch (RuntimeException e) { // a bug; the next look must come all the same
            LOG.error("event=store_settings_unseen", e);
        }
        if (!stopped) {
            next = timers.after(refused.isPresent() ? WHILE_REFUSING : EVERY, this::judge);
        }
    }

    private void heard(Optional<String> reason) {
        if (reason.equals(refused)) {
            return;
        }
        refused = reason;
        refuse.accept(reason);
        if (reason.isPresent()) {
            LOG.warn("event=writes_refused reason=\"{}\"", reason.get());
        } else {
            LOG.info("event=writes_taken_again");
        }
    }
}
