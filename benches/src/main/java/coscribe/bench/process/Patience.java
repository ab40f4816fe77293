package coscribe.bench.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for what other programs do, which nobody tells us of.
public final class Patience {
    private Patience() {}

    /// Whether it came true in time; looked at every few milliseconds.
    public static boolean until(Duration most, BooleanSupplier what) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!what.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
