package coscribe.bench.windows;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.TexturePaint;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.robot.Robot;
import javafx.scene.transform.Scale;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;

/// Pictures of windows, as PNG files.
final class Pictures {
    private static final int GAP = 24;
    private static final int AROUND = 0xff6e7781;
    private static final int WORDS = 28; // px of height over a picture
    private static final int WORDS_SIZE = 17; // px

    /// Px of a close picture for each of the screen's: words stay sharp where a page shows it smaller.
    static final double CLOSE = 1.5;

    private static final int CORNER = 9; // px of the screen, how round the corners of a loose piece are
    private static final int SHADOW = 14; // px of the screen, how far it is seen around one
    private static final Color EDGE = new Color(0x59, 0x63, 0x6e, 0x90);

    private Pictures() {}

    /// What the screen shows where a window is. On the thread that draws.
    static void ofWindow(Stage stage, Path file) {
        var bounds = new Rectangle2D(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
        write(
                new Robot()
                        .getScreenCapture(new WritableImage((int) bounds.getWidth(), (int) bounds.getHeight()), bounds),
                file);
    }

    /// Windows as they lie on the screen, each over the ones before. On the thread that draws.
    static void ofWindows(List<? extends Window> windows, Path file) {
        double left = windows.stream().mapToDouble(Window::getX).min().orElseThrow() - GAP;
        double top = windows.stream().mapToDouble(Window::getY).min().orElseThrow() - GAP;
        double right = windows.stream()
                .mapToDouble(it -> it.getX() + it.getWidth())
                .max()
                .orElseThrow();
        double bottom = windows.stream()
                .mapToDouble(it -> it.getY() + it.getHeight())
                .max()
                .orElseThrow();
        var whole =
                new BufferedImage((int) (right - left) + GAP, (int) (bottom - top) + GAP, BufferedImage.TYPE_INT_RGB);
        var pen = ground(whole);
        for (var window : windows) {
            var how = new SnapshotParameters();
            how.setFill(javafx.scene.paint.Color.TRANSPARENT);
            how.setViewport(new Rectangle2D(0, 0, window.getWidth(), window.getHeight()));
            var image = picture(window.getScene().getRoot().snapshot(how, null), BufferedImage.TYPE_INT_ARGB);
            pen.drawImage(image, (int) (window.getX() - left), (int) (window.getY() - top), null);
        }
        pen.dispose();
        write(whole, file);
    }

    /// A window's content, larger than it is on the screen. On the thread that draws.
    static void closely(Scene scene, Path file) {
        var how = new SnapshotParameters();
        how.setTransform(new Scale(CLOSE, CLOSE));
        how.setFill(scene.getFill());
        how.setViewport(new Rectangle2D(0, 0, scene.getWidth() * CLOSE, scene.getHeight() * CLOSE));
        write(scene.getRoot().snapshot(how, null), file);
    }

    /// A part of a close picture, and where it lies in another one; in px of the screen.
    ///
    /// @param from    px of the picture's height that are cut off at the top
    /// @param height  px, what is left of it at most
    record Piece(Path file, int x, int y, int from, int height) {}

    /// Pieces of close pictures on nothing, each over the ones before, so that they stand on a page of
    /// any colour: with round corners, an edge and a shadow.
    static void loose(List<Piece> pieces, Path file) {
        var images = pieces.stream().map(Pictures::part).toList();
        int width = 0;
        int height = 0;
        for (int i = 0; i < pieces.size(); i++) {
            width = Math.max(
                    width, close(pieces.get(i).x() + GAP) + images.get(i).getWidth());
            height = Math.max(
                    height, close(pieces.get(i).y() + GAP) + images.get(i).getHeight());
        }
        var whole = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var pen = whole.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (int i = 0; i < pieces.size(); i++) {
            lay(
                    pen,
                    images.get(i),
                    close(pieces.get(i).x()),
                    close(pieces.get(i).y()));
        }
        pen.dispose();
        write(whole, file);
    }

    private static int close(int screen) {
        return (int) Math.round(screen * CLOSE);
    }

    private static BufferedImage part(Piece piece) {
        var picture = read(piece.file());
        int from = close(piece.from());
        return picture.getSubimage(
                0, from, picture.getWidth(), Math.min(close(piece.height()), picture.getHeight() - from));
    }

    private static void lay(Graphics2D pen, BufferedImage image, int x, int y) {
        int width = image.getWidth();
        int height = image.getHeight();
        int corner = 2 * close(CORNER);
        pen.setColor(new Color(0, 0, 0, 2)); // of which many lie over each other
        for (int grown = close(SHADOW); grown > 0; grown--) {
            pen.fill(new RoundRectangle2D.Double(
                    x - grown,
                    y - grown + 4,
                    width + 2 * grown,
                    height + 2 * grown,
                    corner + 2 * grown,
                    corner + 2 * grown));
        }
        var shape = new RoundRectangle2D.Double(x, y, width, height, corner, corner);
        pen.setPaint(new TexturePaint(image, new Rectangle(x, y, width, height)));
        pen.fill(shape);
        pen.setPaint(EDGE);
        pen.draw(new RoundRectangle2D.Double(x + 0.5, y + 0.5, width - 1, height - 1, corner, corner));
    }

    static void write(Image image, Path file) {
        write(picture(image, BufferedImage.TYPE_INT_RGB), file);
    }

    private static BufferedImage picture(Image image, int type) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        var picture = new BufferedImage(width, height, type);
        picture.setRGB(0, 0, width, height, pixels, 0, width);
        return picture;
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
        write(beside(files.stream().map(Pictures::read).toList()), file);
    }

