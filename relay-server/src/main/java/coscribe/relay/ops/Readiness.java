package coscribe.relay.ops;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a load balancer should send people here: the store answers, and the relay is not
/// leaving. Any thread.
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final String STARTING = "starting";
    private static final String DRAINING = "draining: this relay is about to stop";

    private final Supplier<Optional<String>> refusal;
    private volatile Optional<String> storeAway = Optional.of(STARTING);
    private volatile boolean draining;

    /// @param refusal  why edits are refused; asked each time
    public Readiness(Supplier<Optional<String>> refusal) {
        this.refusal = refusal;
    }

    /// The store has answered at the start.
    public void answered() {
        heard(null);
    }

    /// Asks the store, and remembers what it said until the next time. Call it every few seconds.
    public void ask(Supplier<CompletionStage<Void>> ping) {
        try {
            var _ = ping.get().whenComplete((_, failure) -> heard(failure));
        } catch (RuntimeException e) {
            heard(e);
        }
    }

    private void heard(@org.jspecify.annotations.Nullable Throwable failure) {
        var before = storeAway;
        storeAway = failure == null ? Optional.empty() : Optional.of("the store does not answer");
        if (failure != null && before.isEmpty()) {
            LOG.warn("event=store_away reason=\"{}\"", failure.getMessage());
        } else if (failure == null && before.isPresent() && !before.get().equals(STARTING)) {
            LOG.info("event=store_back");
        }
    }

    /// Why no edit is taken, for an administrator; empty: they are. People may come all the same: they
    /// can read, and no other relay on this store would take their edits.
    public Optional<String> writesRefused() {
        return refusal.get();
    }

    public void drain() {
        draining = true;
    }

    /// Why nobody should be sent here; empty if everybody may.
    public Optional<String> unready() {
        return draining ? Optional.of(DRAINING) : storeAway;
    }
}
