package coscribe.desktop;

import coscribe.client.link.OwnerFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes when the editor is ready to be typed into: how long after its JVM began, and for whoever
/// measures the start from outside: with `-Dcoscribe.started=FILE` the time is written there, in
/// milliseconds since 1970; with `-Dcoscribe.started.quit=true` the editor ends then. On the thread
/// that draws.
final class StartWatch extends AnimationTimer {
    private static final Logger LOG = LoggerFactory.getLogger(StartWatch.class);
    /// The frame that a timer is called for is drawn behind it, and the next one begins when that
    /// was handed on.
    private static final int FRAMES = 2;
    /// A window that nobody looks at is not waited for much longer.
    private static final int MOST_FRAMES = 600;

    private final Desktop desktop;
    private final Optional<Path> file;
    private final boolean quit;
    private int frames;
    private int all;

    private StartWatch(Desktop desktop, Optional<Path> file, boolean quit) {
        this.desktop = desktop;
        this.file = file;
        this.quit = quit;
    }

    static void of(Desktop desktop) {
        var file = Optional.ofNullable(System.getProperty("coscribe.started"))
                .filter(it -> !it.isEmpty())
                .map(Path::of);
        new StartWatch(desktop, file, Boolean.getBoolean("coscribe.started.quit")).start();
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
        } else if (++all == MOST_FRAMES && file.isEmpty()) {
            stop();
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

    /// Java's own figures take a while to be asked for the first time.
    private void note() {
        long now = System.currentTimeMillis();
        desktop.files().execute(() -> {
            long took = now - ManagementFactory.getRuntimeMXBean().getStartTime();
            LOG.info("event=ready millis={}", took);
            file.ifPresent(it -> write(it, now));
            desktop.around().home().execute(() -> desktop.speed().started(took));
        });
    }

    private static void write(Path file, long now) {
        try {
            OwnerFile.replace(file.toAbsolutePath(), Long.toString(now).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.warn("event=start_not_noted", e);
        }
    }
}
