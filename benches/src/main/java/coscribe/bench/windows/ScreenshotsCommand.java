package coscribe.bench.windows;

import coscribe.bench.Main;
import coscribe.bench.process.Java;
import coscribe.bench.process.TemporaryFolder;
import coscribe.bench.process.VirtualScreen;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import javafx.application.ColorScheme;

/// `./run --screenshots`: real windows with real clients on a real relay, as pictures. Here one program
/// draws everybody's windows; `./run` itself has one for each person.
public final class ScreenshotsCommand {
    public static final String USAGE =
            "screenshots [NAME...]   ./run --screenshots: every picture in docs/screenshots, or some";

    private static final String HERE = "--here";
    private static final int WIDTH = 1_600;
    private static final int HEIGHT = 1_300;

    private final PrintStream out;
    private final PrintStream err;
    private final Path home;

    public ScreenshotsCommand(PrintStream out, PrintStream err, Path home) {
        this.out = out;
        this.err = err;
        this.home = home;
    }

    /// On a virtual screen, which has room for windows of any size. Answers the exit code.
    public int run(List<String> args) {
        if (args.contains(HERE)) {
            return take(args.stream().filter(each -> !each.equals(HERE)).toList());
        }
        Path folder = TemporaryFolder.fresh(home.resolve(".run").resolve("screen"));
        var arguments = new ArrayList<>(List.of("screenshots", HERE));
        arguments.addAll(args);
        var options = List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dglass.platform=gtk",
                "-Dprism.order=sw",
                "-Djdk.net.hosts.file=" + hosts(folder),
                "-Dcoscribe.home=" + home.toAbsolutePath());
        try (var screen = VirtualScreen.start(WIDTH, HEIGHT, folder)) {
            var builder = new ProcessBuilder(Java.program(options, Main.class.getName(), arguments))
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(folder.resolve("err").toFile());
            builder.environment().put("DISPLAY", screen.display());
            int code = builder.start().waitFor();
            if (code != 0) {
                err.println("Not all pictures could be made; what was said is in " + folder + ".");
            }
            return code;
        } catch (IOException e) {
            throw new UncheckedIOException("the pictures' process cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /// Names as a club may have them: addresses of this computer would be in every picture.
    private static Path hosts(Path folder) {
        try {
            return Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n127.0.0.1 " + Troupe.SERVER + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("no names for the pictures' relays", e);
        }
    }

    private int take(List<String> args) {
        Path folder = TemporaryFolder.fresh(home.resolve(".run").resolve("screenshots"));
        Path pictures = home.resolve("docs").resolve("screenshots");
        var scenes = new TreeMap<String, Consumer<Scenes>>();
        scenes.put("welcome", scene -> new Entrances(scene.troupe(), scene).welcome());
        scenes.put("invited", scene -> new Entrances(scene.troupe(), scene).invited());
        scenes.put("documents", scene -> new Entrances(scene.troupe(), scene).documents());
        scenes.put("check-1-two-windows", Scenes::twoWindows);
        scenes.put("check-3-offline", Scenes::offline);
        scenes.put("check-4-pasted-above", Scenes::pastedAbove);
        scenes.put("check-5-undo-is-mine", Scenes::undoIsMine);
        scenes.put("check-6-everybody", Scenes::everybody);
        scenes.put("check-7-seven-on-a-line", Scenes::sevenOnALine);
        scenes.put("check-10-follow", Scenes::follow);
        scenes.put("blocks", scene -> {
            new Blocks(scene.troupe(), scene).kinds();
            scene.troupe().dress(ColorScheme.LIGHT);
            new Blocks(scene.troupe(), scene).lists();
        });
        scenes.put("toolbar-collapsed", scene -> new Cards(scene.troupe(), scene).toolbarCollapsed());
        scenes.put("people-25", Scenes::people);
        scenes.put("readme-together", scene -> new FirstPage(scene.troupe(), scene).together());
        scenes.put("readme-offline", scene -> new FirstPage(scene.troupe(), scene).offline());
        scenes.put("readme-authors", scene -> new FirstPage(scene.troupe(), scene).authors());
        scenes.put("share", scene -> new Cards(scene.troupe(), scene).share());
        scenes.put("author-colours", scene -> new Cards(scene.troupe(), scene).authors());
        scenes.put("person-card", scene -> new Cards(scene.troupe(), scene).person());
        scenes.put("find", scene -> new Cards(scene.troupe(), scene).find());
        scenes.put("help", scene -> new Cards(scene.troupe(), scene).help());
        scenes.put("shortcuts", scene -> new Cards(scene.troupe(), scene).shortcuts());
        boolean good = true;
        try (var troupe = new Troupe(home, folder)) {
            Files.createDirectories(pictures);
            for (var scene : scenes.entrySet()) {
                if (args.isEmpty() || args.stream().anyMatch(scene.getKey()::startsWith)) {
                    try {
                        troupe.dress(ColorScheme.LIGHT);
                        scene.getValue().accept(new Scenes(troupe, folder, pictures, scene.getKey()));
                        out.println("docs/screenshots/" + scene.getKey());
                    } catch (IllegalStateException e) {
                        good = false;
                        err.println("FAILED: " + scene.getKey() + ": " + e.getMessage());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return good ? 0 : 1;
    }
}
