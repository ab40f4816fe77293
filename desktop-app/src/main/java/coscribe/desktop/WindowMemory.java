package coscribe.desktop;

import coscribe.desktop.viewmodel.Alarm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// How large windows are wanted, for each size of screen. A file that cannot be read or written is
/// no trouble: windows then have their usual size. On the thread that draws.
final class WindowMemory {
    /// From a change of size to the note of it: while an edge is drawn, nothing is noted.
    private static final Duration SOON = Duration.ofSeconds(1);

    private final SettingsFile file;
    private final Properties noted;
    private final Executor disk;
    private final Function<Runnable, Alarm> alarms;

    /// @param folder  made if it is missing
    /// @param disk    where it is written, one task after the other
    /// @param alarms  an alarm that wakes what it is given
    WindowMemory(Path folder, Executor disk, Function<Runnable, Alarm> alarms) {
        this.file = new SettingsFile(folder, "windows", "How large windows are wanted, for each size of screen");
        this.noted = file.read();
        this.disk = disk;
        this.alarms = alarms;
    }

    /// Gives a window the size that the last one had on this screen, if it fits, and notes its own:
    /// soon after each change, as a program may end unexpectedly, and when it is closed.
    void follow(Stage stage) {
        sizeOn(Screen.getPrimary()).ifPresent(size -> {
            stage.setWidth(size.getWidth());
            stage.setHeight(size.getHeight());
        });
        var soon = alarms.apply(() -> {
            if (stage.isShowing()) {
                note(stage);
            }
        });
        stage.widthProperty().addListener((property, was, is) -> soon.setIn(SOON));
        stage.heightProperty().addListener((property, was, is) -> soon.setIn(SOON));
        stage.showingProperty().addListener((property, was, is) -> {
            if (was && !is) {
                soon.close();
                note(stage);
            }
        });
    }

    private void note(Stage stage) {
        if (!stage.isMaximized() && !stage.isFullScreen() && !stage.isIconified()) {
            String key = keyOf(screenOf(stage));
            String size = Math.round(stage.getWidth()) + "x" + Math.round(stage.getHeight());
            if (!size.equals(noted.setProperty(key, size))) {
                file.write(noted, disk);
            }
        }
    }

    private static Screen screenOf(Stage stage) {
        var there = Screen.getScreensForRectangle(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
        return there.isEmpty() ? Screen.getPrimary() : there.getFirst();
    }

    private static String keyOf(Screen screen) {
        var bounds = screen.getBounds();
        return Math.round(bounds.getWidth()) + "x" + Math.round(bounds.getHeight());
    }

    private Optional<Rectangle2D> sizeOn(Screen screen) {
        var room = screen.getVisualBounds();
        var text = noted.getProperty(keyOf(screen), "");
        var parts = text.split("x", -1);
        try {
            var size = new Rectangle2D(0, 0, Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1]));
            return Optional.of(size)
                    .filter(it -> it.getWidth() <= room.getWidth() && it.getHeight() <= room.getHeight());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // never noted, or not by us
        }
    }
}
