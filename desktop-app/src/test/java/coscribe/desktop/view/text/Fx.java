package coscribe.desktop.view.text;

import atlantafx.base.theme.PrimerLight;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.text.Font;
import javafx.stage.Window;

/// The thread that draws, for tests: starts JavaFX once, runs things there, waits for frames.
public final class Fx {
    private static final long DEADLINE_SECONDS = 30;
    private static boolean started;

    private Fx() {}

    public static void start() {
        if (!started) {
            started = true;
            var ready = new CountDownLatch(1);
            try {
                Platform.startup(ready::countDown);
            } catch (IllegalStateException alreadyRunning) {
                ready.countDown();
            }
            Platform.setImplicitExit(false);
            await(ready);
            run(Fx::readFaces);
            run(() -> Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet()));
        }
    }

    /// As the frame does for a whole window.
    private static void readFaces() {
        for (String face :
                List.of("Inter-Regular.otf", "Inter-Bold.otf", "Inter-Italic.otf", "JetBrainsMono-Regular.ttf")) {
            var source = Fx.class.getResource("/coscribe/desktop/view/frame/fonts/" + face);
            var _ = Font.loadFont(Objects.requireNonNull(source).toExternalForm(), -1);
        }
    }

    /// Also from that thread itself.
    public static <T> T call(Callable<T> task) {
        start();
        if (Platform.isFxApplicationThread()) {
            try {
                return task.call();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
        var answer = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                answer.complete(task.call());
            } catch (Throwable failure) {
                answer.completeExceptionally(failure);
            }
        });
        try {
            return answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failure) {
            if (failure.getCause() instanceof AssertionError broken) {
                throw broken;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static void run(Runnable task) {
        var ignored = call(() -> {
            task.run();
            return true;
        });
    }

    /// Closes what a test before left open, as one that failed does: for who looks at all windows.
    public static void closeWindows() {
        run(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
    }

    /// Returns when this many frames have been drawn.
    public static void frames(int count) {
        var drawn = new CountDownLatch(count + 1);
        var timer = new AnimationTimer() {
            @Override
            public void handle(long nanos) {
                drawn.countDown();
            }
        };
        run(timer::start);
        await(drawn);
        run(timer::stop);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("JavaFX did not answer in " + DEADLINE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
