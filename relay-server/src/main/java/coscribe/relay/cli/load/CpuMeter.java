package coscribe.relay.cli.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How much processor time a program of this computer took, where the system tells (`/proc`).
final class CpuMeter {
    private static final double MILLIS_PER_TICK = 10; // USER_HZ is 100 on every Linux
    private static final int UTIME = 11; // fields behind the name's bracket
    private static final int STIME = 12;

    private final OptionalLong pid;
    private OptionalDouble before = OptionalDouble.empty();

    CpuMeter(OptionalLong pid) {
        this.pid = pid;
    }

    void start() {
        before = now();
    }

    /// Since {@link #start}; empty where nobody knows.
    OptionalDouble millis() {
        var after = now();
        return before.isPresent() && after.isPresent()
                ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
    }

    private OptionalDouble now() {
        if (pid.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            String stat = Files.readString(
                    Path.of("/proc", Long.toString(pid.getAsLong()), "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return OptionalDouble.of((Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * MILLIS_PER_TICK);
        } catch (IOException | RuntimeException e) {
            return OptionalDouble.empty();
        }
    }
}
