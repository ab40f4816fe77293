package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import javafx.animation.AnimationTimer;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Measures, by hand and not as a test, how fast a large document is opened and typed in while
/// others type: `java ... coscribe.desktop.view.text.SurfaceSpeed [seconds]`.
final class SurfaceSpeed {
    private static final int PARAGRAPHS = 10_000;
    private static final int OTHERS = 20;

    private final SplittableRandom random = new SplittableRandom(1);
    private final int seconds;
    private final double[] keys = new double[100_000];
    private final double[] keyWork = new double[100_000];
    private final double[] pulses = new double[100_000];
    private int keyCount;
    private int pulseCount;

    private SurfaceSpeed(int seconds) {
        this.seconds = seconds;
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        new SurfaceSpeed(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20).run();
        System.exit(0);
    }

    static Document document() {
        var random = new SplittableRandom(7);
        var written = new Written();
        for (int i = 0; i < PARAGRAPHS; i++) {
            switch (i % 12) {
                case 0 -> written.line("Heading of part " + i, Written.heading(1 + i / 12 % 4));
                case 3, 4 -> written.line(words(random, 12), Written.item("bullet", i % 3));
                case 6, 7, 8 -> written.line(words(random, 14), Written.item("ordered", 0));
                case 10 -> written.line(words(random, 20), Attributes.of("quote", Value.TRUE));
                default ->
                    written.run(words(random, 10))
                            .run(words(random, 3), Written.BOLD)
                            .run(words(random, 6))
                            .run(words(random, 2), Attributes.of("italic", Value.TRUE))
                            .run(words(random, 4))
                            .end(Attributes.NONE);
            }
        }
        return written.document();
    }

    private static String words(SplittableRandom random, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("lorem ipsum dolor sit amet consectetur".split(" ")[random.nextInt(6)])
                    .append(' ');
        }
        return text.toString();
    }

    private void run() throws InterruptedException {
        Fx.start();
        var document = document();
        var small = Fx.call(() -> Desk.of("warm\nup"));
        Fx.frames(30);
        Fx.run(small::close);
        var desk = Fx.call(() -> Desk.of(""));
        Fx.frames(30);
        long begun = System.nanoTime();
        double loaded = Fx.call(() -> {
            long started = now();
            desk.load(document, Caret.at(0));
            return millis(started);
        });
        Fx.frames(1);
        say(
                "characters %d, load %.0f ms, to the second frame %.0f ms",
                document.length(), loaded, (System.nanoTime() - begun) / 1e6);
        int[] places = new int[OTHERS];
        int here = Fx.call(() -> {
            int middle = document.length() / 2;
            desk.surface.scrollTo(middle, 0.1);
            return middle;
        });
        Fx.frames(10);
        var visible = Fx.call(() -> desk.surface.visible());
        for (int i = 0; i < OTHERS; i++) {
            places[i] = i < OTHERS / 2
                    ? visible.from() + random.nextInt(visible.to() - visible.from())
                    : random.nextInt(document.length() - 1);
        }
        say("visible %s of %d, caret %d", visible, document.length(), here);
        Fx.run(() -> {
            desk.caret = Caret.at(visible.from() + (visible.to() - visible.from()) / 2);
            desk.surface.select(desk.caret, false);
            desk.surface.requestFocus();
        });
        measure(desk, places, false);
        measure(desk, places, true);
        say(
                "all of it bold: %.0f ms",
                Fx.call(() -> {
                    long started = now();
                    int length = desk.document.length();
                    desk.own(Delta.builder().retain(length, Written.BOLD).build());
                    return millis(started);
                }));
        System.gc();
        var memory = Runtime.getRuntime();
        say("heap in use %d MB", (memory.totalMemory() - memory.freeMemory()) >> 20);
        Fx.run(desk::close);
    }

    private void measure(Desk desk, int[] places, boolean others) throws InterruptedException {
        keyCount = 0;
        pulseCount = 0;
        var done = new CountDownLatch(1);
        var scene = desk.stage.getScene();
        long[] pulseStart = new long[1];
        long[] keyAt = new long[1];
        Runnable laidOut = () -> {
            if (pulseStart[0] != 0) {
                pulses[pulseCount++] = millis(pulseStart[0]);
                pulseStart[0] = 0;
            }
            if (keyAt[0] != 0) {
                keys[keyCount++] = millis(keyAt[0]);
                keyAt[0] = 0;
            }
        };
        var timer = new AnimationTimer() {
            private long first;
            private int frame;
            private int said;

            @Override
            public void handle(long now) {
                pulseStart[0] = now();
                first = first == 0 ? now : first;
                frame++;
                double at = (now - first) / 1e9;
                if (at > seconds) {
                    stop();
                    done.countDown();
                }
                while (others && said < at * OTHERS * 3) {
                    int who = said++ % OTHERS;
                    int length = desk.document.length();
                    int place = Math.min(places[who], length - 1);
                    desk.foreign(Delta.builder().retain(place).insert("x").build(length));
                    for (int i = 0; i < OTHERS; i++) {
                        places[i] += places[i] >= place ? 1 : 0;
                    }
                }
                if (frame % 8 == 0) {
                    keyAt[0] = now();
                    var area = desk.surface.area();
                    javafx.event.Event.fireEvent(area, key(frame % 240 == 0 ? "\r" : "e"));
                    keyWork[keyCount] = millis(keyAt[0]);
                }
            }
        };
        Fx.run(() -> {
            scene.addPostLayoutPulseListener(laidOut);
            timer.start();
        });
        done.await();
        Fx.run(() -> scene.removePostLayoutPulseListener(laidOut));
        say(
                "others %b: keys %d, handled %s, laid out %s; pulses %d, %s",
                others,
                keyCount,
                figures(keyWork, keyCount),
                figures(keys, keyCount),
                pulseCount,
                figures(pulses, pulseCount));
    }

    private static KeyEvent key(String character) {
        return character.equals("\r")
                ? new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false)
                : new KeyEvent(KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false);
    }

    private static String figures(double[] times, int count) {
        double[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return "p50 %.1f p95 %.1f p99 %.1f max %.1f ms"
                .formatted(sorted[count / 2], sorted[count * 95 / 100], sorted[count * 99 / 100], sorted[count - 1]);
    }

    private static double millis(long since) {
        return (now() - since) / 1e6;
    }

    /// With `-Dcpu`, what this thread worked instead of how late it is: for a busy machine.
    private static long now() {
        return System.getProperty("cpu") == null
                ? System.nanoTime()
                : ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @SuppressWarnings("SystemOut")
    private static void say(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
