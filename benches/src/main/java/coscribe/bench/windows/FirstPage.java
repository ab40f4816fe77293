package coscribe.bench.windows;

import static coscribe.bench.windows.Acting.caret;
import static coscribe.bench.windows.Acting.close;
import static coscribe.bench.windows.Acting.saved;
import static coscribe.bench.windows.Acting.type;
import static coscribe.bench.windows.Troupe.frames;
import static coscribe.bench.windows.Troupe.on;

import coscribe.bench.windows.Pictures.Piece;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.DocumentWindow;
import coscribe.ot.presence.Caret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;

/// What README shows: small windows with something in them, as close pictures that a page shows at
/// about the size they have on a screen. What is seen is told in the text below them.
record FirstPage(Troupe troupe, Scenes scenes) {
    private static final String TITLE = "Plan for spring";
    private static final int WIDE = 752; // px, of a window that is alone
    private static final int HIGH = 492; // px, of a window in which nothing has to be scrolled
    private static final int EDGE = 24; // px, around everything
    private static final int MENUS = 23; // px, where the words of the menu bar end

    /// Its end stands far enough from the beds that both names are seen: none is, close to a writer's own caret.
    private static final String SENTENCE = "We start with the garden beds, because the soil by the wall is ready in ";

    /// Two windows of one page: she and he write in one sentence, and a third has something selected.
    void together() {
        var stage = troupe.document(TITLE);
        var mara = troupe.owner("Mara Klein", stage);
        sized(mara, 640, HIGH);
        type(mara, TITLE + "\n", true);
        type(mara, SENTENCE + "\n", false);
        type(mara, "- Seeds: only from what grew last year\n", false);
        type(mara, "The wall: lime, and a dry week\n", false);
        type(mara, "The key to the shed: Aiko has it until Saturday", false);
        saved(mara);
        var jon = troupe.window("Jon Tan", stage);
        sized(jon, 640, HIGH);
        var aiko = troupe.guest("Aiko Mori", stage);
        caret(jon, "garden beds");
        caret(mara, "ready in ");
        frames(4_500); // that they came is no news any more
        selects(aiko, "until Saturday");
        type(mara, "March.", false);
        type(jon, " (all six)", false);
        saved(mara, jon);
        type(jon, "", false);
        frames(400); // the words are counted
        var behind = closely(mara, "a");
        var before = closely(jon, "b");
        Pictures.loose(
                List.of(
                        new Piece(behind, EDGE, EDGE, 0, HIGH),
                        new Piece(before, EDGE + WIDE - 640, EDGE + 350, 0, HIGH)),
                file());
        close(mara, jon);
    }

    private static void selects(DocumentClient guest, String words) {
        guest.run(it -> {
                    int at = it.text().indexOf(words);
                    it.moveCaret(Optional.of(new Caret(at, at + words.length())));
                })
                .join();
    }

    /// One window at three moments, one below the other: without a network, when it is back, and a
    /// moment later.
    void offline() {
        var stage = troupe.document(TITLE);
        var mara = troupe.window("Mara Klein", stage);
        sized(mara, WIDE, 480);
        type(mara, TITLE + "\n", true);
        type(mara, "We start with the garden beds.", false);
        var outage = new Outage(
                troupe,
                List.of(" The soil is ready in March,", " the lime comes on a Friday,", " and the ladder is mended."),
                " Aiko has the key to the shed.");
        var sending = part("b");
        outage.begin(mara, stage);
        var away = closely(mara, "a");
        int awayHeight = written(mara);
        outage.end(mara, scene -> Pictures.closely(scene, sending));
        frames(200);
        var back = closely(mara, "c");
        int height = written(mara);
        int second = EDGE + awayHeight + EDGE;
        Pictures.loose(
                List.of(
                        new Piece(away, EDGE, EDGE, MENUS, awayHeight),
                        new Piece(sending, EDGE, second, MENUS, height),
                        new Piece(back, EDGE, second + height + EDGE, MENUS, height)),
                file());
        close(mara);
    }

    /// From the menu bar to a little below the last line.
    private static int written(DocumentWindow window) {
        return (int) Math.round(Troupe.call(() -> {
                    int end = window.model().document().length() - 1;
                    var line = window.surface().caretAt(end).orElseThrow();
                    return window.surface()
                            .node()
                            .localToScene(0, line.getMaxY())
                            .getY();
                }))
                - MENUS
                + 28;
    }

    /// Four wrote, and two of them are away by now.
    void authors() {
        var stage = troupe.document(TITLE);
        var mara = troupe.window("Mara Klein", stage);
        sized(mara, WIDE, 528);
        type(mara, TITLE + "\n", true);
        type(mara, "We start with the garden beds, because the soil is ready in March. \n", false);
        type(mara, "- Seeds: only from what grew last year\nThe long border waits\n", false);
        type(mara, "The key to the shed", false);
        saved(mara);
        var guests = Acting.NAMES.subList(0, 3).stream()
                .map(name -> troupe.guest(name, stage))
                .toList();
        Cards.writes(guests.get(0), "in March. ", "Everything else waits for warm nights and for the new tools. ");
        Cards.writes(guests.get(1), "new tools. ", "The old ones go to the neighbours.");
        Cards.writes(guests.get(2), "border waits", " until the wall is mended, and that needs lime");
        Cards.writes(guests.get(1), "to the shed", ": I have it until Saturday");
        Cards.twoLeave(mara, guests, guests.get(1), "last year");
        Pictures.loose(List.of(new Piece(closely(mara, "a"), EDGE, EDGE, 0, 528)), file());
        close(mara);
    }

    private static void sized(DocumentWindow window, int width, int height) {
        on(() -> {
            window.stage().setWidth(width);
            window.stage().setHeight(height);
        });
        frames(300);
    }

    private Path closely(DocumentWindow window, String letter) {
        Scenes.settle(window);
        var file = part(letter);
        Scene scene = window.stage().getScene();
        on(() -> Pictures.closely(scene, file));
        return file;
    }

    private Path part(String letter) {
        return scenes.folder().resolve(scenes.name() + "-" + letter + ".png");
    }

    private Path file() {
        return scenes.pictures().resolve(scenes.name() + ".png");
    }
}
