package coscribe.bench.windows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javax.imageio.ImageIO;

/// Pictures of windows, as PNG files.
final class Pictures {
    private static final int GAP = 24;
    private static final int AROUND = 0xff6e7781;

    private Pictures() {}

    /// What the screen shows where a window is. On the thread that draws.
    static void ofWindow(Stage stage, Path file) {
        var bounds = new Rectangle2D(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
        write(
                new Robot()
                        .getScreenCapture(new WritableImage((int) bounds.getWidth(), (int) bounds.getHeight()), bounds),
                file);
    }

    static void write(Image image, Path file) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, width, height, pixels, 0, width);
        write(picture, file);
    }

    private static void write(BufferedImage picture, Path file) {
        try {
            if (!ImageIO.write(picture, "png", file.toFile())) {
                throw new IOException("no writer for PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /// Several pictures beside each other.
    static void sideBySide(List<Path> files, Path file) {
        var pictures = files.stream().map(Pictures::read).toList();
        int width = pictures.stream().mapToInt(BufferedImage::getWidth).sum() + GAP * (pictures.size() + 1);
        int height = pictures.stream().mapToInt(BufferedImage::getHeight).max().orElse(0) + 2 * GAP;
        var whole = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = whole.createGraphics();
        pen.setColor(new java.awt.Color(AROUND));
        pen.fillRect(0, 0, width, height);
        int x = GAP;
        for (var picture : pictures) {
            pen.drawImage(picture, x, GAP, null);
            x += picture.getWidth() + GAP;
        }
        pen.dispose();
        write(whole, file);
    }

    private static BufferedImage read(Path file) {
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
