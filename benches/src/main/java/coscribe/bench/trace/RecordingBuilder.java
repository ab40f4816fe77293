package coscribe.bench.trace;

import coscribe.bench.trace.Recording.Patch;
import coscribe.bench.trace.Recording.Txn;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Op;
import java.util.ArrayList;
import java.util.List;

/// Makes a recording transaction by transaction, keeping the text that each writer sees.
final class RecordingBuilder {
    private final Grid grid = new Grid(_ -> Attributes.NONE);
    private final List<View> views = new ArrayList<>();
    private final List<Txn> txns = new ArrayList<>();

    RecordingBuilder(String start, int agents) {
        for (int agent = 0; agent < agents; agent++) {
            views.add(new View(start));
        }
    }

    List<Txn> txns() {
        return txns;
    }

    /// How many transactions a writer made so far.
    int made(int agent) {
        return grid.count(agent);
    }

    /// What a writer sees who has seen so many of the other's transactions; never fewer than
    /// before.
    CharSequence view(int agent, int others) {
        View view = views.get(agent);
        while (view.others < others) {
            view.others++;
            view.apply(grid.at(1 - agent, view.others, grid.count(agent)));
        }
        return view.text;
    }

    /// Replaces `deleted` code points at `position`.
    record Keystroke(int position, int deleted, String inserted) {}

    void add(int agent, int others, List<Keystroke> keystrokes) {
        int length = view(agent, others).length();
        var patches = new ArrayList<Patch>();
        for (Keystroke each : keystrokes) {
            patches.add(views.get(agent).patched(each.position, each.deleted, each.inserted));
        }
        var txn = new Txn(agent, grid.count(agent) + 1, others, length, patches);
        grid.add(txn);
        txns.add(txn);
    }

    /// The text as one writer saw it.
    private static final class View {
        final StringBuilder text;
        int others;
        private boolean astral;

        View(String start) {
            text = new StringBuilder(start);
            astral = hasAstral(start);
        }

        Patch patched(int position, int deleted, String inserted) {
            int from = units(0, position);
            int to = units(from, deleted);
            text.replace(from, to, inserted);
            astral |= hasAstral(inserted);
            return new Patch(from, to - from, inserted);
        }

        void apply(Delta delta) {
            int at = 0;
            for (Op op : delta.ops()) {
                switch (op) {
                    case Op.Retain(int length, var _) -> at += length;
                    case Op.Insert(var inserted, var _) -> {
                        text.insert(at, inserted);
                        at += inserted.length();
                        astral |= hasAstral(inserted);
                    }
                    case Op.Delete(int length) -> text.delete(at, at + length);
                }
            }
        }

        private int units(int from, int codePoints) {
            return astral ? text.offsetByCodePoints(from, codePoints) : from + codePoints;
        }

        private static boolean hasAstral(String text) {
            return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
        }
    }
}
