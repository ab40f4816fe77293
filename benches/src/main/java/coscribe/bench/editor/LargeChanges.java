package coscribe.bench.editor;

import coscribe.client.runner.DocumentClient;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.InlineStyle;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javafx.scene.input.KeyCode;

/// Changes of a whole long document, one's own and somebody else's: how long each keeps the thread
/// that draws from answering. The document is empty at the beginning. Called from another thread
/// than the one that draws.
final class LargeChanges {
    private static final int ROUNDS = 8; // the first ones warm
    private static final int WARM = 3;
    private static final long PATIENCE_SECONDS = 60;
    private static final long NOT_YET = -1;

    private final Seat seat;
    private final DocumentClient guest;
    private final Map<String, List<Long>> worst = new LinkedHashMap<>(); // nanoseconds, by what was done
    private final Map<String, List<Long>> whole = new LinkedHashMap<>();

    /// @param guest  somebody else in the same document
    LargeChanges(Seat seat, DocumentClient guest) {
        this.seat = seat;
        this.guest = guest;
    }

    void measure() throws Exception {
        var pulse = Screen.call(() -> new Pulse(seat.scene()));
        for (int round = 0; round < ROUNDS; round++) {
            round(pulse, round >= WARM);
        }
        Screen.run(pulse::stop);
        worst.forEach((what, nanos) -> System.out.printf(
                Locale.ROOT,
                "| 1 MB: %s | %s | %d | %.1f | | %.1f |%n",
                what,
                Optional.ofNullable(whole.get(what))
                        .map(until -> String.format(
                                Locale.ROOT,
                                "longest that the thread that draws did not answer; until drawn %.0f ms",
                                median(until) / 1e6))
                        .orElse("on the thread that draws, in one go"),
                nanos.size(),
                sorted(nanos)[nanos.size() / 2] / 1e6,
                sorted(nanos)[nanos.size() - 1] / 1e6));
    }

    private static long median(List<Long> nanos) {
        return sorted(nanos)[nanos.size() / 2];
    }

    private static long[] sorted(List<Long> nanos) {
        return nanos.stream().flatMapToLong(LongStream::of).sorted().toArray();
    }

    private void round(Pulse pulse, boolean counts) throws Exception {
        theirs(pulse, counts, "somebody pastes it", it -> it.edit(LongDocument.change()), () -> {});
        theirs(
                pulse,
                counts,
                "somebody deletes it",
                it -> it.delete(0, it.document().length() - 1),
                () -> {});
        theirs(
                pulse,
                counts,
                "somebody pastes it, and keys are struck before it is drawn",
                it -> it.edit(LongDocument.change()),
                () -> strike(counts, "the work of Ctrl and of a character while somebody's is drawn"));
        theirs(
                pulse,
                counts,
                "somebody makes all bold",
                it -> it.format(0, it.document().length() - 1, Attributes.of("bold", Value.TRUE)),
                () -> {});
        own(pulse, counts, "copies it into the clipboard", it -> seat.pressWithControl(KeyCode.C), () -> {});
        own(pulse, counts, "makes all italic", it -> it.toggle(InlineStyle.ITALIC), () -> {});
        own(pulse, counts, "makes all of it headings", it -> it.heading(3), () -> {});
        own(pulse, counts, "undoes that", EditorModel::undo, () -> {});
        own(pulse, counts, "deletes it", EditorModel::delete, () -> {});
        own(pulse, counts, "pastes it from the clipboard", it -> seat.pressWithControl(KeyCode.V), () -> {});
        own(
                pulse,
                counts,
                "pastes over it, and strikes keys before it is drawn",
                it -> seat.pressWithControl(KeyCode.V),
                () -> strike(counts, "the work of Ctrl and of a character while one's own paste is drawn"));
        theirs(pulse, false, "the end", it -> it.delete(0, it.document().length() - 1), () -> {});
    }

    /// What is chosen is all of it.
    ///
    /// @param meanwhile  runs before all of it can be drawn
    private void own(Pulse pulse, boolean counts, String what, Consumer<EditorModel> command, Runnable meanwhile)
            throws Exception {
        rest(pulse);
        long begun = System.nanoTime();
        Screen.run(() -> {
            seat.model().selectAll();
            command.accept(seat.model());
        });
        meanwhile.run();
        drawn(begun, pulse, counts, what);
    }

    private void theirs(Pulse pulse, boolean counts, String what, Consumer<DocumentClient> edit, Runnable meanwhile)
            throws Exception {
        rest(pulse);
        long begun = System.nanoTime();
        guest.run(edit).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        meanwhile.run();
        drawn(begun, pulse, counts, what);
    }

    /// Strikes Ctrl and then a character as soon as there is something to draw, before it is drawn.
    private void strike(boolean counts, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        long took = NOT_YET;
        while (took == NOT_YET) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("all was drawn before a key could be struck");
            }
            took = Screen.call(() -> seat.surface().isBehind() ? struck() : NOT_YET);
        }
        if (counts) {
            worst.computeIfAbsent(what, ignored -> new ArrayList<>()).add(took);
        }
    }

    private long struck() {
        long begun = System.nanoTime();
        seat.press(KeyCode.CONTROL);
        seat.type("k");
        return System.nanoTime() - begun;
    }

    private void rest(Pulse pulse) throws InterruptedException {
        until(() -> Screen.call(() -> seat.window().client().status().unsaved()) == 0);
        TimeUnit.MILLISECONDS.sleep(300);
        System.gc();
        Screen.run(pulse::forget);
    }

    /// Until the widget shows what both have.
    private void drawn(long begun, Pulse pulse, boolean counts, String what) throws Exception {
        guest.saved().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        until(() -> Screen.call(() -> seat.model().document().length())
                == guest.document().length());
        long ended = System.nanoTime();
        EditorMain.frames(6);
        long longest = Screen.call(pulse::longest);
        if (counts) {
            worst.computeIfAbsent(what, ignored -> new ArrayList<>()).add(longest);
            whole.computeIfAbsent(what, ignored -> new ArrayList<>()).add(ended - begun);
        }
        TimeUnit.MILLISECONDS.sleep(200);
        var shown = Screen.call(seat::drawn).contentHash();
        until(() -> guest.document().contentHash().equals(shown));
    }

    private static void until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("what was changed did not arrive");
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }
}
