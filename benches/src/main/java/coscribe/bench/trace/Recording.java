package coscribe.bench.trace;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import java.util.ArrayList;
import java.util.List;

/// A recorded writing session of one or two people. Positions are UTF-16 units of the text that the
/// writer saw; behind that text stands a document's closing newline, which no patch touches.
///
/// @param name   the file's, for tables
/// @param start  the text before it
/// @param end    the text after it
/// @param txns   in an order in which a relay may have committed them
public record Recording(String name, String start, String end, int agents, List<Txn> txns) {
    public Recording {
        txns = List.copyOf(txns);
        if (agents < 1 || agents > 2) {
            throw new IllegalArgumentException("a recording of " + agents + " people; one or two can be replayed");
        }
    }

    /// Replaces `deleted` units at `position`.
    public record Patch(int position, int deleted, String inserted) {}

    /// What one writer did at once.
    ///
    /// @param number  which of its writer's, from 1
    /// @param seen    how many of the other writer's it had seen
    /// @param length  of the text that the first patch met, in units, without the closing newline
    public record Txn(int agent, int number, int seen, int length, List<Patch> patches) {
        public Txn {
            patches = List.copyOf(patches);
        }

        /// As a change of the document that its writer saw, insertions formatted as `stamp` says.
        public Delta delta(Attributes stamp) {
            int units = length + 1;
            if (patches.size() == 1) {
                return delta(patches.getFirst(), units, stamp);
            }
            return descend() ? atOnce(units, stamp) : oneAfterTheOther(units, stamp);
        }

        /// Whether each patch lies in front of the ones before it, as editors tell what happened at
        /// several carets: all of them mean the text that the first one met.
        private boolean descend() {
            for (int i = 1; i < patches.size(); i++) {
                if (patches.get(i).position + patches.get(i).deleted > patches.get(i - 1).position) {
                    return false;
                }
            }
            return true;
        }

        private Delta atOnce(int units, Attributes stamp) {
            var out = Delta.builder();
            int at = 0;
            for (Patch patch : patches.reversed()) {
                out.retain(patch.position - at).insert(patch.inserted, stamp).delete(patch.deleted);
                at = patch.position + patch.deleted;
            }
            return out.build(units);
        }

        private Delta oneAfterTheOther(int length, Attributes stamp) {
            int units = length;
            var all = new ArrayList<Delta>(patches.size());
            for (Patch patch : patches) {
                all.add(delta(patch, units, stamp));
                units = all.getLast().targetLength();
            }
            return Delta.composeAll(all);
        }

        private static Delta delta(Patch patch, int units, Attributes stamp) {
            return Delta.replacement(units, patch.position, patch.deleted, patch.inserted, stamp);
        }
    }

    /// How many transactions a writer made.
    public int count(int agent) {
        int count = 0;
        for (Txn txn : txns) {
            count += txn.agent == agent ? 1 : 0;
        }
        return count;
    }

    /// How long its writers need at least, in seconds, when each makes at most `perSecond`
    /// transactions a second and a writer waits, as recorded, until it has seen what the other had
    /// written before. Nothing else takes time.
    public double seconds(double perSecond) {
        double each = 1 / perSecond;
        var done = List.of(new ArrayList<>(List.of(0.0)), new ArrayList<>(List.of(0.0)));
        for (Txn txn : txns) {
            var own = done.get(txn.agent);
            own.add(Math.max(own.getLast(), done.get(1 - txn.agent).get(txn.seen)) + each);
        }
        return Math.max(done.get(0).getLast(), done.get(1).getLast());
    }

    /// The first `count` transactions; where two write, as the relay may have put them in order.
    public Recording beginning(int count) {
        if (count >= txns.size()) {
            return this;
        }
        var begun = new Recording(name + ", the first " + count, start, "", agents, txns.subList(0, count));
        return new Recording(begun.name, start, Flat.text(begun), agents, begun.txns);
    }

    /// A session of one writer as one of two, who take turns of `block` transactions, or of half of
    /// a shorter session: each waits for what the other wrote before.
    public Recording inTurns(int block) {
        if (isConcurrent()) {
            return this;
        }
        int each = Math.clamp(txns.size() / 2, 1, block);
        var turns = new ArrayList<Txn>();
        int[] made = new int[2];
        for (Txn txn : txns) {
            int agent = turns.size() / each % 2;
            turns.add(new Txn(agent, ++made[agent], made[1 - agent], txn.length, txn.patches));
        }
        return new Recording(name + ", two in turns", start, end, 2, turns);
    }

    public boolean isConcurrent() {
        return agents == 2;
    }
}
