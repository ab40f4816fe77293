package coscribe.bench.editor;

import com.sun.javafx.scene.SceneHelper;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;

/// Watches the thread that draws: how long a frame's work takes, how long a key waits for its
/// frame, and how long anything kept the thread from answering. A frame's work is what comes before
/// it is painted: timers, CSS, layout. JavaFX paints on another thread, from a copy of what changed,
/// and gives the window its pixels; a key's last row waits for that, too.
final class Pulse {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long BEAT_NANOS = 4_000_000;

    private final Scene scene;
    private final List<Long> frames = new ArrayList<>(); // nanoseconds, on the thread that draws
    private final List<Long> keysBusy = new ArrayList<>();
    private final List<Long> keysWork = new ArrayList<>();
    private final List<Long> framesWork = new ArrayList<>();
    private final List<Long> keysSeen = new ArrayList<>();
    private final List<Long> keysPainted = new ArrayList<>();
    private final List<Long> blocked = new ArrayList<>();
    private final List<Key> struck = new ArrayList<>(); // since the last frame
    private long begun;
    private long begunWork;
    private volatile boolean watching = true;
    private final Runnable afterLayout = this::drawn;
    private final ExecutorService waiting = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("painted").factory());
    private final AnimationTimer first = new AnimationTimer() {
        @Override
        public void handle(long now) {
            begun = System.nanoTime();
            begunWork = THREADS.getCurrentThreadCpuTime();
        }
    };

    /// A key that waits for its frame; nanoseconds.
    private record Key(long posted, long work, long processor) {}

    /// On the thread that draws, before anything else of the scene has a timer.
    Pulse(Scene scene) {
        this.scene = scene;
        first.start();
        scene.addPostLayoutPulseListener(afterLayout);
        Thread.ofPlatform().daemon().name("beat").start(this::beat);
    }

    private void drawn() {
        long now = System.nanoTime();
        if (begun > 0) {
            long processor = THREADS.getCurrentThreadCpuTime() - begunWork;
            frames.add(now - begun);
            framesWork.add(processor);
            for (Key key : struck) {
                keysWork.add(key.processor + processor);
                keysBusy.add(key.work + now - begun);
                keysSeen.add(now - key.posted);
            }
            if (!struck.isEmpty()) {
                var keys = List.copyOf(struck);
                Platform.runLater(() -> whenPainted(keys)); // this frame is handed over to be painted by then
            }
            struck.clear();
        }
    }

    /// The window's pixels are a task of the thread that draws, which the painter asks for before it
    /// says that it is done: whatever is asked for behind that comes behind them. There is no public
    /// way to hear of it.
    private void whenPainted(List<Key> keys) {
        var window = SceneHelper.getPeer(scene);
        waiting.execute(() -> {
            window.waitForRenderingToComplete();
            Platform.runLater(() -> {
                long now = System.nanoTime();
                keys.forEach(key -> keysPainted.add(now - key.posted));
            });
        });
    }

    /// From any thread: something that stands for a key is done on the thread that draws, and is
    /// measured until it is laid out.
    void key(Runnable key) {
        long posted = System.nanoTime();
        Platform.runLater(() -> {
            long start = System.nanoTime();
            long processor = THREADS.getCurrentThreadCpuTime();
            key.run();
            struck.add(new Key(posted, System.nanoTime() - start, THREADS.getCurrentThreadCpuTime() - processor));
        });
    }

    /// Asks for the thread that draws again and again, a little after each answer.
    private void beat() {
        var answers = new Semaphore(0);
        while (watching) {
            long posted = System.nanoTime();
            Platform.runLater(() -> {
                blocked.add(System.nanoTime() - posted);
                answers.release();
            });
            answers.acquireUninterruptibly();
            LockSupport.parkNanos(BEAT_NANOS);
        }
    }

    /// How many keys were measured to the end since what was seen was forgotten. On the thread that
    /// draws.
    int keys() {
        return keysPainted.size();
    }

    /// What was seen so far is forgotten. On the thread that draws.
    void forget() {
        frames.clear();
        framesWork.clear();
        keysWork.clear();
        keysBusy.clear();
        keysSeen.clear();
        keysPainted.clear();
        blocked.clear();
    }

    /// The longest that the thread that draws did not answer, or worked at one frame, in
    /// nanoseconds. On the thread that draws.
    long longest() {
        return Stream.of(frames, blocked)
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /// On the thread that draws.
    void stop() {
        watching = false;
        waiting.shutdown();
        first.stop();
        scene.removePostLayoutPulseListener(afterLayout);
    }

    List<String> rows(String when) {
        return List.of(
                row(when, "a key's work and its frame's, on the thread that draws", keysBusy),
                row(when, "the same in processor time, which other programs do not lengthen", keysWork),
                row(when, "from the key to its frame laid out, waiting for the frame included", keysSeen),
                row(when, "from the key to its frame's pixels in the window, painted on another thread", keysPainted),
                row(when, "a frame's work on the thread that draws", frames),
                row(when, "the same in processor time", framesWork),
                row(when, "any task's wait for the thread that draws", blocked));
    }

    private static String row(String when, String what, List<Long> nanos) {
        var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return "| " + when + " | " + what + " | 0 | | | |";
        }
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d | %.1f | %.1f | %.1f |",
                when,
                what,
                sorted.length,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }
}
