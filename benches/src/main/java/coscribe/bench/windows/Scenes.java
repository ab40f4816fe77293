package coscribe.bench.windows;

import static coscribe.bench.windows.Acting.caret;
import static coscribe.bench.windows.Acting.carets;
import static coscribe.bench.windows.Acting.close;
import static coscribe.bench.windows.Acting.press;
import static coscribe.bench.windows.Acting.saved;
import static coscribe.bench.windows.Acting.type;
import static coscribe.bench.windows.Acting.types;
import static coscribe.bench.windows.Acting.words;
import static coscribe.bench.windows.Troupe.frames;
import static coscribe.bench.windows.Troupe.is;
import static coscribe.bench.windows.Troupe.on;
import static coscribe.bench.windows.Troupe.until;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.DocumentWindow;
import coscribe.ot.presence.Caret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.application.ColorScheme;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

/// What the pictures show, scene by scene.
///
/// @param folder  for parts of pictures
/// @param name    of the picture
record Scenes(Troupe troupe, Path folder, Path pictures, String name) {
    static final String SENTENCE =
            "We start with the garden beds and the long border by the wall, because the soil is ready in ";

    void twoWindows() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.owner("Mara Klein", stage);
        type(mara, "Plan for spring\n", true);
        type(mara, SENTENCE, false);
        saved(mara);
        var jon = troupe.window("Jon Tan", stage);
        caret(jon, "garden beds");
        type(mara, "March.", false);
        type(jon, " (all six)", false);
        saved(mara, jon);
        type(jon, "", false);
        frames(400); // the words are counted
        together(List.of("Mara's window", "Jon's window"), List.of(snap(mara, "a"), snap(jon, "b")));
        close(mara, jon);
    }

    void offline() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window("Mara Klein", stage);
        type(mara, "Plan for spring\n", true);
        type(mara, "We start with the garden beds.", false);
        var outage = new Outage(
                troupe,
                List.of(" Mara writes on,", " with the cable pulled,", " and nothing is in her way."),
                " Jon has an idea, too.");
        var sending = folder.resolve(name + "-b.png");
        outage.begin(mara, stage);
        var away = snap(mara, "a");
        outage.end(mara, scene -> Pictures.write(scene.snapshot(null), sending));
        on(() -> mara.stage().getScene().getRoot().lookupAll(".status-label").stream()
                .max(Comparator.comparing(label -> label.localToScene(0, 0).getY())) // which covers no text
                .ifPresent(label -> ((Button) label).fire()));
        frames(300);
        requireSaid(mara, "3 edits sent; 1 from others added");
        var back = folder.resolve(name + "-c.png");
        on(() -> Pictures.write(mara.stage().getScene().snapshot(null), back));
        together(
                List.of(
                        "The network is gone, and she writes on",
                        "It is back: what was kept goes out, all at once, as it fits into one message",
                        "All of it is saved, and what others wrote is there"),
                List.of(away, sending, back));
        close(mara);
    }

    private static void requireSaid(DocumentWindow window, String words) {
        boolean said = is(() -> window.stage().getScene().getRoot().lookupAll(".label").stream()
                .anyMatch(label -> ((Labeled) label).getText().contains(words)));
        if (!said) {
            throw new IllegalStateException("not said: " + words);
        }
    }

    void pastedAbove() {
        var stage = troupe.document("Minutes");
        var mara = troupe.window("Mara Klein", stage);
        var lines = new StringBuilder();
        for (int i = 1; i <= 60; i++) {
            lines.append(
                            i == 40
                                    ? "Mara has selected these words here, and they stay."
                                    : "Line " + i + " of the minutes.")
                    .append('\n');
        }
        on(() -> mara.model().pastePlain(lines.toString()));
        saved(mara);
        on(() -> {
            int at = mara.client().text().indexOf("these words");
            mara.model().selectAndReveal(new Caret(at, at + 11));
        });
        frames(400);
        on(() -> mara.surface().scrollTo(mara.client().text().indexOf("these words"), 0.5));
        frames(400);
        var before = snap(mara, "a");
        var jon = troupe.window("Jon Tan", stage);
        var pasted = new StringBuilder();
        for (int i = 1; i <= 200; i++) {
            pasted.append("Pasted line ").append(i).append(" of 200.\n");
        }
        on(() -> {
            var copied = new ClipboardContent();
            copied.putString(pasted.toString());
            var _ = Clipboard.getSystemClipboard().setContent(copied);
            jon.model().selectAndReveal(Caret.at(0));
        });
        press(jon, KeyCode.V);
        until("200 lines", () -> is(() -> mara.client().text().startsWith("Pasted line 1 ")));
        frames(400);
        together(
                List.of(
                        "Before",
                        "Jon has pasted 200 lines above: my line stands where it was, my words are selected",
                        "Jon's window"),
                List.of(before, snap(mara, "b"), snap(jon, "c")));
        close(mara, jon);
    }

    void undoIsMine() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window("Mara Klein", stage);
        type(mara, "Plan for spring\n", true);
        type(mara, "The van comes on Saturday.", false);
        saved(mara);
        caret(mara, "comes");
        frames(1_600);
        type(mara, " early", false);
        saved(mara);
        var jon = troupe.guest("Jon Tan", stage);
        jon.run(it -> types(it, it.text().length(), " Jon typed this last.")).join();
        until("Jon's words", () -> is(() -> mara.client().text().endsWith("last.")));
        frames(300);
        var before = snap(mara, "a");
        press(mara, KeyCode.Z);
        until("undone", () -> is(() -> !mara.client().text().contains("early")));
        saved(mara);
        frames(300);
        together(
                List.of("Mara typed \u201cearly\u201d, then Jon his sentence", "Mara pressed Ctrl+Z"),
                List.of(before, snap(mara, "b")));
        close(mara);
    }

    void everybody() {
        new Everybody(troupe)
                .pictures((window, letter) -> snap(window, letter))
                .forEach((dress, halves) -> Pictures.toEveryEye(halves, pictures.resolve(name + "-" + dress + ".png")));
    }

    void sevenOnALine() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window("Mara Klein", stage);
        type(mara, "Plan for spring\n", true);
        type(mara, "All seven are on this line, and it is as easy to read as ever.\n", false);
        type(mara, "Below it Mara goes on, and her own caret stands far from all of theirs.", false);
        saved(mara);
        var guests = Acting.NAMES.subList(0, 7).stream()
                .map(each -> troupe.guest(each, stage))
                .toList();
        String text = mara.client().text();
        for (int i = 0; i < guests.size(); i++) {
            carets(
                    guests.get(i),
                    text.indexOf("it is as easy") + List.of(0, 2, 3, 5, 6, 8, 9).get(i));
        }
        until(
                "seven",
                () -> is(() -> mara.client().members().stream()
                                .filter(each -> each.caret().isPresent())
                                .count()
                        == 7));
        frames(300);
        snap(mara, "");
        close(mara);
    }

    void follow() {
        var stage = troupe.document("Plan for spring");
        var jon = troupe.window("Jon Tan", stage);
        type(jon, "Plan for spring\n", true);
        for (int i = 1; i <= 40; i++) {
            type(jon, "Line " + i + " of the plan: what to sow, and where, and who has the key to the shed.\n", false);
        }
        saved(jon);
        on(() -> jon.model().selectAndReveal(Caret.at(0)));
        var mara = troupe.guest("Mara Klein", stage);
        carets(mara, mara.text().indexOf("Line 25 ") + 8);
        until(
                "Mara's caret",
                () -> is(() -> jon.client().members().stream()
                        .anyMatch(each -> each.caret().isPresent())));
        on(jon.others()::followNext);
        mara.run(it -> types(it, it.text().indexOf("Line 27 ") + 8, "(of 40) ")).join();
        until("Mara's words", () -> is(() -> jon.client().text().contains("(of 40)")));
        frames(400);
        snap(jon, "");
        close(jon);
    }

    void people() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window("Mara Klein", stage);
        type(mara, "Plan for spring\n", true);
        for (int i = 0; i < 24; i++) {
            type(mara, "Line " + (i + 1) + ": somebody has an idea, and somebody else a better one.\n", false);
        }
        saved(mara);
        var guests = new ArrayList<DocumentClient>();
        for (int i = 0; i < 24; i++) {
            String name = Acting.NAMES.get(i);
            var guest = i % 5 == 1 ? troupe.viewer(name, stage) : troupe.guest(name, stage);
            carets(guest, guest.text().indexOf("Line " + (i + 1) + ":") + 9 + 2 * (i % 9));
            guests.add(guest);
        }
        until("25", () -> mara.client().members().size() >= 24);
        on(() -> mara.frame().showPanel(true));
        frames(800);
        someType(guests, mara);
        snap(mara, "");
        troupe.dress(ColorScheme.DARK);
        frames(800);
        someType(guests, mara);
        snap(mara, "dark");
        close(mara);
    }

    private static void someType(List<DocumentClient> guests, DocumentWindow window) {
        for (int i : new int[] {0, 2, 5, 14, 22}) {
            var guest = guests.get(i);
            guest.run(it -> types(it, it.text().indexOf("Line " + (i + 1) + ":") + 8, " yes,"))
                    .join();
            guest.saved().join();
        }
        var last = guests.get(22).text();
        until("what some typed", () -> is(() -> window.client().text().equals(last)));
    }

    // --- pictures

    @CanIgnoreReturnValue
    Path snap(DocumentWindow window, String suffix) {
        settle(window);
        return snap(window.stage().getScene(), suffix);
    }

    /// It has the keyboard, and its caret is seen.
    static void settle(DocumentWindow window) {
        on(() -> {
            window.stage().requestFocus();
            window.surface().requestFocus();
            window.surface().stillCaret();
        });
        frames(120);
    }

    /// A letter is a part of a picture, anything else a picture.
    @CanIgnoreReturnValue
    Path snap(Scene scene, String suffix) {
        Path file = suffix.length() == 1
                ? folder.resolve(name + "-" + suffix + ".png")
                : pictures.resolve(name + (suffix.isEmpty() ? "" : "-" + suffix) + ".png");
        on(() -> Pictures.write(scene.snapshot(null), file));
        return file;
    }

    /// With the menu or card that lies over it.
    void snapWithPopup(Window window, String suffix) {
        on(() -> {
            var popup = Window.getWindows().stream()
                    .filter(PopupWindow.class::isInstance)
                    .findFirst();
            Pictures.ofWindows(
                    List.of(window, popup.orElseThrow()),
                    pictures.resolve(name + (suffix.isEmpty() ? "" : "-" + suffix) + ".png"));
        });
    }

    /// @param words  over each of the files
    private void together(List<String> words, List<Path> files) {
        Pictures.sideBySide(words, files, pictures.resolve(name + ".png"));
    }
}
