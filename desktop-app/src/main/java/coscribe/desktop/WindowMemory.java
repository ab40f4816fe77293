package coscribe.desktop;

import java.nio.file.Path;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// How large windows are wanted, for each size of screen. A file that cannot be read or written is
/// no trouble: windows then have their usual size. On the thread that draws.
final class WindowMemory {
    private final SettingsFile file;

    /// @param folder  made if it is missing
    WindowMemory(Path folder) {
        this.file = new SettingsFile(folder, "windows", "How large windows are wanted, for each size of screen");
    }

    /// Gives a window the size that the last one had on this screen, if it fits, and notes its own
    /// when it is closed.
    void follow(Stage stage) {
        read(Screen.getPrimary()).ifPresent(size -> {
            stage.setWidth(size.getWidth());
            stage.setHeight(size.getHeight());
        });
        stage.showingProperty().addListener((property, was, is) -> {
            if (was && !is && !stage.isMaximized() && !stage.isFullScreen() && !stage.isIconified()) {
                write(screenOf(stage), stage.getWidth(), stage.getHeight());
            }
        });
    }

    private static Screen screenOf(Stage stage) {
        var there = Screen.getScreensForRectangle(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
        return there.isEmpty() ? Screen.getPrimary() : there.getFirst();
    }

    private static String keyOf(Screen screen) {
        var bounds = screen.getBounds();
        return Math.round(bounds.getWidth()) + "x" + Math.round(bounds.getHeight());
    }

    private Optional<Rectangle2D> read(Screen screen) {
        var room = screen.getVisualBounds();
        var text = Optional.ofNullable(file.read().getProperty(keyOf(screen))).orElse("");
        var parts = text.split("x", -1);
        try {
            var size = new Rectangle2D(0, 0, Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1]));
            return Optional.of(size)
                    .filter(it -> it.getWidth() <= room.getWidth() && it.getHeight() <= room.getHeight());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // never noted, or not by us
        }
    }

    private void write(Screen screen, double width, double height) {
        var noted = file.read();
        noted.setProperty(keyOf(screen), Math.round(width) + "x" + Math.round(height));
        file.write(noted);
    }
}
