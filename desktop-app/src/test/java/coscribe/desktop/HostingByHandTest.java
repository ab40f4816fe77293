package coscribe.desktop;

import static coscribe.desktop.SharedDocument.until;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.text.Fx;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/// Somebody who has no server and was never here, with a mouse and keys: from Welcome to words that
/// this computer's own relay has stored.
class HostingByHandTest {
    @TempDir
    Path folder;

    private final FxRobot hands = new FxRobot();
    private SharedDocument elsewhere; // whose people and relay this one knows nothing of
    private Desktop desktop;

    @BeforeEach
    void begin() {
        elsewhere = new SharedDocument(folder);
        desktop = elsewhere.jonStarts("fresh");
        Fx.run(() -> desktop.open(new Wish.Window()));
    }

    @AfterEach
    void end() throws Exception {
        elsewhere.close();
    }

    private static Optional<Node> shown(String words) {
        return Window.getWindows().stream()
                .filter(Window::isShowing)
                .flatMap(window -> window.getScene().getRoot().lookupAll(".button").stream())
                .filter(button -> words.equals(Walk.name(button)) && button.isVisible() && !button.isDisabled())
                .findFirst();
    }

    @Test
    void from_welcome_to_a_caret_and_words_that_are_saved() {
        until(() -> shown("Host from this computer").isPresent());
        Node host = Fx.call(() -> shown("Host from this computer").orElseThrow());
        Fx.run(() -> {
            var stage = host.getScene().getWindow();
            stage.setX(10);
            stage.setY(10);
            stage.requestFocus();
        });
        Fx.frames(2);
        hands.clickOn(host);

        until(() -> desktop.windows().size() == 1);
        var window = Fx.call(() -> desktop.windows().getFirst());
        until(() -> window.stage().getScene().getFocusOwner() instanceof TextField);
        Fx.run(() -> {
            window.stage().setX(10);
            window.stage().setY(10);
            window.stage().setWidth(960);
            window.stage().setHeight(700);
            window.stage().requestFocus();
        });
        Fx.frames(2);
        hands.write("plan", 0).push(KeyCode.ENTER);
        until(window::isCaretSeen);
        hands.write("one two", 0);

        until(() -> window.client().text().equals("one two")
                && window.client().status().isSaved());
        until(() -> window.title().equals("plan"));
        assertThat(Fx.call(() -> window.surface().readBack().plain())).isEqualTo("one two\n");
        until(() -> window.status().shown().get().words().startsWith("Saved "));
        assertThat(Fx.call(() -> window.relay().address().isLoopback())).isTrue();
        assertThat(window.relay().address()).as("a relay of its own").isNotEqualTo(elsewhere.address());
    }
}
