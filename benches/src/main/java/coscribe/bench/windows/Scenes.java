package coscribe.bench.windows;

import static coscribe.bench.windows.Acting.caret;
import static coscribe.bench.windows.Acting.carets;
import static coscribe.bench.windows.Acting.close;
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
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.InlineStyle;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.application.ColorScheme;
import javafx.scene.Scene;
import javafx.scene.control.MenuButton;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

/// What the pictures show, scene by scene.
///
/// @param folder  for parts of pictures
/// @param name    of the picture
record Scenes(Troupe troupe, Path folder, Path pictures, String name) {
    private static final String SENTENCE =
            "We start with the garden beds and the long border by the wall, because the soil is ready in ";

    void twoWindows() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window("Mara Klein", stage);
        type(mara, "Plan for spring\n", true);
        type(mara, SENTENCE, false);
        saved(mara);
        var jon = troupe.window("Jon Tan", stage);
        caret(jon, "garden beds");
        type(mara, "March.", false);
        type(jon, " (all six)", false);
        saved(mara, jon);
        type(jon, "", false);
        together(List.of("Mara's window", "Jon's window"), List.of(snap(mara, "a"), snap(jon, "b")));
        close(mara, jon);
    }

    void offline() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window("Mara Klein", stage);
        type(mara, "Plan for spring\n", true);
        type(mara, "We start with the garden beds.", false);
        saved(mara);
        troupe.relay().kill();
        type(mara, " Mara writes on,", false);
        frames(1_600);
        type(mara, " with the cable pulled,", false);
        frames(1_600);
        type(mara, " and nothing is in her way.", false);
        until("offline", () -> is(() -> words(mara).startsWith("Offline")));
        on(() -> pasteMinutes(mara.model()));
        frames(300);
        var away = snap(mara, "a");
        int kept = kept(mara);
        var falling = folder.resolve(name + "-b.png");
        var fell = new CompletableFuture<Integer>();
        on(() -> mara.status().shown().addListener((property, was, is) -> {
            if (kept(mara) < kept && is.words().startsWith("Saving") && !fell.isDone()) {
                Pictures.write(mara.stage().getScene().snapshot(null), falling);
                fell.complete(kept(mara));
            }
        }));
        troupe.relay().startAgain();
        troupe.relay().awaitReady();
        on(() -> mara.client().tryNow());
        until("saved", () -> is(() -> words(mara).startsWith("Saved")));
        if (!fell.isDone()) {
            throw new IllegalStateException("the counter did not fall before all was saved");
        }
        frames(200);
        together(
                List.of(
                        "The network is gone, and she writes on",
                        "It is back: the counter falls",
                        "All of it is saved"),
                List.of(away, falling, snap(mara, "c")));
        close(mara);
    }

    private static int kept(DocumentWindow window) {
        return window.client().status().unsaved();
    }

    /// Below, out of the picture: so much that it takes the network several ways.
    private static void pasteMinutes(EditorModel model) {
        var caret = model.selection();
        model.pastePlain("\n".repeat(30));
        for (int i = 1; i <= 9; i++) {
            model.selectAndReveal(Caret.at(model.document().length() - 1));
            model.enter();
            model.pastePlain(
                    ("Minutes of meeting " + i + ". Somebody has an idea, and somebody a better one. ").repeat(600));
        }
        model.selectAndReveal(caret);
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
        var jon = troupe.guest("Jon Tan", stage);
        var pasted = new StringBuilder();
        for (int i = 1; i <= 200; i++) {
            pasted.append("Pasted line ").append(i).append(" of 200.\n");
        }
        jon.run(it -> types(it, 0, pasted.toString())).join();
        until("200 lines", () -> is(() -> mara.client().text().startsWith("Pasted line 1 ")));
        frames(400);
        together(
                List.of("Before", "Jon has pasted 200 lines above: my line stands where it was, my words are selected"),
                List.of(before, snap(mara, "b")));
        close(mara);
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
        on(() -> mara.model().undo());
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
                    text.indexOf("it is as easy") + List.of(2, 2, 5, 5, 5, 8, 8).get(i));
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

    void blocks() {
        var stage = troupe.document("Everything a page can hold");
        var mara = troupe.window("Mara Klein", stage);
        on(() -> everyBlock(mara.model()));
        saved(mara);
        on(() -> {
            mara.stage().setHeight(1_180);
            mara.model().selectAndReveal(Caret.at(0));
        });
        frames(600);
        snap(mara, "light");
        troupe.dress(ColorScheme.DARK);
        frames(600);
        snap(mara, "dark");
        close(mara);
    }

    private static void everyBlock(EditorModel model) {
        model.setTypingAids(false);
        for (int level = 1; level <= 4; level++) {
            model.heading(level);
            model.type("Heading " + level);
            model.enter();
        }
        model.heading(0);
        model.type("Body text can be ");
        for (var style : InlineStyle.values()) {
            model.toggle(style);
            model.type(style.name().toLowerCase(Locale.ROOT));
            model.toggle(style);
            model.type(style == InlineStyle.CODE ? ", or a " : ", ");
        }
        int at = model.selection().head();
        model.type("link");
        model.select(new Caret(at, at + 4));
        model.link(Optional.of("https://example.org/spring"));
        model.select(Caret.at(at + 4));
        model.type(" to elsewhere.");
        model.enter();
        for (var kind : ListKind.values()) {
            model.list(kind);
            model.type("The first item of a list: " + kind.name().toLowerCase(Locale.ROOT));
            model.enter();
            model.tab(false);
            model.type("one level deeper");
            model.enter();
            model.tab(true);
            model.type("and back again");
            if (kind == ListKind.CHECK) {
                model.tick();
            }
            model.enter();
            model.heading(0);
        }
        model.quote();
        model.type("Whoever has a garden and a library has everything.");
        model.enter();
        model.heading(0);
        model.codeBlock();
        model.type("for (var bed : garden.beds()) {");
        model.enter();
        model.type("    bed.sow(beans);");
        model.enter();
        model.backspaceWord();
        model.type("}");
        model.enter();
        model.heading(0);
        model.divider();
        model.type("Behind a divider.");
    }

    void toolbarCollapsed() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window("Mara Klein", stage);
        type(mara, "Plan for spring\n", true);
        type(mara, SENTENCE + "March.", false);
        saved(mara);
        on(() -> {
            mara.stage().setWidth(680);
            mara.stage().setHeight(520);
        });
        frames(600);
        on(() -> ((MenuButton) mara.stage().getScene().lookup(".bar-more")).show());
        frames(600);
        on(() -> {
            var menu = Window.getWindows().stream()
                    .filter(PopupWindow.class::isInstance)
                    .findFirst();
            Pictures.ofWindows(List.of(mara.stage(), menu.orElseThrow()), pictures.resolve(name + ".png"));
        });
        close(mara);
    }

    /// The window of somebody whose document it is.
    void share() {
        var before = Troupe.windows();
        var mara = troupe.host("Mara Klein");
        type(mara, "Plan for spring\n", true);
        type(mara, "We start with the garden beds.\nThe soil is ready in March.", false);
        mara.client().rename("Plan for spring").join();
        saved(mara);
        String share = Strings.of(Locale.UK).get("share.button");
        until(share, () -> is(() -> Acting.press(share)));
        frames(600);
        snap(mara.stage().getScene(), "");
        close(mara);
        until("closed", () -> Troupe.windows().size() <= before.size());
    }

    // --- pictures

    @CanIgnoreReturnValue
    private Path snap(DocumentWindow window, String suffix) {
        on(() -> {
            window.stage().requestFocus();
            window.surface().requestFocus();
            window.surface().stillCaret();
        });
        frames(120);
        return snap(window.stage().getScene(), suffix);
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

    /// @param words  over each of the files
    private void together(List<String> words, List<Path> files) {
        Pictures.sideBySide(words, files, pictures.resolve(name + ".png"));
    }
}
