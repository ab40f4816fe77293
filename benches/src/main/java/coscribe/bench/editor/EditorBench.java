package coscribe.bench.editor;

import coscribe.bench.process.Child;
import coscribe.bench.process.Java;
import coscribe.bench.process.Patience;
import coscribe.bench.process.RelayChild;
import coscribe.bench.trace.RecordingsFolder;
import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `./bench editor`: a relay, a crowd and an editor, each a process of its own, and what the
/// editor's process measured.
public final class EditorBench {
    public static final String USAGE =
            "editor [crowd|idle|hour]            the real widget: 20 people in 200 pages, idle, an hour's typing";

    private static final List<String> APP = List.of("-XX:+UseG1GC", "-Xmx1g", "--enable-native-access=ALL-UNNAMED");
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xmx512m");
    private static final int SECONDS = 30;
    private static final int PEOPLE = 20;
    private static final int IN_VIEW = 10;

    private final PrintStream out;
    private final PrintStream err;
    private final Path home;

    public EditorBench(PrintStream out, PrintStream err, Path home) {
        this.out = out;
        this.err = err;
        this.home = home;
    }

    public int run(List<String> args) {
        var wanted = args.isEmpty() ? List.of("crowd", "idle", "hour") : args;
        out.println("| | what | times | p50 (ms) | p99 (ms) | most (ms) |");
        out.println("| --- | --- | --- | --- | --- | --- |");
        for (String what : wanted) {
            switch (what) {
                case "crowd" -> measure(what, true, 3, List.of(Integer.toString(SECONDS)));
                case "idle" -> measure(what, true, 0, List.of(Integer.toString(SECONDS)));
                case "hour" -> hour();
                default -> {
                    err.println("usage: ./bench " + USAGE);
                    return 2;
                }
            }
        }
        return 0;
    }

    private void hour() {
        var folder = RecordingsFolder.find(home);
        if (folder.isEmpty()) {
            err.println("An hour's typing is left out: the recorded sessions are not there."
                    + " Set COSCRIBE_TRACES to the folder that holds them.");
            return;
        }
        var files = Stream.of("friendsforever_flat", "sveltecomponent", "json-crdt-patch")
                .map(name -> folder.get().resolve(name + ".json.gz").toString())
                .toList();
        measure("hour", false, 0, files);
    }

    private void measure(String what, boolean crowd, double perSecond, List<String> rest) {
        Path folder = temporary();
        try (var relay = RelayChild.start("relay", home, folder, new RelayChild.Store.Embedded(), SMALL)) {
            String link = relay.ownerLink().orElseThrow();
            try (var owner = CoscribeClient.join(InviteLink.parse(link), "Ada", folder.resolve("owner"))) {
                var id = owner.createDocument("Measured").join();
                if (crowd) {
                    write(owner, id);
                }
                String code =
                        owner.invite(id, Role.EDITOR, Duration.ofHours(2), 100).join();
                if (crowd) {
                    try (var people = crowd(folder, relay, code, id, perSecond)) {
                        editor(what, folder, relay, code, id, rest);
                        people.closeInput();
                    }
                } else {
                    editor(what, folder, relay, code, id, rest);
                }
            }
        }
    }

    private static void write(CoscribeClient owner, DocumentId id) {
        var document = owner.open(id);
        document.opened().join();
        document.run(it -> it.edit(LongDocument.change())).join();
        document.saved().join();
        document.close();
    }

    private Child crowd(Path folder, RelayChild relay, String code, DocumentId id, double perSecond) {
        var arguments = List.of(
                folder.resolve("crowd").toString(),
                Integer.toString(relay.port()),
                code,
                id.hex(),
                Integer.toString(PEOPLE),
                Integer.toString(IN_VIEW),
                Double.toString(perSecond));
        var child = Child.start("crowd", Java.program(SMALL, CrowdMain.class.getName(), arguments), Map.of(), folder);
        boolean here = Patience.until(Duration.ofSeconds(60), () -> child.said().contains("here") || !child.isAlive());
        if (!here || !child.isAlive()) {
            throw new IllegalStateException("the crowd did not come in:\n" + child.complaints());
        }
        return child;
    }

    private void editor(String what, Path folder, RelayChild relay, String code, DocumentId id, List<String> rest) {
        var arguments = new ArrayList<>(
                List.of(what, folder.resolve("editor").toString(), Integer.toString(relay.port()), code, id.hex()));
        arguments.addAll(rest);
        try (var child =
                Child.start("editor", Java.program(APP, EditorMain.class.getName(), arguments), Map.of(), folder)) {
            int exit = child.exitCode(Duration.ofMinutes(20));
            out.print(child.said());
            if (exit != 0) {
                throw new IllegalStateException("the editor ended with " + exit + ":\n" + child.complaints());
            }
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("coscribe-editor-bench");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for temporary files", e);
        }
    }
}
