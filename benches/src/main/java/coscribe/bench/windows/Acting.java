package coscribe.bench.windows;

import static coscribe.bench.windows.Troupe.frames;
import static coscribe.bench.windows.Troupe.is;
import static coscribe.bench.windows.Troupe.on;
import static coscribe.bench.windows.Troupe.until;

import coscribe.client.runner.DocumentClient;
import coscribe.desktop.DocumentWindow;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Intent;
import java.util.List;
import java.util.Optional;
import javafx.event.Event;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;

/// What the people in the pictures do. Called from another thread than the one that draws.
final class Acting {
    static final List<String> NAMES = List.of(
            "Jon Tan",
            "Aiko Mori",
            "Lin Wu",
            "Sam Okafor",
            "Priya Nair",
            "Tom Berg",
            "Eva Novak",
            "Omar Haddad",
            "Ines Costa",
            "Paul Roy",
            "Nora Lund",
            "Ken Ito",
            "Zoe Hall",
            "Max Vogel",
            "Ana Silva",
            "Ravi Shah",
            "Lea Blanc",
            "Ivo Horak",
            "Mia Rossi",
            "Ben Cole",
            "Uma Rao",
            "Gil Peer",
            "Rosa Diaz",
            "Finn Dahl",
            "Edda Falk",
            "Hugo Lenz",
            "Iris Moen",
            "Jana Pohl",
            "Kurt Sand",
            "Lola Vega",
            "Milo Wirth",
            "Nils Zorn");

    private Acting() {}

    static void type(DocumentWindow window, String text, boolean heading) {
        on(() -> {
            window.stage().requestFocus();
            window.surface().requestFocus();
            if (heading) {
                window.model().heading(1);
            }
            text.chars().forEach(unit -> {
                if (unit == '\n') {
                    window.model().enter();
                } else {
                    window.model().type(Character.toString(unit));
                }
            });
        });
    }

    static void caret(DocumentWindow window, String behind) {
        on(() -> {
            int at = window.client().text().indexOf(behind) + behind.length();
            window.model().selectAndReveal(Caret.at(at));
        });
    }

    /// A guest types, and the caret stands behind it.
    static void types(DocumentClient guest, int at, String text) {
        var insert =
                Delta.builder().retain(at).insert(text).build(guest.document().length());
        guest.edit(Change.of(insert), Intent.EDIT, false, Optional.of(Caret.at(at + text.length())));
    }

    static void carets(DocumentClient guest, int at) {
        guest.run(it -> it.moveCaret(Optional.of(Caret.at(at)))).join();
    }

    /// Presses a key with Ctrl held, on macOS Command, where the window's keyboard is.
    static void press(DocumentWindow window, KeyCode key) {
        on(() -> {
            window.stage().requestFocus();
            window.surface().requestFocus();
            boolean mac = System.getProperty("os.name", "").startsWith("Mac");
            var to = window.stage().getScene().getFocusOwner();
            for (var type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
                Event.fireEvent(to, new KeyEvent(type, KeyEvent.CHAR_UNDEFINED, "", key, false, !mac, false, mac));
            }
        });
    }

    /// Presses the button with these words in any window; answers whether there is one. On the
    /// thread that draws.
    static boolean press(String words) {
        return Window.getWindows().stream()
                .anyMatch(window -> press(window.getScene().getRoot(), words));
    }

    /// As above, in one window.
    static boolean press(Parent root, String words) {
        var found = root.lookupAll(".button").stream()
                .filter(node ->
                        node instanceof Button button && button.getText().equals(words))
                .map(Button.class::cast)
                .findFirst();
        found.ifPresent(Button::fire);
        return found.isPresent();
    }

    /// Chooses the item with these words in a window's menus; answers whether there is one. On the
    /// thread that draws.
    static boolean choose(DocumentWindow window, String words) {
        String named = words.replace("_", ""); // the sign before the letter that chooses it
        var bar = (MenuBar) window.stage().getScene().lookup(".menu-bar");
        var found = bar.getMenus().stream()
                .flatMap(menu -> menu.getItems().stream())
                .filter(item ->
                        item.getText() != null && named.equals(item.getText().replace("_", "")))
                .findFirst();
        found.ifPresent(MenuItem::fire);
        return found.isPresent();
    }

    static String words(DocumentWindow window) {
        return window.status().shown().get().words();
    }

    static void saved(DocumentWindow... windows) {
        for (var window : windows) {
            window.client().saved().join();
        }
        until(
                "the same text",
                () -> is(() -> List.of(windows).stream()
                                .map(window -> window.client().document().contentHash())
                                .distinct()
                                .count()
                        == 1));
        frames(150);
    }

    static void close(DocumentWindow... windows) {
        for (var window : windows) {
            on(window::close);
        }
    }
}
