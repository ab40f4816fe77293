package coscribe.bench.windows;

import coscribe.bench.process.Java;
import coscribe.bench.process.RelayChild;
import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// `./bench caret`: from the start of the process to a caret that somebody can type at, on a virtual
/// screen, from the built jars, with and without an AOT cache (JEP 514), by turns.
public final class CaretBench {
    public static final String USAGE =
            "caret [RUNS]                        from the editor's start to its caret, with and without an AOT cache";

    private static final int RUNS = 5;
    private static final int ENDS_WITHIN_SECONDS = 120;
    private static final String PARAGRAPH =
            "The beds are dug and the soil is ready; what is sown now is picked in June, if the nights stay mild. ";

    private final PrintStream out;
    private final PrintStream err;
    private final Path home;

    public CaretBench(PrintStream out, PrintStream err, Path home) {
        this.out = out;
        this.err = err;
        this.home = home;
    }

    public int run(List<String> args) {
        int runs = args.isEmpty() ? RUNS : Integer.parseInt(args.getFirst());
        Path folder = temporary();
        try (var relay = RelayChild.start("relay", home, folder, new RelayChild.Store.Embedded(), List.of());
                var screen = VirtualScreen.start(1280, 840, folder)) {
            String link = document(relay, folder);
            out.println("| start to caret (ms) | without a cache: median (all) | with an AOT cache: median (all) |");
            out.println("| --- | --- | --- |");
            measure("a document of ten pages, by its link", List.of(link), folder, screen, runs);
            measure("the way in", List.of(), folder, screen, runs);
            return 0;
        } catch (IllegalStateException e) {
            err.println("FAILED: " + e.getMessage());
            return 1;
        }
    }

    private String document(RelayChild relay, Path folder) {
        var link = InviteLink.parse(relay.ownerLink().orElseThrow());
        try (var owner = CoscribeClient.join(link, "Mara", profile(folder, List.of("")))) {
            var id = owner.createDocument("Plan for spring").join();
            var document = owner.open(id);
            document.opened().join();
            document.run(it -> {
                        for (int i = 0; i < 60; i++) {
                            it.append(PARAGRAPH.repeat(5) + "\n");
                        }
                    })
                    .join();
            document.saved().join();
            return DocumentLink.to(owner.address(), id).written();
        }
    }

    private static Path profile(Path folder, List<String> link) {
        return folder.resolve(link.isEmpty() ? "new" : "mara");
    }

    private void measure(String what, List<String> link, Path folder, VirtualScreen screen, int runs) {
        Path cache = folder.resolve(link.isEmpty() ? "new.aot" : "document.aot");
        var _ = once(List.of("-XX:AOTCacheOutput=" + cache), link, folder, screen); // trains
        if (!Files.exists(cache)) {
            throw new IllegalStateException("no AOT cache was made; what was said is in " + folder);
        }
        var without = new ArrayList<Long>();
        var with = new ArrayList<Long>();
        for (int i = 0; i < runs; i++) {
            without.add(once(List.of(), link, folder, screen));
            with.add(once(List.of("-XX:AOTCache=" + cache), link, folder, screen));
        }
        out.printf(Locale.ROOT, "| %s | %s | %s |%n", what, told(without), told(with));
    }

    private static String told(List<Long> times) {
        var sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() / 2) + " " + times;
    }

    /// In milliseconds.
    private long once(List<String> options, List<String> link, Path folder, VirtualScreen screen) {
        Path note = folder.resolve("started");
        var all = new ArrayList<>(options);
        all.addAll(List.of("-Dcoscribe.started=" + note, "-Dcoscribe.started.quit=true"));
        var arguments =
                new ArrayList<>(List.of("--profile", profile(folder, link).toString()));
        arguments.addAll(link);
        try {
            Files.deleteIfExists(note);
            var builder = new ProcessBuilder(Java.editor(home, all, arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said").toFile());
            builder.environment().put("DISPLAY", screen.display());
            long begun = System.currentTimeMillis();
            var editor = builder.start();
            if (!editor.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS) || !Files.exists(note)) {
                editor.destroyForcibly();
                throw new IllegalStateException(
                        "the editor did not show a caret:\n" + Files.readString(folder.resolve("said")));
            }
            return Long.parseLong(Files.readString(note)) - begun;
        } catch (IOException e) {
            throw new UncheckedIOException("the editor cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("coscribe-start-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
