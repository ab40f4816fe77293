package coscribe.bench.editor;

import atlantafx.base.theme.PrimerLight;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.desktop.FxHome;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Application;
import javafx.application.Platform;

/// The thread that draws, seen from another one: JavaFX on its platform without a screen.
public final class Screen {
    private static final long PATIENCE_SECONDS = 120;
    private static boolean started;

    private Screen() {}

    /// Starts JavaFX, once for the program.
    public static synchronized void start() {
        if (started) {
            return;
        }
        started = true;
        if (System.getProperty("glass.platform") == null) {
            System.setProperty("glass.platform", "Headless");
            System.setProperty("prism.order", "sw");
        }
        var up = new CountDownLatch(1);
        Platform.startup(up::countDown);
        Platform.setImplicitExit(false);
        await(up);
        run(() -> Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet()));
    }

    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the thread that draws did not answer in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static <T> T call(Callable<T> task) {
        var answer = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                answer.complete(task.call());
            } catch (Throwable failure) {
                answer.completeExceptionally(failure);
            }
        });
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the thread that draws did not answer in time", e);
        }
    }

    public static void run(Runnable task) {
        boolean done = call(() -> {
            task.run();
            return true;
        });
        if (!done) {
            throw new IllegalStateException("not run");
        }
    }

    /// A workshop whose documents live on the thread that draws, as in the editor.
    public static Workshop workshop() {
        return Workshop.at(new FxHome());
    }
}
