package coscribe.desktop.view.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javax.imageio.ImageIO;

/// Starts the toolkit once, does things on its thread, and takes pictures.
public final class Stagehand {
    private static final Path SHOTS = Path.of("target", "shots");

    private Stagehand() {}

    static void open() {
        var started = new CountDownLatch(1);
        try {
            Platform.startup(started::countDown);
            if (!started.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the toolkit did not start");
            }
        } catch (IllegalStateException alreadyOpen) {
            // another test was first
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        Platform.setImplicitExit(false);
    }

    /// Runs on the thread that draws and waits for the answer.
    static <T> T onStage(Callable<T> task) {
        var answer = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                answer.complete(task.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    static void stage(Runnable task) {
        var _ = onStage(() -> {
            task.run();
            return true;
        });
    }

    /// A picture of a scene as it is now, styled and laid out. On the thread that draws.
    public static void picture(Scene scene, String name) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        try {
            Files.createDirectories(SHOTS);
            ImageIO.write(
                    SwingFXUtils.fromFXImage(scene.snapshot(null), null),
                    "png",
                    SHOTS.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
