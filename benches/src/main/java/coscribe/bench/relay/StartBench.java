package coscribe.bench.relay;

import coscribe.bench.process.RelayChild;
import coscribe.bench.process.TemporaryFolder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// `./bench start`: how long `java -jar coscribe-relay.jar serve` takes, in a folder that is empty,
/// until /readyz answers 200. Told is the median of five, after one that does not count.
public final class StartBench {
    public static final String USAGE = "start   how long the relay's jar takes until it is ready";

    private static final int STARTS = 5;
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
    /// jar.
    public int run(List<String> arguments) {
        if (!arguments.isEmpty()) {
            progress.println("start takes no arguments.");
            return 2;
        }
        if (!Files.isRegularFile(home.resolve("relay-server/target/coscribe-relay.jar"))) {
            progress.println("There is no relay-server/target/coscribe-relay.jar: build it with mvn package.");
            return 2;
        }
        try (var temporary = TemporaryFolder.of("start")) {
            Path folder = temporary.path();
            var millis = new double[STARTS];
            var _ = start(folder, "unmeasured");
            for (int i = 0; i < STARTS; i++) {
                millis[i] = start(folder, "start-" + (i + 1));
                progress.printf(Locale.ROOT, "start %d of %d: %.0f ms%n", i + 1, STARTS, millis[i]);
            }
            Arrays.sort(millis);
            double median = millis[STARTS / 2];
            out.println("| java -jar coscribe-relay.jar serve, empty folder | median of " + STARTS
                    + " | fastest | slowest | must | |");
            out.println("| --- | --- | --- | --- | --- | --- |");
            out.printf(
                    Locale.ROOT,
                    "| until /readyz answers 200 | %.0f ms | %.0f ms | %.0f ms | < 2 s | %s |%n",
                    median,
                    millis[0],
                    millis[STARTS - 1],
                    median < MOST_MILLIS ? "met" : "**missed**");
            return median < MOST_MILLIS ? 0 : 1;
        }
    }

    private double start(Path folder, String name) {
        long before = System.nanoTime();
        try (var _ = RelayChild.start(name, home, folder, new RelayChild.Store.Embedded(), List.of())) {
            return (System.nanoTime() - before) / 1e6;
        }
    }
}
