package coscribe.desktop;

import coscribe.desktop.policy.Policy;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.viewmodel.Strings;
import java.net.Authenticator;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/// The editor as a process: the toolkit around one {@link Desktop}.
final class Editor {
    /// Systems that end kill what takes longer.
    private static final int END_WITHIN_SECONDS = 8;
    private static final int CUT_SHORT = 1;
    /// By convention, the exit code of what a signal ended is this and the signal's number.
    private static final int SIGNALLED = 128;
    /// The system shuts down or the person signs out; Ctrl+C; the terminal was closed.
    private static final List<String> ENDING = List.of("TERM", "INT", "HUP");
    private static final Logger LOG = LoggerFactory.getLogger(Editor.class);
    /// WM_CLASS on X11, and `StartupWMClass` of the menu entry.
    static final String WINDOW_CLASS = "coscribe";

    private Editor() {}

    /// @param wish     what to begin with
    /// @param watcher  is shown the editor before it opens anything
    record Start(
            Places places,
            Policy policy,
            Wish wish,
            SingleInstance instance,
            String version,
            Consumer<Desktop> watcher) {}

    /// Opens the editor and returns when its last window was closed, or the process was asked to
    /// end.
    ///
    /// @return the exit code: 0; 1 where a rehearsal was cut short; or 128 and the number of the
    ///     signal that asked
    static int run(Start start) {
        var ended = new CountDownLatch(1);
        var exitCode = new AtomicInteger();
        Platform.startup(() -> {
            Platform.setImplicitExit(false);
            // JavaFX takes it from the class that it is launched with, and knows no other way in public.
            com.sun.glass.ui.Application.GetApplication().setName(WINDOW_CLASS);
            var strings = Strings.usual();
            var desktop = new Desktop(
                    new Desktop.Around(
                            start.places(),
                            start.policy(),
                            strings,
                            Theme.followingSystem(),
                            new FxHome(),
                            InstantSource.system(),
                            ZoneId.systemDefault(),
                            new SecureRandom(),
                            PersonName.ofThisComputer(),
                            start.version(),
                            new Browser(),
                            new FileDialog(strings),
                            new NetworkAddresses()),
                    ended::countDown);
            Authenticator.setDefault(desktop.proxyPassword());
            start.instance().listen(wish -> Platform.runLater(() -> desktop.open(wish)));
            endWhenAsked(desktop, ended, exitCode);
            start.watcher().accept(desktop);
            StartWatch.of(desktop);
            Rehearsal.onRequest(desktop, () -> exitCode.compareAndSet(0, CUT_SHORT));
            desktop.open(start.wish());
        });
        await(ended);
        Platform.exit();
        return exitCode.get();
    }

    /// A shutdown hook would be too late: the toolkit has one of its own, which stops the thread
    /// that paints beside it. So the JVM is not told to end before the windows have.
    private static void endWhenAsked(Desktop desktop, CountDownLatch ended, AtomicInteger exitCode) {
        for (String name : ENDING) {
            try {
                Signal.handle(new Signal(name), signal -> {
                    int code = SIGNALLED + signal.getNumber();
                    if (exitCode.compareAndSet(0, code) && !endedBy(desktop, ended)) {
                        desktop.abandon();
                        System.exit(code);
                    }
                });
            } catch (IllegalArgumentException e) {
                LOG.debug("event=signal_unknown name={}", name, e); // Windows has no HUP
            }
        }
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
