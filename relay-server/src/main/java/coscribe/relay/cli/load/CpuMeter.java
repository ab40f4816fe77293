package coscribe.relay.cli.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/// How much processor time programs of this computer took, where the system tells (`/proc`).
final class CpuMeter {
    private static final double MILLIS_PER_TICK = 10; // USER_HZ is 100 on every Linux
    private static final int UTIME = 11; // fields behind the name's bracket
    private static final int STIME = 12;

    private final List<Long> pids;
    private OptionalDouble before = OptionalDouble.empty();

    CpuMeter(List<Long> pids) {
        this.pids = pids;
    }

    void start() {
        before = now();
    }

    /// Since {@link #start}, of all together; empty where nobody knows.
    OptionalDouble millis() {
        var after = now();
        return before.isPresent() && after.isPresent()
                ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
    }

    private OptionalDouble now() {
        double millis = 0;
        for (long pid : pids) {
            var one = of(pid);
            if (one.isEmpty()) {
                return one;
            }
            millis += one.getAsDouble();
        }
        return pids.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(millis);
    }

    private static OptionalDouble of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return OptionalDouble.of((Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * MILLIS_PER_TICK);
        } catch (IOException | RuntimeException e) {
            return OptionalDouble.empty();
        }
    }
}
