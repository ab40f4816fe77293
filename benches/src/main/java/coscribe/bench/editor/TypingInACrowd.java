package coscribe.bench.editor;

import coscribe.bench.process.Patience;
import java.util.concurrent.TimeUnit;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;

/// One writes at a person's pace while others write where one looks. Called from another thread
/// than the one that draws, but for the constructor and {@link #stop}.
final class TypingInACrowd {
    static final int KEYS_PER_SECOND = 8;
    private static final java.time.Duration COME_WITHIN = java.time.Duration.ofSeconds(60);
    private static final java.time.Duration SEEN_WITHIN = java.time.Duration.ofSeconds(10); // after the last key
    private static final int SCROLL_EVERY = 80; // keys, a line or so: one looks at what one writes
    private static final int PARAGRAPH = 240; // keys, the last of them Enter
    private static final String LINE = "it is a fine day in the garden ";

    private final Seat seat;
    private final Pulse pulse;
    private final int inView;
    private final Timeline looking = new Timeline(new KeyFrame(Duration.seconds(1), look -> look()));
    private int struck;
    private long fewest = Long.MAX_VALUE; // on the thread that draws

    /// @param inView  how many of the others are to be in view, looked at each second
    TypingInACrowd(Seat seat, Pulse pulse, int inView) {
        this.seat = seat;
        this.pulse = pulse;
        this.inView = inView;
        looking.setCycleCount(Timeline.INDEFINITE);
    }

    private void look() {
        fewest = Math.min(fewest, seat.othersInView());
    }

    /// The smallest number of others who were in view when it was looked.
    long fewest() {
        return fewest;
    }

    /// Waits until the others have come to where one looks.
    void awaitOthers() {
        if (!Patience.until(COME_WITHIN, () -> Screen.call(() -> seat.othersInView() >= inView))) {
            throw new IllegalStateException("the others did not come into view");
        }
    }

    /// Types, and prints what was measured; it stands only where nothing is thrown.
    ///
    /// @throws IllegalStateException  where the others were not in view, or not every key was
    ///     measured and stands in the text
    void type(String when, int keys) throws InterruptedException {
        Screen.run(() -> {
            pulse.forget();
            looking.play();
        });
        for (int i = 0; i < keys; i++) {
            if (struck % SCROLL_EVERY == 0) {
                Screen.run(seat::scrollToCaret);
            }
            String character = ++struck % PARAGRAPH == 0 ? "\n" : String.valueOf(LINE.charAt(struck % LINE.length()));
            pulse.key(() -> seat.type(character));
            TimeUnit.MILLISECONDS.sleep(1_000 / KEYS_PER_SECOND - 25 + i * 37 % 50);
        }
        boolean _ = Patience.until(SEEN_WITHIN, () -> Screen.call(() -> pulse.keys() == keys));
        Screen.run(() -> {
            looking.stop();
            pulse.rows(when).forEach(System.out::println);
            require(keys);
        });
    }

    private void require(int keys) {
        if (pulse.keys() != keys) {
            throw new IllegalStateException(keys + " keys were struck, and " + pulse.keys() + " were measured");
        }
        if (seat.written() != struck) {
            throw new IllegalStateException(
                    struck + " keys were struck, and " + seat.written() + " characters of the text are this writer's");
        }
        if (fewest < inView) {
            throw new IllegalStateException("only " + fewest + " of the others were in view at some time");
        }
    }

    void stop() {
        looking.stop();
        pulse.stop();
    }
}
