package coscribe.bench.faults;

import coscribe.bench.process.TemporaryFolder;
import coscribe.bench.session.Options;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// `./bench faults`: each scene for some minutes, a row each.
public final class FaultsCommand {
    public static final String USAGE =
            "faults [--minutes N] [--faults N] [--scene NAME] [--people N] [--seed N]   whether what was saved stays, whatever fails";

    private static final int A_DOCUMENT = 5;
    private static final Duration FROZEN = Duration.ofSeconds(30);
    private static final Duration DOWN_AFTER = Duration.ofSeconds(5);
    private static final double PER_SECOND = 1;

    private final PrintStream out;
    private final PrintStream progress;
    private final Path home;

    public FaultsCommand(PrintStream out, PrintStream progress, Path home) {
        this.out = out;
        this.progress = progress;
        this.home = home;
    }

    /// Answers the exit code: 0 only where nothing was lost, nothing was there twice, and all texts
    /// were equal.
    public int run(List<String> arguments) {
        var options = Options.parse(arguments, List.of("--minutes", "--faults", "--scene", "--people", "--seed"));
        if (options.wrong().isPresent()) {
            progress.println(options.wrong().get());
            return 2;
        }
        String wanted = options.word("--scene", "");
        if (!wanted.isEmpty() && !Scene.words().contains(wanted)) {
            progress.println("There is no scene '" + wanted + "'; there are " + String.join(", ", Scene.words()) + ".");
            return 2;
        }
        out.println(
                "| what fails | people | faults | lines typed | commits | lost | twice | saved after p50 / p99 / most ms"
                        + " | nothing saved for p50 / p99 / most ms | connections lost | back after p50 / p99 / most ms |");
        out.println("|" + " --- |".repeat(11));
        boolean good = true;
        for (Scene scene : Scene.values()) {
            if (wanted.isEmpty() || scene.word().equals(wanted)) {
                good &= run(scene, options);
            }
        }
        return good ? 0 : 1;
    }

    private boolean run(Scene scene, Options options) {
        progress.println(scene.word() + " ...");
        try (var folder = TemporaryFolder.of("faults")) {
            var result = new FaultRun(
                            scene,
                            home,
                            folder.path(),
                            (int) options.number("--people", scene.people),
                            A_DOCUMENT,
                            PER_SECOND,
                            Duration.ofMillis((long) (options.number("--minutes", 1) * 60_000)),
                            (int) options.number("--faults", 1),
                            new FaultRun.Waits(scene.every, FROZEN, DOWN_AFTER),
                            (long) options.number("--seed", 1))
                    .run();
            out.println(row(result));
            return true;
        } catch (IllegalStateException e) {
            out.println("| " + scene.word() + " | **failed**: " + e.getMessage() + " |" + " |".repeat(9));
            return false;
        }
    }

    private static String row(FaultRun.Result result) {
        var outcome = result.outcome();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %,d | %,d | %s | 0 | %s | %s | %,d | %s |",
                result.scene().word(),
                result.people(),
                result.faults(),
                outcome.typed(),
                outcome.commits(),
                text(outcome.lost()),
                text(outcome.saved()),
                text(result.silence()),
                outcome.losses(),
                text(outcome.away()));
    }

    private static String text(Crowd.Lost lost) {
        return lost.lines() == 0
                ? "0"
                : String.format(
                        Locale.ROOT,
                        "%,d, saved within %,d ms; %,d copies kept",
                        lost.lines(),
                        lost.longest().toMillis(),
                        lost.copies().size());
    }

    private static String text(Crowd.Three three) {
        return String.format(Locale.ROOT, "%,.1f / %,.0f / %,.0f", three.p50(), three.p99(), three.most());
    }
}
