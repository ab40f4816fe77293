package coscribe.bench.core;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Single transforms and compositions: keystrokes, windows of 32 keystrokes composed, and forks,
/// which are two people's branches of 1,024 keystrokes each.
final class Pairs {
    private static final int KEYSTROKES = 1 << 15;
    private static final int FORK = 1_024;
    private static final int LENGTH = 20_000;
    private static final long SEED = 20_261;

    private record Pair(Delta first, Delta second) {}

    private Pairs() {}

    static void report(Typing typing, Report report, Timing timing) {
        report(typing, report, timing, 1, false);
        report(typing, report, timing, 32, false);
        report(typing, report, timing, FORK, false);
        report(typing, report, timing, 1, true);
        report(typing, report, timing, 32, true);
    }

    private static void report(Typing typing, Report report, Timing timing, int window, boolean rich) {
        var concurrent = new ArrayList<Pair>();
        var following = new ArrayList<Pair>();
        var random = new Random(SEED);
        int pairs = Math.min(1_024, KEYSTROKES / window);
        for (int i = 0; i < pairs; i++) {
            Delta one = window(typing, random.nextInt(typing.size()), window, LENGTH, 0, rich);
            Delta other = window(typing, random.nextInt(typing.size()), window, LENGTH, 1, rich);
            concurrent.add(new Pair(one, other));
            following.add(
                    new Pair(one, window(typing, random.nextInt(typing.size()), window, one.targetLength(), 0, rich)));
        }
        var times = timing.of(List.of(() -> transformed(concurrent), () -> composed(following)));
        String what = switch (window) {
                    case 1 -> "keystrokes";
                    case FORK -> "forks of " + FORK + " keystrokes a side";
                    default -> "windows of " + window;
                }
                + (rich ? ", with attributes" : ", plain");
        String row = rich ? "4" : "3";
        add(report, row, "transform, " + what, times.get(0).median() / (2 * pairs));
        add(report, row, "compose, " + what, times.get(1).median() / pairs);
    }

    private static void add(Report report, String row, String what, double nanos) {
        report.figure(row, what, Report.nanos(nanos), "", Report.number(1e9 / nanos, "/s"));
    }

    private static Delta window(Typing typing, int from, int count, int length, int agent, boolean rich) {
        return Delta.composeAll(typing.run(
                count == 1 && rich && from % 2 == 0 ? from / 8 * 8 + 7 : from,
                count,
                length,
                rich ? Stamps.of(agent) : Attributes.NONE,
                rich));
    }

    private static int transformed(List<Pair> pairs) {
        int components = 0;
        for (Pair pair : pairs) {
            components += pair.first.transform(pair.second, Side.LEFT).size();
            components += pair.second.transform(pair.first, Side.RIGHT).size();
        }
        return components;
    }

    private static int composed(List<Pair> pairs) {
        int components = 0;
        for (Pair pair : pairs) {
            components += pair.first.compose(pair.second).size();
        }
        return components;
    }
}
