package coscribe.bench.editor;

import atlantafx.base.theme.PrimerLight;
import coscribe.client.DocumentLink;
import coscribe.desktop.Desktop;
import coscribe.desktop.DocumentWindow;
import coscribe.desktop.FxHome;
import coscribe.desktop.Places;
import coscribe.desktop.Wish;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.viewmodel.Strings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    /// The editor of a profile, as the program puts it together.
    ///
    /// @param ended  runs when its last window was closed
    public static Desktop desktop(Path profile, String name, Theme theme, Runnable ended) {
        return call(() -> new Desktop(
                new Desktop.Around(
                        Places.in(profile),
                        Policy.none(),
                        Strings.of(Locale.UK),
                        theme,
                        new FxHome(),
                        InstantSource.system(),
                        ZoneId.systemDefault(),
                        new SecureRandom(),
                        name,
                        "0.1.0",
                        target -> {},
                        (owner, file) -> Optional.empty(),
                        () -> Set.of()),
                ended));
    }

    /// Opens a document in a window, and returns when that is shown.
    public static DocumentWindow window(Desktop desktop, DocumentLink link) {
        var opened = new CompletableFuture<DocumentWindow>();
        run(() -> {
            desktop.onWindow(opened::complete);
            desktop.open(new Wish.Open(link));
        });
        return opened.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
