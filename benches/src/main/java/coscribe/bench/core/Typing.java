package coscribe.bench.core;

import coscribe.bench.trace.Recording;
import coscribe.bench.trace.Recording.Patch;
import coscribe.bench.trace.Recording.Txn;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import java.util.ArrayList;
import java.util.List;

/// Recorded keystrokes folded into a text of any length: positions keep their neighbourhood, what
/// would be deleted beyond the end is left. For branches and pairs, which need real people's
/// rhythm, not their text.
final class Typing {
    private static final Attributes BOLD = Attributes.of("bold", Value.TRUE);
    private static final Attributes PLAIN_AGAIN = Attributes.of("bold", Value.CLEAR);

    private final List<Patch> patches = new ArrayList<>();

    Typing(List<Recording> flat) {
        for (Recording recording : flat) {
            for (Txn txn : recording.txns()) {
                patches.addAll(txn.patches());
            }
        }
    }

    int size() {
        return patches.size();
    }

    /// `count` changes, one behind the other, from the recorded one at `from` on, for a document of
    /// `length` units.
    ///
    /// @param stamp    what inserted text is formatted with
    /// @param formats  whether every eighth keystroke makes the units around it bold, or takes that
    ///     away
    List<Delta> run(int from, int count, int length, Attributes stamp, boolean formats) {
        var run = new ArrayList<Delta>(count);
        int units = length;
        for (int i = 0; i < count; i++) {
            var patch = patches.get((from + i) % patches.size());
            Delta delta = formats && i % 8 == 7 ? formatted(patch, units, i % 16 == 7) : folded(patch, units, stamp);
            units = delta.targetLength();
            run.add(delta);
        }
        return run;
    }

    private static Delta folded(Patch patch, int units, Attributes stamp) {
        int at = patch.position() % units;
        int deleted = Math.min(patch.deleted(), units - 1 - at);
        return Delta.replacement(units, at, deleted, patch.inserted(), stamp);
    }

    private static Delta formatted(Patch patch, int units, boolean bold) {
        int at = patch.position() % units;
        return Delta.builder()
                .retain(at)
                .retain(Math.min(5, units - at), bold ? BOLD : PLAIN_AGAIN)
                .build(units);
    }
}
