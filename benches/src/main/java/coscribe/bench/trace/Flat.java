package coscribe.bench.trace;

import coscribe.bench.trace.Recording.Patch;
import coscribe.bench.trace.Recording.Txn;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import java.util.ArrayList;
import java.util.List;

/// A recording of two writers as the relay put it in order: every transaction as a change of the
/// text with all earlier ones.
public final class Flat {
    private Flat() {}

    public static Recording of(Recording recording) {
        if (!recording.isConcurrent()) {
            return recording;
        }
        var grid = Grid.of(recording, _ -> Attributes.NONE);
        var txns = new ArrayList<Txn>();
        int[] made = new int[2];
        for (Txn txn : recording.txns()) {
            Delta delta = grid.at(txn.agent(), txn.number(), made[1 - txn.agent()]);
            made[txn.agent()]++;
            txns.add(new Txn(0, txns.size() + 1, 0, delta.baseLength() - 1, patches(delta)));
        }
        return new Recording(recording.name() + " in one order", recording.start(), recording.end(), 1, txns);
    }

    /// A longer recording out of some, each behind the text of those before, again and again, one
    /// transaction for each patch until there are `count`. For a length of which there is none.
    ///
    /// @param flat  each of one writer
    public static Recording oneBehindTheOther(String name, List<Recording> flat, int count) {
        var txns = new ArrayList<Txn>(count);
        var text = new StringBuilder();
        for (int round = 0; txns.size() < count; round++) {
            var recording = flat.get(round % flat.size());
            int behind = text.length();
            text.append(recording.start());
            if (!recording.start().isEmpty()) {
                txns.add(new Txn(0, txns.size() + 1, 0, behind, List.of(new Patch(behind, 0, recording.start()))));
            }
            for (Txn txn : recording.txns()) {
                for (Patch patch : txn.patches()) {
                    if (txns.size() == count) {
                        break;
                    }
                    int at = behind + patch.position();
                    var moved = new Patch(at, patch.deleted(), patch.inserted());
                    txns.add(new Txn(0, txns.size() + 1, 0, text.length(), List.of(moved)));
                    text.replace(at, at + patch.deleted(), patch.inserted());
                }
            }
        }
        return new Recording(name, "", text.toString(), 1, txns);
    }

    /// The text that a recording ends with, by its transactions.
    public static String text(Recording recording) {
        var text = new StringBuilder(recording.start());
        for (Txn txn : of(recording).txns()) {
            for (Patch patch : txn.patches()) {
                text.replace(patch.position(), patch.position() + patch.deleted(), patch.inserted());
            }
        }
        return text.toString();
    }

    private static List<Patch> patches(Delta delta) {
        var patches = new ArrayList<Patch>();
        delta.forEach(new Delta.Visitor() {
            private int at;

            @Override
            public void retain(int length, Attributes set) {
                at += length;
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                patches.add(new Patch(at, 0, source.substring(from, to)));
                at += to - from;
            }

            @Override
            public void delete(int length) {
                patches.add(new Patch(at, length, ""));
            }
        });
        return patches;
    }
}
