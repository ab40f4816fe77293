package coscribe.bench.editor;

import coscribe.bench.process.Child;
import coscribe.bench.process.Java;
import coscribe.bench.process.Patience;
import coscribe.bench.process.RelayChild;
import coscribe.bench.process.TemporaryFolder;
import coscribe.bench.trace.RecordingsFolder;
import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// `./bench editor`: a relay, a crowd and an editor, each a process of its own, and what the
/// editor's process measured.
public final class EditorBench {
    public static final String USAGE =
            "editor [caret|open|crowd|large|idle|hour]... the editor itself: its start, 200 pages, 20 people, an hour's typing;"
                    + " -JVMOPTION too; --package=FOLDER: the start of an unpacked portable archive beside it";
    private static final String PACKAGE = "--package=";

    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xmx512m");
    private static final String SECONDS = "30";
    private static final String NEAR_THE_TOP = "600"; // units
    private static final String HALF_WAY = "500000";
    private static final String EDITOR = "Mara";
    private static final int PEOPLE = 20;
    private static final int IN_VIEW = 10;
    private static final int AROUND =
            13; // write around the editor's caret: at a paragraph's end one or two are on their way
    private static final String KEYS = "1000";
    private static final int COLD_STARTS = 3;

    private final PrintStream out;
    private final PrintStream err;
    private final Path home;
    private final List<String> editorOptions =
            new ArrayList<>(List.of("-XX:+UseG1GC", "-Xmx1g", "-Dglass.platform=Headless", "-Dprism.order=sw"));

    public EditorBench(PrintStream out, PrintStream err, Path home) {
        this.out = out;
        this.err = err;
        this.home = home;
    }

    public int run(List<String> args) {
        var named = args.stream().filter(arg -> !arg.startsWith("-")).toList();
        editorOptions.addAll(args.stream()
                .filter(arg -> arg.startsWith("-") && !arg.startsWith(PACKAGE))
                .toList());
        var unpacked = args.stream()
                .filter(arg -> arg.startsWith(PACKAGE))
                .findFirst()
                .map(arg -> Path.of(arg.substring(PACKAGE.length())));
        var wanted = named.isEmpty() ? List.of("caret", "open", "crowd", "large", "idle", "hour") : named;
        out.println("| what | | times | p50 (ms) | p99 (ms) | most (ms) |");
        out.println("| --- | --- | --- | --- | --- | --- |");
        for (String what : wanted) {
            switch (what) {
                case "caret" -> new CaretBench(out, home, unpacked).measure();
                case "open" -> {
                    for (int i = 0; i < COLD_STARTS; i++) {
                        measure(what, OptionalDouble.of(0), List.of());
                    }
                }
                case "crowd" -> {
                    for (String place : List.of(NEAR_THE_TOP, HALF_WAY)) {
                        measure(
                                what,
                                OptionalDouble.of(3),
                                List.of(
                                        place,
                                        SECONDS,
                                        KEYS,
                                        Integer.toString(IN_VIEW),
                                        "20 people write around " + place));
                    }
                }
                case "idle" -> measure(what, OptionalDouble.of(0), List.of(SECONDS));
                case "large" -> measure(what, OptionalDouble.empty(), List.of());
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
        measure("hour", OptionalDouble.empty(), files);
    }

    /// @param crowd  how many keys a second each of 20 others strikes in the long document; empty:
    ///               nobody is there
    private void measure(String what, OptionalDouble crowd, List<String> rest) {
        try (var temporary = TemporaryFolder.of("editor-bench")) {
            measure(what, crowd, rest, temporary.path());
        }
    }

    private void measure(String what, OptionalDouble crowd, List<String> rest, Path folder) {
        try (var relay = RelayChild.start("relay", home, folder, new RelayChild.Store.Embedded(), SMALL)) {
            String link = relay.ownerLink().orElseThrow();
            try (var owner = CoscribeClient.join(InviteLink.parse(link), "Ada", folder.resolve("owner"))) {
                var id = owner.createDocument("Measured").join();
                var other = owner.createDocument("Beside it").join();
                write(owner, id);
                String code =
                        owner.invite(id, Role.EDITOR, Duration.ofHours(2), 100).join();
                for (String name : List.of(EDITOR, "Guest")) {
                    join(owner, id, name, folder);
                    join(owner, other, name, folder);
                }
                if (crowd.isPresent()) {
                    try (var people = crowd(folder, relay, code, id, crowd.getAsDouble())) {
                        editor(what, folder, relay, id, other, rest);
                        people.closeInput();
                    }
                } else {
                    editor(what, folder, relay, id, other, rest);
                }
            }
        }
    }

    private static void join(CoscribeClient owner, DocumentId id, String name, Path folder) {
        String code = owner.invite(id, Role.EDITOR, Duration.ofHours(2), 2).join();
        var profile = folder.resolve(name.equals(EDITOR) ? "editor" : "guest");
        CoscribeClient.join(new InviteLink(List.of(owner.address()), code), name, profile)
                .close();
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
                Integer.toString(AROUND),
                Double.toString(perSecond),
                EDITOR);
        var child = Child.start("crowd", Java.program(SMALL, CrowdMain.class.getName(), arguments), Map.of(), folder);
        boolean here = Patience.until(Duration.ofSeconds(60), () -> child.said().contains("here") || !child.isAlive());
        if (!here || !child.isAlive()) {
            throw new IllegalStateException("the crowd did not come in:\n" + child.complaints());
        }
        return child;
    }

    private void editor(
            String what, Path folder, RelayChild relay, DocumentId id, DocumentId other, List<String> rest) {
        var arguments = new ArrayList<>(
                List.of(what, folder.toString(), Integer.toString(relay.port()), id.hex(), other.hex()));
        arguments.addAll(rest);
        try (var child = Child.start(
                "editor", Java.editor(home, editorOptions, EditorMain.class.getName(), arguments), Map.of(), folder)) {
            int exit = child.exitCode(Duration.ofMinutes(20));
            out.print(child.said());
            if (exit != 0) {
                throw new IllegalStateException("the editor ended with " + exit + ":\n" + child.complaints());
            }
        }
    }
}
