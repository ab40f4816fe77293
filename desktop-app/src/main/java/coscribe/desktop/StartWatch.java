package coscribe.desktop;

import coscribe.client.link.OwnerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javafx.animation.AnimationTimer;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes when the editor is ready to be typed into, for whoever measures the start: with
/// `-Dcoscribe.started=FILE` the time is written there, in milliseconds since 1970; with
/// `-Dcoscribe.started.quit=true` the editor ends then. On the thread that draws.
final class StartWatch extends AnimationTimer {
    private static final Logger LOG = LoggerFactory.getLogger(StartWatch.class);
    /// The frame that a timer is called for is drawn behind it, and the next one begins when that
    /// was handed on.
    private static final int FRAMES = 2;

    private final Desktop desktop;
    private final Path file;
    private final boolean quit;
    private int frames;

    private StartWatch(Desktop desktop, Path file, boolean quit) {
        this.desktop = desktop;
        this.file = file;
        this.quit = quit;
    }

    static void onRequest(Desktop desktop) {
        String file = System.getProperty("coscribe.started", "");
        if (!file.isEmpty()) {
            new StartWatch(desktop, Path.of(file), Boolean.getBoolean("coscribe.started.quit")).start();
        }
    }

    @Override
    public void handle(long nanos) {
        frames = isCaretSeen() ? frames + 1 : 0;
        if (frames == FRAMES) {
            stop();
            note();
            if (quit) {
                desktop.quit();
            }
        }
    }

    private boolean isCaretSeen() {
        boolean inText = desktop.windows().stream().anyMatch(DocumentWindow::isCaretSeen);
        return inText
                || Window.getWindows().stream()
                        .anyMatch(window -> window instanceof Stage stage
                                && stage.isShowing()
                                && stage.getScene().getFocusOwner() instanceof TextInputControl);
    }

    private void note() {
        long now = System.currentTimeMillis();
        try {
            OwnerFile.replace(file.toAbsolutePath(), Long.toString(now).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.warn("event=start_not_noted", e);
        }
    }
}
