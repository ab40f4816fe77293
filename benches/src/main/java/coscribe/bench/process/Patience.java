package coscribe.bench.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for what other programs do, which nobody tells us of.
public final class Patience {
    private Patience() {}

    /// Whether it came true in time; looked at every few milliseconds.
    public static boolean until(Duration most, BooleanSupplier what) {
        return until(most, Duration.ofMillis(5), what);
    }

    /// Whether it came true in time, looked at so often.
    public static boolean until(Duration most, Duration every, BooleanSupplier what) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!what.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(every.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
