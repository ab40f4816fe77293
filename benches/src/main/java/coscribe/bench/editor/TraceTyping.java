package coscribe.bench.editor;

import coscribe.bench.trace.Recording;
import coscribe.bench.trace.Recording.Patch;
import coscribe.bench.trace.Recording.Txn;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.input.KeyCode;

/// Types a recording of one writer into the widget: what came as characters by keys, what came at
/// once by pasting.
public final class TraceTyping {
    /// More than this at once was pasted.
    private static final int TYPED_AT_MOST = 4;
    private static final int AT_A_TIME = 8;

    private TraceTyping() {}

    /// How the typing went.
    ///
    /// @param keys    pressed
    /// @param nanos   that the thread that draws took for each transaction, without drawing it
    public record Typed(long keys, List<Long> nanos) {}

    /// Returns when all of it is typed; call from another thread than the one that draws.
    public static Typed type(Recording recording, Seat seat) {
        Screen.run(() -> seat.model().setTypingAids(false)); // what was recorded is what is to be there
        var nanos = new ArrayList<Long>();
        long keys = 0;
        var txns = recording.txns();
        for (int at = 0; at < txns.size(); at += AT_A_TIME) {
            var some = txns.subList(at, Math.min(txns.size(), at + AT_A_TIME));
            keys += Screen.call(() -> some.stream()
                    .mapToLong(txn -> {
                        long begun = System.nanoTime();
                        long pressed = type(txn, seat);
                        nanos.add(System.nanoTime() - begun);
                        return pressed;
                    })
                    .sum());
        }
        return new Typed(keys, nanos);
    }

    private static long type(Txn txn, Seat seat) {
        long keys = 0;
        for (Patch patch : txn.patches()) {
            seat.caret(patch.position() + patch.deleted(), patch.position());
            if (patch.inserted().isEmpty()) {
                seat.press(KeyCode.BACK_SPACE);
                keys++;
            } else if (patch.inserted().length() > TYPED_AT_MOST) {
                seat.model().pastePlain(patch.inserted());
                keys++;
            } else {
                int[] characters = patch.inserted().codePoints().toArray();
                for (int character : characters) {
                    seat.type(Character.toString(character));
                }
                keys += characters.length;
            }
        }
        return keys;
    }
}
