package coscribe.bench.core;

import coscribe.bench.trace.Endings;
import coscribe.bench.trace.Flat;
import coscribe.bench.trace.Grid;
import coscribe.bench.trace.Recording;
import coscribe.bench.trace.RecordingReader;
import coscribe.bench.trace.RecordingsFolder;
import coscribe.ot.wire.Wire;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `./bench core [TRACE.json.gz ...]`: the core's figures as one Markdown table. Everything runs in
/// this one process, warmed; what is compared is timed by turns and the median is told.
public final class CoreBench {
    public static final String USAGE = "core [TRACE.json.gz ...]   the core's speed and memory, for recorded sessions";

    private final PrintStream out;
    private final PrintStream progress;
    private final Path home;

    public CoreBench(PrintStream out, PrintStream progress, Path home) {
        this.out = out;
        this.progress = progress;
        this.home = home;
    }

    /// Answers the exit code: 0 where every goal was met, 1 where one was missed, 2 where there is
    /// nothing to measure with.
    public int run(List<String> arguments) {
        List<Path> files = arguments.isEmpty()
                ? RecordingsFolder.find(home).map(RecordingsFolder::all).orElse(List.of())
                : arguments.stream().map(Path::of).toList();
        if (files.isEmpty()) {
            progress.println("No recorded sessions: name them, or set COSCRIBE_TRACES to the folder that holds them.");
            return 2;
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                progress.println("There is no file " + file + ".");
                return 2;
            }
        }
        var recordings = new ArrayList<Recording>();
        for (Path file : files) {
            progress.println("reading " + file.getFileName());
            recordings.add(RecordingReader.read(file));
        }
        var report = measure(recordings);
        out.println(machine());
        out.println();
        out.print(report.markdown());
        return report.allMet() ? 0 : 1;
    }

    private Report measure(List<Recording> recordings) {
        var report = new Report();
        var flat = recordings.stream().map(Flat::of).toList();
        for (Recording recording : recordings) {
            progress.println("replaying " + recording.name());
            Replay.report(recording, report, new Timing(4_000, 15));
            if (recording.isConcurrent()) {
                progress.println("holding the conversation of " + recording.name());
                conversation(recording, report);
            }
        }
        progress.println("replaying a long stand-in");
        Replay.reportLong(flat, report, new Timing(8_000, 7));
        progress.println("transforming and composing");
        var typing = new Typing(flat);
        Pairs.report(typing, report, new Timing(1_500, 31));
        progress.println("merging offline branches");
        var start = Replay.replay(flat.getFirst()).text();
        Branches.report(typing, start, report, new Timing(4_000, 15));
        progress.println("trying the worst pairs");
        WorstPairs.report(report, new Timing(8_000, 5));
        progress.println("weighing documents");
        flat.forEach(recording -> Held.report(recording, report));
        Held.reportLarge(flat, report);
        return report;
    }

    private static void conversation(Recording recording, Report report) {
        var grid = Grid.of(recording, Stamps::of);
        var outcome = Conversation.hold(recording, grid, Wire::encode);
        String verdict = Endings.judge(recording, outcome.texts());
        var times = new Timing(4_000, 11).of(List.of(() -> Conversation.hold(recording, grid, Wire::encode)));
        int n = recording.txns().size();
        report.figure(
                "5",
                String.format(
                        Locale.ROOT,
                        "%s through two client sessions and the relay's sequencer, %,d transactions, %,d commits; %s",
                        recording.name(),
                        n,
                        outcome.commits(),
                        verdict),
                Report.nanos(times.getFirst().median()) + " ("
                        + Report.nanos(times.getFirst().median() / n) + " each)",
                "",
                "");
    }

    /// A line that says what it ran on.
    static String machine() {
        return String.format(
                Locale.ROOT,
                "%d processors (%s), JDK %s, %s, heap up to %,d MiB. One process, warmed; times are the measuring thread's"
                        + " processor time, medians, what is compared taken by turns.",
                Runtime.getRuntime().availableProcessors(),
                processor(),
                Runtime.version(),
                System.getProperty("os.name"),
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
