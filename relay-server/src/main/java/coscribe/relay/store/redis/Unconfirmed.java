package coscribe.relay.store.redis;

import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Since when something is told as saved that replicas have not confirmed, by this relay's own clock.
/// Nothing is told once that is longer than the bound, and nothing is begun a margin before. Any
/// thread.
final class Unconfirmed {
    /// Of the bound: what is under way when it is used up still comes in time.
    private static final int MARGIN = 4;

    private final Duration bound;
    private final LongSupplier nanoTime;
    /// The oldest of what was told before the question under way was asked.
    private OptionalLong asked = OptionalLong.empty();
    /// The oldest of what was told since.
    private OptionalLong told = OptionalLong.empty();
    /// Why the last question was not answered with yes.
    private Optional<String> lastDoubt = Optional.empty();

    Unconfirmed(Duration bound, LongSupplier nanoTime) {
        this.bound = bound;
        this.nanoTime = nanoTime;
    }

    /// Notes that something is told as saved now.
    ///
    /// @throws StoreUnsafeException  where it must not be
    synchronized void tell() {
        if (isOlderThan(bound)) {
            throw new StoreUnsafeException(sentence());
        }
        if (told.isEmpty()) {
            told = OptionalLong.of(nanoTime.getAsLong());
        }
    }

    /// Why nothing new is begun now, for an administrator.
    synchronized Optional<String> doubt() {
        return isOlderThan(bound.minus(bound.dividedBy(MARGIN))) ? Optional.of(sentence()) : Optional.empty();
    }

    private boolean isOlderThan(Duration age) {
        var oldest = oldest();
        return oldest.isPresent() && nanoTime.getAsLong() - oldest.getAsLong() > age.toNanos();
    }

    private OptionalLong oldest() {
        return asked.isPresent() ? asked : told;
    }

    private String sentence() {
        return "Replicas did not confirm in time what was saved, and a failover must lose no more than "
                + bound.toSeconds() + " seconds of it. Edits are taken again when all of them confirm: see that each"
                + " replica runs and keeps up."
                + lastDoubt.map(doubt -> " Last heard: " + doubt + ".").orElse("");
    }

    /// Whether there is something to ask for.
    synchronized boolean isSomething() {
        return told.isPresent() || asked.isPresent();
    }

    /// The replicas are asked whether they have everything that was told before now.
    synchronized void asking() {
        asked = oldest();
        told = OptionalLong.empty();
    }

    /// @param doubt  why it is not known that they have; empty: they have
    synchronized void answered(Optional<String> doubt) {
        if (doubt.isPresent()) {
            told = oldest();
        }
        asked = OptionalLong.empty();
        lastDoubt = doubt;
    }
}
