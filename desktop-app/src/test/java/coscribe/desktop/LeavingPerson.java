package coscribe.desktop;

import coscribe.desktop.policy.PolicyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.scene.control.Labeled;

/// Somebody whose editor is ended from outside while what they wrote is with nobody else; and who
/// looks, when it is started once more, what is there. On the thread that draws.
final class LeavingPerson {
    private LeavingPerson() {}

    /// @param args  `write` or `look`; where to tell what came of it; then the editor's own
    public static void main(String[] args) {
        var list = List.of(args);
        Path result = Path.of(list.get(1));
        boolean writes = list.getFirst().equals("write");
        System.exit(Main.run(
                list.subList(2, list.size()),
                new PolicyFile(result.resolveSibling("policy.json")),
                desktop -> desktop.onWindow(window -> {
                    if (writes) {
                        write(window, result);
                    } else {
                        look(desktop, window, result);
                    }
                })));
    }

    private static void write(DocumentWindow window, Path result) {
        window.client().workOffline(true);
        for (String words : List.of("alpha ", "beta ", "gamma ")) {
            window.model().pastePlain(words);
        }
        tell(result, List.of("written " + window.status().shown().get().words()));
    }

    private static void look(Desktop desktop, DocumentWindow window, Path result) {
        var found = new ArrayList<String>();
        found.add("found " + window.client().text());
        window.frame().root().applyCss();
        window.frame().root().lookupAll(".banner-words").forEach(words -> found.add(((Labeled) words).getText()));
        new AnimationTimer() {
            @Override
            public void handle(long nanos) {
                if (window.client().status().isSaved()) {
                    stop();
                    tell(result, found);
                    desktop.quit();
                }
            }
        }.start();
    }

    /// In one step: somebody waits for it.
    private static void tell(Path result, List<String> lines) {
        try {
            Path beside = result.resolveSibling("result.part");
            Files.write(beside, lines);
            Files.move(beside, result, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
