package coscribe.desktop;

import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.viewmodel.Strings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;

/// The editor as a process: the toolkit around one {@link Desktop}.
final class Editor {
    /// Systems that end kill what takes longer.
    private static final int END_WITHIN_SECONDS = 8;

    private Editor() {}

    /// @param wish     what to begin with
    /// @param watcher  is shown the editor before it opens anything
    record Start(Places places, Wish wish, SingleInstance instance, String version, Consumer<Desktop> watcher) {}

    /// Opens the editor and returns when its last window was closed, or the process was asked to
    /// end.
    static void run(Start start) {
        var ended = new CountDownLatch(1);
        Platform.startup(() -> {
            Platform.setImplicitExit(false);
            var strings = Strings.usual();
            var desktop = new Desktop(
                    new Desktop.Around(
                            start.places(),
                            strings,
                            Theme.followingSystem(),
                            new FxHome(),
                            InstantSource.system(),
                            ZoneId.systemDefault(),
                            new SecureRandom(),
                            PersonName.ofThisComputer(),
                            start.version(),
                            new Browser(),
                            new FileDialog(strings)),
                    ended::countDown);
            start.instance().listen(wish -> Platform.runLater(() -> desktop.open(wish)));
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("coscribe-end").unstarted(() -> {
                        if (ended.getCount() > 0 && !endedBy(desktop, ended)) {
                            desktop.abandon();
                        }
                    }));
            start.watcher().accept(desktop);
            StartWatch.onRequest(desktop);
            Rehearsal.onRequest(desktop);
            desktop.open(start.wish());
        });
        await(ended);
        Platform.exit();
    }

    private static boolean endedBy(Desktop desktop, CountDownLatch ended) {
        try {
            Platform.runLater(desktop::end);
            return ended.await(END_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IllegalStateException e) {
            return false; // the thread that draws is gone
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
