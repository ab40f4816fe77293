package coscribe.bench.windows;

import static coscribe.bench.windows.Acting.carets;
import static coscribe.bench.windows.Acting.close;
import static coscribe.bench.windows.Acting.press;
import static coscribe.bench.windows.Acting.saved;
import static coscribe.bench.windows.Acting.type;
import static coscribe.bench.windows.Acting.types;
import static coscribe.bench.windows.Troupe.frames;
import static coscribe.bench.windows.Troupe.is;
import static coscribe.bench.windows.Troupe.on;
import static coscribe.bench.windows.Troupe.until;

import coscribe.client.runner.DocumentClient;
import coscribe.desktop.DocumentWindow;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.presence.Caret;
import java.util.List;
import java.util.Locale;
import javafx.application.ColorScheme;
import javafx.event.ActionEvent;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

/// What a window shows when it is asked, as pictures: who wrote what, who somebody is, help, menus.
record Cards(Troupe troupe, Scenes scenes) {
    private static final Strings STRINGS = Strings.of(Locale.UK);
    private static final String MARA = "Mara Klein";

    /// Four wrote, and two of them are away by now.
    void authors() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window(MARA, stage);
        type(mara, "Plan for spring\n", true);
        type(
                mara,
                "We start with the garden beds, because the soil is ready in March. \nThe long border waits.\n",
                false);
        saved(mara);
        var guests = Acting.NAMES.subList(0, 3).stream()
                .map(name -> troupe.guest(name, stage))
                .toList();
        writes(guests.get(0), "in March. ", "Everything else waits for warm nights and for the new tools. ");
        writes(guests.get(1), "new tools. ", "The old ones go to the neighbours. ");
        writes(guests.get(2), "border waits", " until the wall is mended, and that needs lime");
        twoLeave(mara, guests, guests.get(2), "neighbours");
        inBothThemes(mara);
        troupe.dress(ColorScheme.LIGHT, true);
        frames(500);
        scenes.snap(mara, "contrast");
        troupe.dress(ColorScheme.LIGHT, false);
        close(mara);
    }

    /// Who wrote what is shown, once the first of three guests is the only one left.
    ///
    /// @param wrote  who was the last to write
    /// @param caret  the word at which the window's own caret is to be
    static void twoLeave(DocumentWindow window, List<DocumentClient> guests, DocumentClient wrote, String caret) {
        var last = wrote.text();
        until("what they wrote", () -> is(() -> window.client().text().equals(last)));
        guests.subList(1, 3).forEach(DocumentClient::close);
        until("two of them away", () -> is(() -> window.client().members().size() == 1));
        carets(guests.getFirst(), window.client().text().indexOf("warm nights"));
        on(() -> {
            window.others().authorsShown().set(true);
            window.model().selectAndReveal(Caret.at(window.client().text().indexOf(caret)));
        });
        frames(6_000); // their names at their carets are gone
    }

    static void writes(DocumentClient guest, String behind, String words) {
        until(behind, () -> guest.text().contains(behind));
        guest.run(it -> types(it, it.text().indexOf(behind) + behind.length(), words))
                .join();
        guest.saved().join();
    }

    /// The pointer rests on somebody's avatar.
    void person() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window(MARA, stage);
        type(mara, "Plan for spring\n", true);
        type(mara, "We start with the garden beds, because the soil is ready in March.\n", false);
        type(mara, "Budget\n", true);
        on(() -> mara.model().heading(0));
        type(mara, "Seeds only from what grew last year.\nThe wall needs lime.", false);
        saved(mara);
        var jon = troupe.guest(Acting.NAMES.getFirst(), stage);
        carets(jon, jon.text().indexOf("last year"));
        until(
                "his caret",
                () -> is(() -> mara.client().members().stream()
                        .anyMatch(each -> each.caret().isPresent())));
        frames(6_000); // his name at his caret is gone
        points(mara);
        until("his card", () -> is(() -> Window.getWindows().stream().anyMatch(PopupWindow.class::isInstance)));
        frames(400);
        scenes.snapWithPopup(mara.stage(), "light");
        troupe.dress(ColorScheme.DARK);
        points(mara);
        frames(1_200);
        scenes.snapWithPopup(mara.stage(), "dark");
        close(mara);
    }

    private static void points(DocumentWindow window) {
        on(() -> {
            Node avatar = window.stage().getScene().lookup(".avatar");
            Event.fireEvent(
                    avatar,
                    new MouseEvent(
                            MouseEvent.MOUSE_ENTERED,
                            5,
                            5,
                            5,
                            5,
                            MouseButton.NONE,
                            0,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            null));
        });
    }

    /// Enter was pressed twice: the second of three places is the current one.
    void find() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window(MARA, stage);
        type(mara, "Plan for spring\n", true);
        type(mara, "We start with the garden beds, because the soil is ready in March.\n", false);
        type(mara, "The long border has heavy soil; it waits until the wall is mended.\n", false);
        type(mara, "New soil comes on Saturday.", false);
        saved(mara);
        on(() -> mara.model().selectAndReveal(Caret.at(0)));
        press(mara, KeyCode.H);
        var field = (TextField) mara.stage().getScene().lookup(".find-field");
        on(() -> field.setText("soil"));
        until("its places", () -> is(() -> says(mara, "1 of 3")));
        for (int i = 0; i < 2; i++) {
            on(() -> field.fireEvent(new ActionEvent()));
            frames(100);
        }
        until("the second", () -> is(() -> says(mara, "2 of 3")));
        frames(400);
        inBothThemes(mara);
        close(mara);
    }

    private static boolean says(DocumentWindow window, String words) {
        return window.stage().getScene().lookup(".find-count") instanceof Label label
                && label.getText().equals(words);
    }

    void help() {
        card("command.help");
    }

    void shortcuts() {
        card("command.shortcuts");
    }

    private void card(String command) {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window(MARA, stage);
        type(mara, "Plan for spring\n", true);
        type(mara, "We start with the garden beds, because the soil is ready in March.", false);
        saved(mara);
        String words = STRINGS.get(command);
        until(words, () -> is(() -> Acting.choose(mara, words)));
        frames(600);
        scenes.snap(mara.stage().getScene(), "light");
        troupe.dress(ColorScheme.DARK);
        frames(600);
        scenes.snap(mara.stage().getScene(), "dark");
        close(mara);
    }

    void toolbarCollapsed() {
        var stage = troupe.document("Plan for spring");
        var mara = troupe.window(MARA, stage);
        type(mara, "Plan for spring\n", true);
        type(mara, Scenes.SENTENCE + "March.", false);
        saved(mara);
        on(() -> {
            mara.stage().setWidth(680);
            mara.stage().setHeight(520);
        });
        frames(600);
        on(() -> ((MenuButton) mara.stage().getScene().lookup(".bar-more")).show());
        frames(600);
        scenes.snapWithPopup(mara.stage(), "");
        close(mara);
    }

    /// The window of somebody whose document it is.
    void share() {
        var before = Troupe.windows();
        var mara = troupe.host(MARA);
        type(mara, "Plan for spring\n", true);
        type(mara, "We start with the garden beds.\nThe soil is ready in March.", false);
        mara.client().rename("Plan for spring").join();
        saved(mara);
        String share = STRINGS.get("share.button");
        until(share, () -> is(() -> Acting.press(mara.frame().root(), share)));
        frames(600);
        scenes.snap(mara.stage().getScene(), "");
        close(mara);
        until("closed", () -> Troupe.windows().size() <= before.size());
    }

    private void inBothThemes(DocumentWindow window) {
        scenes.snap(window, "light");
        troupe.dress(ColorScheme.DARK);
        frames(500);
        scenes.snap(window, "dark");
    }
}
