package coscribe.desktop.view.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javax.imageio.ImageIO;

/// Pictures of scenes, in `target/shots`.
public final class Shots {
    private static final Path FOLDER = Path.of("target", "shots");

    private Shots() {}

    /// A picture of a scene as it is now, styled and laid out. On the thread that draws.
    public static void take(Scene scene, String name) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        try {
            Files.createDirectories(FOLDER);
            ImageIO.write(
                    SwingFXUtils.fromFXImage(scene.snapshot(null), null),
                    "png",
                    FOLDER.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
