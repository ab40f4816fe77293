package coscribe.desktop;

import coscribe.client.InviteLink;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.viewmodel.Strings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;

/// The editor as a process: the toolkit around one {@link Desktop}.
final class Editor {
    private Editor() {}

    /// @param join  what to begin with
    record Start(Places places, Optional<InviteLink> join, SingleInstance instance, String version) {}

    /// Opens the editor and returns when its last window was closed, or the process was asked to
    /// end.
    static void run(Start start) {
        var ended = new CountDownLatch(1);
        Platform.startup(() -> {
            Platform.setImplicitExit(false);
            var desktop = new Desktop(
                    new Desktop.Around(
                            start.places(),
                            Strings.usual(),
                            Theme.followingSystem(),
                            new FxHome(),
                            InstantSource.system(),
                            ZoneId.systemDefault(),
                            new SecureRandom(),
                            PersonName.ofThisComputer(),
                            start.version()),
                    ended::countDown);
            start.instance().listen(join -> Platform.runLater(() -> desktop.open(join)));
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("coscribe-end").unstarted(() -> {
                        if (ended.getCount() > 0) {
                            Platform.runLater(desktop::quit);
                            await(ended);
                        }
                    }));
            desktop.open(start.join());
        });
        await(ended);
        Platform.exit();
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
