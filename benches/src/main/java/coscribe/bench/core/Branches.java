package coscribe.bench.core;

import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Side;
import coscribe.ot.document.Text;
import java.util.List;

/// Two people who wrote for hours without a network: each branch is composed, they are transformed
/// past each other and applied, and both texts are equal.
final class Branches {
    private static final int SHORT = 10_000;
    private static final int LONG = 40_000;
    private static final double MUST_MILLIS = 50;
    private static final double MUST_GROWTH = 5;

    private final Text start;
    private final List<Delta> left;
    private final List<Delta> right;

    private Branches(Typing typing, Text start, int edits) {
        this.start = start;
        this.left = typing.run(0, edits, start.length(), Stamps.of(0), false);
        this.right = typing.run(typing.size() / 2, edits, start.length(), Stamps.of(1), false);
    }

    static void report(Typing typing, Text start, Report report, Timing timing) {
        var shorter = new Branches(typing, start, SHORT);
        var longer = new Branches(typing, start, LONG);
        var times = timing.of(List.of(shorter::merge, longer::merge));
        double millis = times.get(0).millis();
        double growth = times.get(1).median() / times.get(0).median();
        String what = " two offline branches of %,d edits each: compose both, transform, apply on both sides";
        report.goal(
                "6",
                String.format(what, SHORT).strip(),
                Report.nanos(times.get(0).median()),
                "",
                "",
                "< 50 ms",
                millis < MUST_MILLIS);
        report.goal(
                "7",
                String.format(what, LONG).strip(),
                Report.nanos(times.get(1).median()),
                String.format("branches of %,d", SHORT),
                Report.times(growth),
                "<= 5 x",
                growth <= MUST_GROWTH);
    }

    private Text merge() {
        Delta mine = Delta.composeAll(left);
        Delta theirs = Delta.composeAll(right);
        Text here = start.apply(mine).apply(theirs.transform(mine, Side.RIGHT));
        Text there = start.apply(theirs).apply(mine.transform(theirs, Side.LEFT));
        if (here.length() != there.length()) {
            throw new IllegalStateException("the branches did not meet");
        }
        return here;
    }

    /// Whether both sides have the same text; slower than what is measured.
    static boolean meet(Typing typing, Text start, int edits) {
        var branches = new Branches(typing, start, edits);
        Delta mine = Delta.composeAll(branches.left);
        Delta theirs = Delta.composeAll(branches.right);
        return start.apply(mine)
                .apply(theirs.transform(mine, Side.RIGHT))
                .equals(start.apply(theirs).apply(mine.transform(theirs, Side.LEFT)));
    }
}
