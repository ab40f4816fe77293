package coscribe.bench.editor;

import coscribe.bench.process.Java;
import coscribe.bench.process.RelayChild;
import coscribe.bench.process.TemporaryFolder;
import coscribe.bench.process.VirtualScreen;
import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// `./bench editor caret`: from the start of the process to a caret that somebody can type at, on a
/// virtual screen, from the built jars, with and without what `./run` rehearsed (an AOT cache, JEP
/// 514), by turns; and, where there is one, from an unpacked package with its own runtime and cache.
final class CaretBench {
    private static final int RUNS = 5;
    private static final int ENDS_WITHIN_SECONDS = 120;
    private static final String PARAGRAPH =
            "The beds are dug and the soil is ready; what is sown now is picked in June, if the nights stay mild. ";

    private final PrintStream out;
    private final Path home;
    private final Optional<Path> unpacked;

    /// @param unpacked  the folder that a portable archive became
    CaretBench(PrintStream out, Path home, Optional<Path> unpacked) {
        this.out = out;
        this.home = home;
        this.unpacked = unpacked;
    }

    /// Prints rows of a table. Throws {@link IllegalStateException} with a sentence where there is no
    /// cache, or no caret came.
    void measure() {
        if (!Java.isRehearsed(home)) {
            throw new IllegalStateException("there is no AOT cache: ./bench and ./run make it after a build");
        }
        try (var folder = TemporaryFolder.of("caret");
                var relay = RelayChild.start("relay", home, folder.path(), new RelayChild.Store.Embedded(), List.of());
                var screen = VirtualScreen.start(1280, 840, folder.path())) {
            String link = document(relay, folder.path());
            measure("a document of ten pages, by its link", List.of(link), folder.path(), screen);
            measure("the way in", List.of(), folder.path(), screen);
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

    private void measure(String what, List<String> link, Path folder, VirtualScreen screen) {
        var ways = new LinkedHashMap<String, Way>();
        ways.put("without", new BuiltJars(List.of(Java.UNREHEARSED)));
        ways.put("with an AOT cache", new BuiltJars(List.of()));
        unpacked.ifPresent(it -> {
            ways.put("packaged, without", new Packaged(it, List.of(Java.UNREHEARSED)));
            ways.put("packaged, with its AOT cache", new Packaged(it, List.of()));
        });
        var times = new LinkedHashMap<String, List<Long>>();
        for (var way : ways.values()) {
            var _ = once(way, link, folder, screen); // the disk's own cache
        }
        for (int i = 0; i < RUNS; i++) {
            ways.forEach((how, way) ->
                    times.computeIfAbsent(how, _ -> new ArrayList<>()).add(once(way, link, folder, screen)));
        }
        times.forEach((how, all) -> row(how, what, all));
    }

    /// How the editor is started.
    private interface Way {
        ProcessBuilder command(List<String> options, List<String> arguments);
    }

    private final class BuiltJars implements Way {
        private final List<String> own;

        BuiltJars(List<String> own) {
            this.own = own;
        }

        @Override
        public ProcessBuilder command(List<String> options, List<String> arguments) {
            var all = new ArrayList<>(own);
            all.addAll(options);
            return new ProcessBuilder(Java.editor(home, all, arguments));
        }
    }

    private record Packaged(Path folder, List<String> own) implements Way {
        @Override
        public ProcessBuilder command(List<String> options, List<String> arguments) {
            var command = new ArrayList<>(List.of(folder.resolve("bin/coscribe").toString()));
            command.addAll(arguments);
            var all = new ArrayList<>(own);
            all.addAll(options);
            var builder = new ProcessBuilder(command);
            builder.environment().put("JAVA_TOOL_OPTIONS", String.join(" ", all));
            return builder;
        }
    }

    private void row(String how, String what, List<Long> times) {
        var sorted = times.stream().sorted().toList();
        out.printf(
                Locale.ROOT,
                "| start to caret, %s | %s; in this order: %s | %d | %d | | %d |%n",
                how,
                what,
                times,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.getLast());
    }

    /// In milliseconds.
    private long once(Way way, List<String> link, Path folder, VirtualScreen screen) {
        Path note = folder.resolve("started");
        var options = List.of("-Dcoscribe.started=" + note, "-Dcoscribe.started.quit=true");
        var arguments =
                new ArrayList<>(List.of("--profile", profile(folder, link).toString()));
        arguments.addAll(link);
        try {
            Files.deleteIfExists(note);
            var builder = way.command(options, arguments)
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
}
