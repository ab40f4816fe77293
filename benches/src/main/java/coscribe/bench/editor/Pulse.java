package coscribe.bench.editor;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;

/// Watches the thread that draws: how long a frame's work takes, how long a key waits for its
/// frame, and how long anything kept the thread from answering.
final class Pulse {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long BEAT_NANOS = 4_000_000;

    private final Scene scene;
    private final List<Long> frames = new ArrayList<>(); // nanoseconds, on the thread that draws
    private final List<Long> keysBusy = new ArrayList<>();
    private final List<Long> keysWork = new ArrayList<>();
    private final List<Long> framesWork = new ArrayList<>();
    private final List<Long> keysSeen = new ArrayList<>();
    private final List<Long> blocked = new ArrayList<>();
    private long begun;
    private long begunWork;
    private long keyPosted;
    private long keyProcessor;
    private long keyWork = -1;
    private volatile boolean watching = true;
    private final Runnable afterLayout = this::drawn;
    private final AnimationTimer first = new AnimationTimer() {
        @Override
        public void handle(long now) {
            begun = System.nanoTime();
            begunWork = THREADS.getCurrentThreadCpuTime();
        }
    };

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
            if (keyWork >= 0) {
                keysWork.add(keyProcessor + processor);
                keysBusy.add(keyWork + now - begun);
                keysSeen.add(now - keyPosted);
                keyWork = -1;
            }
        }
    }

    /// From any thread: something that stands for a key is done on the thread that draws, and is
    /// measured until it is laid out.
    void key(Runnable key) {
        long posted = System.nanoTime();
        Platform.runLater(() -> {
            long start = System.nanoTime();
            long processor = THREADS.getCurrentThreadCpuTime();
            key.run();
            keyWork = System.nanoTime() - start;
            keyProcessor = THREADS.getCurrentThreadCpuTime() - processor;
            keyPosted = posted;
        });
    }

    private void beat() {
        while (watching) {
            long posted = System.nanoTime();
            var waiter = Thread.currentThread();
            var done = new boolean[1];
            Platform.runLater(() -> {
                blocked.add(System.nanoTime() - posted);
                done[0] = true;
                LockSupport.unpark(waiter);
            });
            LockSupport.parkNanos(BEAT_NANOS * 50);
            LockSupport.parkNanos(BEAT_NANOS);
        }
    }

    /// What was seen so far is forgotten. On the thread that draws.
    void forget() {
        frames.clear();
        framesWork.clear();
        keysWork.clear();
        keysBusy.clear();
        keysSeen.clear();
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
        first.stop();
        scene.removePostLayoutPulseListener(afterLayout);
    }

    List<String> rows(String when) {
        return List.of(
                row(when, "a key's work and its frame's, on the thread that draws", keysBusy),
                row(when, "the same in processor time, which other programs do not lengthen", keysWork),
                row(when, "from the key to its frame laid out, waiting for the frame included", keysSeen),
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
