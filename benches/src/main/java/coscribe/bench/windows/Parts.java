package coscribe.bench.windows;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.bench.trace.Recording;
import coscribe.bench.trace.Recording.Patch;
import coscribe.bench.trace.Recording.Txn;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.input.KeyCode;

/// What each of two writers does: the built-in session, or a recorded one.
final class Parts {
    /// More than this at once was pasted.
    private static final int TYPED_AT_MOST = 4;

    private Parts() {}

    /// A plan for spring: a heading, sentences that both write in, a list, a quote, slips taken
    /// back.
    ///
    /// @param writer  0 or 1
    static List<Stroke> builtIn(int writer) {
        var part = new Part();
        if (writer == 0) {
            part.press(KeyCode.HOME, true).shortcut(KeyCode.DIGIT1).type("Plan for spring\n");
            part.type("We start with the garden beds, because the soil is ready in Mrach\b\b\b\barch. ");
            part.shortcut(KeyCode.B).type("Nothing is ordered before the 14th.").shortcut(KeyCode.B);
            part.type("\n## What we need\n");
            part.type("- seeds: beans, peas, spinach\ntwo rakes\na longer hose\n\n");
            part.mark("two rakes").shortcut(KeyCode.I).behind("a longer hose").type(", 30 m");
            part.rest(10).behind("ready in March.").type(" It is dry, too.");
        } else {
            part.behind("garden beds").type(" and the long border by the wall");
            part.behind("before the 14th.").rest(12).type(" Mara asks the bank first.");
            part.behind("a longer hose, 30 m").press(KeyCode.END, true).rest(4);
            part.type("> The caf\u00e9 lends us its van on Saturday.\n\n");
            part.type("[] call the nursery\ncollect the compost\nbook the van\n\n");
            part.behind("book the van")
                    .shortcut(KeyCode.ENTER)
                    .rest(6)
                    .behind("beans, peas")
                    .type(", carrots");
        }
        return part.strokes;
    }

    /// One writer's part of a recording. Nobody waits for the other, so each goes on from where it
    /// is, by the distances that were recorded.
    static List<Stroke> recorded(Recording recording, int writer) {
        var strokes = new ArrayList<Stroke>();
        int at = 0;
        for (Txn txn : recording.txns()) {
            if (txn.agent() != writer) {
                continue;
            }
            for (Patch patch : txn.patches()) {
                int from = patch.position() + patch.deleted();
                if (from != at) {
                    strokes.add(new Stroke.Move(from - at));
                }
                for (int i = 0; i < patch.deleted(); i++) {
                    strokes.add(new Stroke.Press(KeyCode.BACK_SPACE, false, false));
                }
                boolean pasted = patch.inserted().length() > TYPED_AT_MOST;
                strokes.addAll(pasted ? List.of(new Stroke.Paste(patch.inserted())) : Stroke.typed(patch.inserted()));
                at = patch.position() + patch.inserted().length();
            }
        }
        return strokes;
    }

    private static final class Part {
        final List<Stroke> strokes = new ArrayList<>();

        @CanIgnoreReturnValue
        Part type(String text) {
            strokes.addAll(Stroke.typed(text));
            return this;
        }

        @CanIgnoreReturnValue
        Part press(KeyCode key, boolean shortcut) {
            strokes.add(new Stroke.Press(key, false, shortcut));
            return this;
        }

        @CanIgnoreReturnValue
        Part shortcut(KeyCode key) {
            return press(key, true);
        }

        @CanIgnoreReturnValue
        Part behind(String words) {
            strokes.add(new Stroke.Behind(words));
            return this;
        }

        @CanIgnoreReturnValue
        Part mark(String words) {
            strokes.add(new Stroke.Mark(words));
            return this;
        }

        @CanIgnoreReturnValue
        Part rest(int keys) {
            strokes.add(new Stroke.Rest(keys));
            return this;
        }
    }
}
