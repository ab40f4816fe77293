package coscribe.bench.windows;

import static coscribe.bench.windows.Troupe.frames;
import static coscribe.bench.windows.Troupe.on;
import static coscribe.bench.windows.Troupe.until;

import coscribe.bench.editor.Screen;
import coscribe.bench.windows.Bookcase.Book;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.application.ColorScheme;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.Stage;
import javafx.stage.Window;

/// The ways into a document, as pictures: Welcome, its card, the documents.
record Entrances(Troupe troupe, Scenes scenes) {
    private static final Strings STRINGS = Strings.of(Locale.UK);
    private static final String MARA = "Mara Klein";
    private static final String LINK = "coscribe://join/docs.example.org/7F3K-Q9TM-2XWD";
    private static final List<Book> BOOKS = List.of(
            new Book("Letter to the city", Role.VIEWER, Duration.ofDays(40)),
            new Book("Minutes, 17 November", Role.EDITOR, Duration.ofDays(12)),
            new Book("Budget", Role.COMMENTER, Duration.ofDays(3)),
            new Book("Recipes for forty", Role.EDITOR, Duration.ofDays(1)),
            new Book("Plan for spring", Role.EDITOR, Duration.ofMinutes(75)));

    /// Nobody was here before.
    void welcome() {
        var before = Troupe.windows();
        troupe.editor(MARA);
        at("the way in", before, scene -> inBothThemes(scene, ""));
    }

    /// With what was open before and a link from the clipboard; where that leads.
    void invited() {
        try (var bookcase = new Bookcase(scenes.folder().resolve("invited"))) {
            var profile = troupe.profile(MARA);
            bookcase.read(profile, MARA, BOOKS, "");
            var before = Troupe.windows();
            on(() -> {
                var content = new ClipboardContent();
                content.putString(LINK);
                var _ = Clipboard.getSystemClipboard().setContent(content);
            });
            troupe.editor(MARA, profile);
            at("the documents", before, scene -> {
                press("list.join");
                frames(800);
                inBothThemes(scene, "recents");
                press("welcome.next");
                frames(400);
                inBothThemes(scene, "join");
            });
        }
    }

    void documents() {
        try (var bookcase = new Bookcase(scenes.folder().resolve("documents"))) {
            var profile = troupe.profile(MARA);
            bookcase.read(profile, MARA, BOOKS, "Minutes, 17 November");
            var before = Troupe.windows();
            troupe.editor(MARA, profile);
            at("the documents", before, scene -> inBothThemes(scene, ""));
        }
    }

    private static void press(String words) {
        until(words, () -> Screen.call(() -> Acting.press(STRINGS.get(words))));
    }

    private static void at(String what, List<Window> before, Consumer<Scene> then) {
        until(what, () -> Troupe.windows().size() > before.size());
        frames(2_000);
        var window = Troupe.windows().stream()
                .filter(it -> !before.contains(it))
                .findFirst()
                .orElseThrow();
        try {
            then.accept(Screen.call(window::getScene));
        } finally {
            on(() -> ((Stage) window).close());
        }
    }

    private void inBothThemes(Scene scene, String what) {
        String suffix = what.isEmpty() ? "" : what + "-";
        scenes.snap(scene, suffix + "light");
        troupe.dress(ColorScheme.DARK);
        frames(500);
        scenes.snap(scene, suffix + "dark");
        troupe.dress(ColorScheme.LIGHT);
        frames(300);
    }
}
