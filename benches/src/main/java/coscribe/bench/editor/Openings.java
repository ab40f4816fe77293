package coscribe.bench.editor;

import coscribe.client.DocumentLink;
import coscribe.desktop.Desktop;
import coscribe.desktop.DocumentWindow;
import coscribe.desktop.Wish;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;

/// Opens documents in windows, as a click on them does, and takes the time until they are drawn
/// with the caret in them. Called from another thread than the one that draws.
final class Openings {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long PATIENCE_SECONDS = 120;
    /// The frame that a timer is called for is drawn behind it, and the next one begins when that
    /// was handed on.
    private static final int FRAMES = 2;

    private final Desktop desktop;
    private final LinkedBlockingQueue<Shown> shown = new LinkedBlockingQueue<>();

    /// A window that stands.
    ///
    /// @param there      nanoseconds of the clock when the window was there, before its first frame
    /// @param drawn      likewise, when it was drawn
    /// @param processor  nanoseconds that the thread that draws had worked by then
    private record Shown(DocumentWindow window, long there, long drawn, long processor) {}

    Openings(Desktop desktop) {
        this.desktop = desktop;
        Screen.run(() -> desktop.onWindow(this::watch));
    }

    private void watch(DocumentWindow window) {
        long there = System.nanoTime();
        Seat.place(window);
        new AnimationTimer() {
            private int frames;

            @Override
            public void handle(long nanos) {
                frames = window.isCaretSeen() ? frames + 1 : 0;
                if (frames == FRAMES) {
                    stop();
                    shown.add(new Shown(window, there, System.nanoTime(), THREADS.getCurrentThreadCpuTime()));
                }
            }
        }.start();
    }

    private Shown next(DocumentLink link) throws InterruptedException {
        Screen.run(() -> desktop.open(new Wish.Open(link)));
        var window = shown.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (window == null) {
            throw new IllegalStateException("the document was not shown in time");
        }
        return window;
    }

    /// How one document was opened, in milliseconds.
    ///
    /// @param there      until its window was there
    /// @param drawn      until it was drawn with the caret in it
    /// @param processor  of it, processor time of the thread that draws
    record Opened(DocumentWindow window, double there, double drawn, double processor) {
        String row(String when, int of) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d units: window there after %.0f ms; the thread that draws worked %.0f ms of processor time"
                            + " | %d | %.0f | | |",
                    when,
                    window.client().document().length(),
                    there,
                    processor,
                    of,
                    drawn);
        }
    }

    Opened open(DocumentLink link) throws InterruptedException {
        long processor = Screen.call(THREADS::getCurrentThreadCpuTime);
        long begun = System.nanoTime();
        var window = next(link);
        return new Opened(
                window.window(),
                (window.there() - begun) / 1e6,
                (window.drawn() - begun) / 1e6,
                (window.processor() - processor) / 1e6);
    }

    /// Opens a window that is not measured.
    DocumentWindow aside(DocumentLink link) throws InterruptedException {
        return next(link).window();
    }

    Seat seat(DocumentLink link) throws InterruptedException {
        var window = aside(link);
        return Screen.call(() -> new Seat(window));
    }
}
