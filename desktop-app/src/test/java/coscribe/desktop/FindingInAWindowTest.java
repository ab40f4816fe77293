package coscribe.desktop;

import static coscribe.desktop.SharedDocument.until;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.runner.Status.Contact;
import coscribe.desktop.view.text.Fx;
import coscribe.ot.protocol.Role;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A window in which words are looked for, and a computer that comes into another network.
class FindingInAWindowTest {
    @TempDir
    Path folder;

    private SharedDocument shared;

    @BeforeEach
    void begin() {
        shared = new SharedDocument(folder);
    }

    @AfterEach
    void end() throws Exception {
        shared.close();
    }

    private DocumentWindow opens() {
        return shared.opens(shared.jonStarts("jon"));
    }

    private static List<Node> nodes(DocumentWindow window, String style) {
        window.frame().root().applyCss();
        return List.copyOf(window.frame().root().lookupAll(style));
    }

    private static Button button(DocumentWindow window, String words) {
        return nodes(window, ".button").stream()
                .map(Button.class::cast)
                .filter(button -> words.equals(button.getText()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void words_are_found_and_marked_while_somebody_else_writes() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        var window = opens();
        until(() -> window.client().status().contact() instanceof Contact.Live);
        Fx.run(() -> window.model().type("Beds and beds"));
        presses(window, KeyCode.F);
        Fx.run(() -> {
            var field = (TextField) nodes(window, ".find-field").getFirst();
            assertThat(field.isFocused()).isTrue();
            field.setText("bed");
        });
        until(() -> found(window).equals("1 of 2"));
        until(() -> marks(window) == 2);
        var document = shared.mara.open(shared.id);
        document.opened().get(30, TimeUnit.SECONDS);
        document.run(it -> it.insert(0, "My bed. ")).get(30, TimeUnit.SECONDS);
        until(() -> found(window).endsWith(" of 3"));
        until(() -> marks(window) == 3);
        Fx.run(() -> {
            var field = nodes(window, ".find-field").getFirst();
            field.fireEvent(new ActionEvent());
            field.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ESCAPE, false, false, false, false));
        });
        until(() -> marks(window) == 0);
        assertThat(Fx.call(window::isCaretSeen))
                .as("the keyboard is in the text")
                .isTrue();
        assertThat(Fx.call(() -> window.model().copy().plain())).isEqualToIgnoringCase("bed");
    }

    @Test
    void other_words_come_in_the_place_of_all_and_one_undo_takes_them_back() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        var window = opens();
        until(() -> window.client().status().contact() instanceof Contact.Live);
        Fx.run(() -> window.model().type("Beds and beds"));
        presses(window, KeyCode.H);
        assertThat(window.client().text()).as("the widget's own key is another").isEqualTo("Beds and beds");
        Fx.run(() -> {
            var fields = nodes(window, ".find-field");
            ((TextField) fields.getFirst()).setText("beds");
            ((TextField) fields.getLast()).setText("pots");
        });
        Fx.run(() -> button(window, "Replace All").fire());
        until(() -> found(window).equals("2 replaced"));
        assertThat(window.client().text()).isEqualTo("pots and pots");
        Fx.run(() -> window.model().undo());
        assertThat(window.client().text()).isEqualTo("Beds and beds");
        until(() -> found(window).endsWith(" of 2"));
    }

    @Test
    void the_next_time_what_was_looked_for_is_there_and_the_first_letter_takes_its_place() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        var window = opens();
        until(() -> window.client().status().contact() instanceof Contact.Live);
        Fx.run(() -> window.model().type("Beds and beds"));
        var field = (TextField) Fx.call(() -> nodes(window, ".find-field").getFirst());
        for (KeyCode way : List.of(KeyCode.F, KeyCode.H)) {
            presses(window, way);
            typesInto(field, "beds");
            assertThat(Fx.<String>call(field::getText)).isEqualTo("beds");
            Fx.run(() -> field.fireEvent(
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ESCAPE, false, false, false, false)));
            presses(window, way);
            assertThat(Fx.<String>call(field::getSelectedText)).isEqualTo("beds");
            typesInto(field, "an");
            assertThat(Fx.<String>call(field::getText)).isEqualTo("an");
            presses(window, KeyCode.F); // the bar is there already
            assertThat(Fx.<String>call(field::getSelectedText)).isEqualTo("an");
        }
    }

    private static void typesInto(TextField field, String letters) {
        Fx.run(() -> {
            assertThat(field.isFocused()).isTrue();
            letters.chars()
                    .forEach(letter -> field.fireEvent(new KeyEvent(
                            KeyEvent.KEY_TYPED,
                            Character.toString(letter),
                            "",
                            KeyCode.UNDEFINED,
                            false,
                            false,
                            false,
                            false)));
        });
    }

    @Test
    void tab_leads_from_what_is_looked_for_to_what_takes_its_place() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        var window = opens();
        until(() -> window.client().status().contact() instanceof Contact.Live);
        presses(window, KeyCode.H);
        var fields = Fx.call(() ->
                nodes(window, ".find-field").stream().map(TextField.class::cast).toList());
        assertThat(Fx.call(() -> fields.getFirst().isFocused())).isTrue();
        tab(fields.getFirst(), false);
        assertThat(Fx.call(() -> fields.getLast().isFocused())).isTrue();
        tab(fields.getLast(), false);
        assertThat(Fx.call(() -> button(window, "Replace").isFocused())).isTrue();
        tab(button(window, "Replace"), true);
        tab(fields.getLast(), true);
        assertThat(Fx.call(() -> fields.getFirst().isFocused())).isTrue();
        presses(window, KeyCode.F); // nothing is put in its place now
        tab(fields.getFirst(), false);
        assertThat(Fx.call(() -> fields.getLast().isFocused())).isFalse();
    }

    private static void tab(Node from, boolean back) {
        Fx.run(() ->
                from.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "\t", "\t", KeyCode.TAB, back, false, false, false)));
    }

    /// With Ctrl, in the text.
    private static void presses(DocumentWindow window, KeyCode key) {
        Fx.run(() -> KeyEvent.fireEvent(
                window.surface().node().lookup(".page"),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, true, false, false)));
    }

    private static String found(DocumentWindow window) {
        return ((Label) nodes(window, ".find-count").getFirst()).getText();
    }

    private static int marks(DocumentWindow window) {
        return nodes(window, ".find-mark").size()
                + nodes(window, ".find-mark-current").size();
    }

    private static int attempts(DocumentWindow window) {
        return switch (window.client().status().contact()) {
            case Contact.Waiting(int failed, var _, var _) -> failed;
            case Contact.Connecting(int failed) -> failed;
            default -> 0;
        };
    }

    @Test
    @Tag("slow")
    void another_network_is_tried_at_once_however_long_the_next_attempt_was_put_off() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        shared.relayEnds();
        var window = opens();
        until(() -> attempts(window) > 3);
        shared.network = Set.of(InetAddress.getByAddress(new byte[] {(byte) 192, (byte) 168, 1, 20}));
        until(() -> attempts(window) < 3);
    }
}
