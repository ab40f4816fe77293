package coscribe.desktop;

import coscribe.desktop.policy.PolicyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;

/// Somebody at the keyboard of the real editor: waits for what is on the screen, a frame at a time,
/// and types by the system's own keys. On the thread that draws.
final class TypingPerson extends AnimationTimer {
    /// The property with which the editor stays open when everything is written.
    static final String STAYS = "coscribe.test.stays";

    private final Desktop desktop;
    private final Path result;
    private int step;

    private TypingPerson(Desktop desktop, Path result) {
        this.desktop = desktop;
        this.result = result;
    }

    /// @param args  where to write what came of it; then the editor's own
    public static void main(String[] args) {
        var result = Path.of(args[0]);
        var policy = new PolicyFile(result.resolveSibling("policy.json"));
        System.exit(Main.run(List.of(args).subList(1, args.length), policy, desktop -> {
            var _ = desktop.navigator().host("Mara");
            new TypingPerson(desktop, result).start();
        }));
    }

    @Override
    public void handle(long nanos) {
        if (desktop.windows().isEmpty()) {
            return;
        }
        var window = desktop.windows().getFirst();
        if (!window.stage().isFocused()) {
            window.stage().requestFocus();
            return;
        }
        switch (step) {
            case 0 -> {
                if (window.stage().getScene().getFocusOwner() instanceof TextField) {
                    type("plan");
                    press(KeyCode.ENTER);
                    step++;
                }
            }
            case 1 -> {
                if (window.isCaretSeen()) {
                    type("one");
                    press(KeyCode.SPACE);
                    type("two");
                    step++;
                }
            }
            case 2 -> {
                if (window.client().text().equals("one two")
                        && window.client().status().isSaved()) {
                    step++;
                    Platform.runLater(() -> tell(window));
                }
            }
            default -> {}
        }
    }

    private static void type(String letters) {
        letters.chars().forEach(letter -> press(KeyCode.valueOf(Character.toString(Character.toUpperCase(letter)))));
    }

    private static void press(KeyCode key) {
        new Robot().keyType(key);
    }

    private void tell(DocumentWindow window) {
        var drawn = window.surface().readBack();
        try {
            Files.write(
                    result,
                    List.of(
                            "title " + window.title(),
                            "text " + window.client().text(),
                            "drawn " + drawn.substring(0, drawn.length() - 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Boolean.getBoolean(STAYS)) {
            desktop.quit();
        }
    }
}
