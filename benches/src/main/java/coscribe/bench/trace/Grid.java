package coscribe.bench.trace;

import coscribe.bench.trace.Recording.Txn;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Every text that two recorded writers may see, as a grid: at (i, j) the first writer's first i
/// transactions and the second's first j are in it. A transaction was recorded at one point; here
/// it is also had where more of the other's is already there, so that a recording can be replayed
/// at any speed. Ties go as recorded: the lower writer's insert is left.
///
/// Not thread-safe; what was worked out is kept.
public final class Grid {
    private final IntFunction<Attributes> stamps;
    private final List<List<Txn>> txns = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<Map<Long, Delta>> known = List.of(new HashMap<>(), new HashMap<>());

    /// @param stamps  what a writer's inserted text is formatted with
    Grid(IntFunction<Attributes> stamps) {
        this.stamps = stamps;
    }

    public static Grid of(Recording recording, IntFunction<Attributes> stamps) {
        var grid = new Grid(stamps);
        recording.txns().forEach(grid::add);
        return grid;
    }

    void add(Txn txn) {
        var line = txns.get(txn.agent());
        if (txn.number() != line.size() + 1) {
            throw new IllegalArgumentException("transaction " + txn.number() + " after " + line.size());
        }
        line.add(txn);
    }

    public int count(int agent) {
        return txns.get(agent).size();
    }

    /// Transaction `number` (from 1) of a writer.
    public Txn txn(int agent, int number) {
        return txns.get(agent).get(number - 1);
    }

    /// Transaction `number` of `agent` as a change of the text with all of that writer's earlier
    /// ones and `others` of the other's. At least as many as the writer had seen, and none that had
    /// seen this one.
    public Delta at(int agent, int number, int others) {
        Txn txn = txn(agent, number);
        if (others == txn.seen()) {
            return known.get(agent).computeIfAbsent(key(number, others), _ -> txn.delta(stamps.apply(agent)));
        }
        if (others < txn.seen()) {
            throw new IllegalArgumentException("transaction " + number + " of writer " + agent + " had seen "
                    + txn.seen() + " of the other's, not " + others);
        }
        var had = known.get(agent).get(key(number, others));
        if (had != null) {
            return had;
        }
        // Column by column: the recursion goes no deeper than one writer is ahead of the other.
        Delta before = at(agent, number, others - 1);
        Delta other = at(1 - agent, others, number - 1);
        Delta moved = before.transform(other, agent == 0 ? Side.LEFT : Side.RIGHT);
        known.get(agent).put(key(number, others), moved);
        return moved;
    }

    private static long key(int number, int others) {
        return (long) number << 32 | others;
    }
}