    /// Several pictures beside each other, with words over each.
    static void sideBySide(List<String> words, List<Path> files, Path file) {
        var pictures = files.stream().map(Pictures::read).toList();
        var row = beside(pictures);
        var whole = new BufferedImage(row.getWidth(), row.getHeight() + WORDS, BufferedImage.TYPE_INT_RGB);
        var pen = ground(whole);
        pen.drawImage(row, 0, WORDS, null);
        int x = GAP;
        for (int i = 0; i < pictures.size(); i++) {
            pen.drawString(words.get(i), x, WORDS + WORDS_SIZE / 2);
            x += pictures.get(i).getWidth() + GAP;
        }
        pen.dispose();
        write(whole, file);
    }

    /// All grey, with a pen for white words.
    private static Graphics2D ground(BufferedImage whole) {
        var pen = whole.createGraphics();
        pen.setColor(new Color(AROUND));
        pen.fillRect(0, 0, whole.getWidth(), whole.getHeight());
        pen.setColor(Color.WHITE);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, WORDS_SIZE));
        return pen;
    }

    /// Several pictures beside each other, once for each kind of eye, one below the other.
    static void toEveryEye(List<Path> files, Path file) {
        var row = beside(files.stream().map(Pictures::read).toList());
        var eyes = Eye.values();
        int step = row.getHeight() + WORDS;
        var whole = new BufferedImage(row.getWidth(), step * eyes.length, BufferedImage.TYPE_INT_RGB);
        var pen = ground(whole);
        for (int i = 0; i < eyes.length; i++) {
            pen.drawImage(seen(row, eyes[i]), 0, i * step + WORDS, null);
            pen.drawString(eyes[i].words(), GAP, i * step + WORDS + WORDS_SIZE / 2);
        }
        pen.dispose();
        write(whole, file);
    }

    private static BufferedImage seen(BufferedImage picture, Eye eye) {
        var seen = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int rgb = picture.getRGB(x, y);
                seen.setRGB(x, y, (rgb & 0xffffff) == (AROUND & 0xffffff) ? rgb : eye.sees(rgb));
            }
        }
        return seen;
    }

    private static BufferedImage beside(List<BufferedImage> pictures) {
        int width = pictures.stream().mapToInt(BufferedImage::getWidth).sum() + GAP * (pictures.size() + 1);
        int height = pictures.stream().mapToInt(BufferedImage::getHeight).max().orElse(0) + 2 * GAP;
        var whole = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = ground(whole);
        int x = GAP;
        for (var picture : pictures) {
            pen.drawImage(picture, x, GAP, null);
            x += picture.getWidth() + GAP;
        }
        pen.dispose();
        return whole;
    }

    private static BufferedImage read(Path file) {
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
