package coscribe.bench.windows;

import coscribe.desktop.DocumentWindow;
import coscribe.ot.presence.Caret;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.util.Duration;

/// Types into one window at a person's pace, through the scene as a keyboard does. On the thread
/// that draws.
final class Hands {
    /// After so long nothing that is waited for comes any more.
    private static final int WAITS_FOR = 400;
    private static final double UNEVEN = 0.45;

    private final DocumentWindow window;
    private final List<Stroke> strokes;
    private final double perSecond;
    private final Random random;
    private final CompletableFuture<Integer> done = new CompletableFuture<>();
    private final PauseTransition end = new PauseTransition();
    private final PauseTransition pause = new PauseTransition();
    private int next;
    private int waited;
    private boolean stopped;

    /// @param perSecond  strokes
    /// @param seed       for an uneven hand
    Hands(DocumentWindow window, List<Stroke> strokes, double perSecond, long seed) {
        this.window = window;
        this.strokes = strokes;
        this.perSecond = perSecond;
        this.random = new Random(seed);
        pause.setOnFinished(event -> step());
    }

    /// Completes with the number of strokes done, when all are or the time is over.
    CompletableFuture<Integer> write(double atMostSeconds) {
        end.setDuration(Duration.seconds(atMostSeconds));
        end.setOnFinished(event -> stopped = true);
        end.playFromStart();
        step();
        return done.copy();
    }

    private void step() {
        if (stopped || next == strokes.size()) {
            done.complete(next);
            return;
        }
        var stroke = strokes.get(next);
        if (does(stroke)) {
            next++;
            waited = 0;
        } else if (++waited > WAITS_FOR) {
            done.completeExceptionally(new IllegalStateException("never came: " + stroke));
            return;
        }
        double keys = stroke instanceof Stroke.Rest(int many) ? many : 1;
        pause.setDuration(Duration.seconds(keys / perSecond * (1 + UNEVEN * (2 * random.nextDouble() - 1))));
        pause.playFromStart();
    }

    /// Whether it could be done.
    private boolean does(Stroke stroke) {
        return switch (stroke) {
            case Stroke.Type(var character) -> {
                fire(new KeyEvent(KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false));
                yield true;
            }
            case Stroke.Press(var key, boolean shift, boolean shortcut) -> {
                boolean mac = System.getProperty("os.name", "").startsWith("Mac");
                for (var type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
                    fire(new KeyEvent(
                            type, KeyEvent.CHAR_UNDEFINED, "", key, shift, shortcut && !mac, false, shortcut && mac));
                }
                yield true;
            }
            case Stroke.Behind(var words) -> {
                int at = window.client().text().indexOf(words);
                yield at >= 0 && select(Caret.at(at + words.length()));
            }
            case Stroke.Mark(var words) -> {
                int at = window.client().text().indexOf(words);
                yield at >= 0 && select(new Caret(at, at + words.length()));
            }
            case Stroke.Move(int by) -> {
                int most = window.model().document().length() - 1;
                yield select(Caret.at(Math.clamp(window.model().selection().head() + (long) by, 0, most)));
            }
            case Stroke.Paste(var text) -> {
                window.model().pastePlain(text);
                yield true;
            }
            case Stroke.Rest ignored -> true;
        };
    }

    private boolean select(Caret caret) {
        window.model().selectAndReveal(caret);
        return true;
    }

    private void fire(KeyEvent event) {
        if (!Platform.isFxApplicationThread()) {
            throw new IllegalStateException("not on the thread that draws");
        }
        var owner = window.stage().getScene().getFocusOwner();
        Event.fireEvent(owner == null ? window.stage().getScene() : owner, event);
    }
}
