package coscribe.bench.relay;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.bench.process.Java;
import coscribe.bench.process.RelayCache;
import coscribe.bench.process.RelayChild;
import coscribe.bench.process.TemporaryFolder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// `./bench start`: how long `java -jar coscribe-relay.jar serve` takes, in a folder that is empty,
/// until /readyz answers 200, and with the AOT cache that the packages bring. Told are the medians of five,
/// by turns, after one of each that does not count.
public final class StartBench {
    public static final String USAGE = "start   how long the relay's jar takes until it is ready";

    private static final int STARTS = 5;
    private static final List<String> BARE = List.of(Java.UNREHEARSED);
    private static final double MOST_MILLIS = 2_000;

    private final PrintStream out;
    private final PrintStream progress;
    private final Path home;

    public StartBench(PrintStream out, PrintStream progress, Path home) {
        this.out = out;
        this.progress = progress;
        this.home = home;
    }

    /// Answers the exit code: 0 where the median is within two seconds, else 1; 2 where there is no
    /// jar or no cache.
    public int run(List<String> arguments) {
        if (!arguments.isEmpty()) {
            progress.println("start takes no arguments.");
            return 2;
        }
        if (!Files.isRegularFile(home.resolve("relay-server/target/coscribe-relay.jar"))) {
            progress.println("There is no relay-server/target/coscribe-relay.jar: build it with mvn package.");
            return 2;
        }
        if (!RelayCache.make(home)) {
            progress.println("The relay's start was rehearsed, but left no AOT cache beside its jar.");
            return 2;
        }
        try (var temporary = TemporaryFolder.of("start")) {
            Path folder = temporary.path();
            var bare = new double[STARTS];
            var cached = new double[STARTS];
            var _ = start(folder, "unmeasured", BARE);
            var _ = start(folder, "unmeasured-cached", List.of());
            for (int i = 0; i < STARTS; i++) {
                bare[i] = start(folder, "start-" + (i + 1), BARE);
                cached[i] = start(folder, "cached-" + (i + 1), List.of());
                progress.printf(Locale.ROOT, "start %d of %d: %.0f ms, %.0f ms%n", i + 1, STARTS, bare[i], cached[i]);
            }
            out.println("| java -jar coscribe-relay.jar serve, empty folder, until /readyz answers 200 | median of "
                    + STARTS + " | fastest | slowest | must | |");
            out.println("| --- | --- | --- | --- | --- | --- |");
            double median = row("as it is", bare);
            row("with an AOT cache, as the packages have it", cached);
            return median < MOST_MILLIS ? 0 : 1;
        }
    }

    /// Answers the median.
    @CanIgnoreReturnValue
    private double row(String how, double[] millis) {
        Arrays.sort(millis);
        double median = millis[STARTS / 2];
        out.printf(
                Locale.ROOT,
                "| %s | %.0f ms | %.0f ms | %.0f ms | < 2 s | %s |%n",
                how,
                median,
                millis[0],
                millis[STARTS - 1],
                median < MOST_MILLIS ? "met" : "**missed**");
        return median;
    }

    private double start(Path folder, String name, List<String> options) {
        long before = System.nanoTime();
        try (var _ = RelayChild.start(name, home, folder, new RelayChild.Store.Embedded(), options)) {
            return (System.nanoTime() - before) / 1e6;
        }
    }
}
