package coscribe.bench.core;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Side;
import coscribe.ot.delta.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The gate: whatever two changes of 64 k components somebody thinks of, one transform takes less
/// than 50 ms.
final class WorstPairs {
    private static final int COMPONENTS = 64 * 1024;
    private static final int UNITS = 8 * COMPONENTS;
    private static final double MUST_MILLIS = 50;
    private static final int NAMES = 8;

    private WorstPairs() {}

    private interface Filler {
        void add(DeltaBuilder out, int index);
    }

    static void report(Report report, Timing timing) {
        Map<String, Delta> shapes = shapes();
        var names = new ArrayList<String>();
        var works = new ArrayList<Timing.Work>();
        shapes.forEach((one, first) -> shapes.forEach((other, second) -> {
            for (Side side : Side.values()) {
                names.add(one + " past " + other + ", " + side.name().toLowerCase(Locale.ROOT));
                works.add(() -> first.transform(second, side));
            }
        }));
        var times = timing.of(works);
        int worst = 0;
        double slowest = 0;
        for (int i = 0; i < times.size(); i++) {
            worst = times.get(i).median() > times.get(worst).median() ? i : worst;
            slowest = Math.max(slowest, times.get(i).slowest());
        }
        report.goal(
                "gate",
                String.format(
                        Locale.ROOT,
                        "transform, %,d components each: the worst of %d pairs (%s); slowest single run of all %s",
                        COMPONENTS,
                        works.size(),
                        names.get(worst),
                        Report.nanos(slowest)),
                Report.nanos(times.get(worst).median()),
                "",
                "",
                "< 50 ms",
                times.get(worst).millis() < MUST_MILLIS);
    }

    private static Map<String, Delta> shapes() {
        var shapes = new LinkedHashMap<String, Delta>();
        shapes.put("inserts", shape((out, i) -> {
            if (i % 2 == 0) {
                out.insert("x");
            } else {
                out.retain(1);
            }
        }));
        shapes.put("deletes", shape((out, i) -> {
            if (i % 2 == 0) {
                out.delete(1);
            } else {
                out.retain(1);
            }
        }));
        shapes.put("replacements", shape((out, i) -> {
            if (i % 2 == 0) {
                out.insert("xyz");
            } else {
                out.delete(2);
            }
        }));
        shapes.put("shifted deletes", shape((out, i) -> {
            if (i % 2 == 0) {
                out.retain(i == 0 ? 1 : 2);
            } else {
                out.delete(2);
            }
        }));
        shapes.put("two formats", shape((out, i) -> out.retain(1, i % 2 == 0 ? format("bold") : format("italic"))));
        shapes.put("links, each another", shape((out, i) -> out.retain(1, link("https://one.example/" + i))));
        shapes.put("links of 3 units", shape((out, i) -> out.retain(3, link("https://two.example/" + i))));
        shapes.put("many anchors", shape((out, i) -> out.retain(1, anchors(i, 0))));
        shapes.put("half the same anchors", shape((out, i) -> out.retain(1, anchors(i, NAMES / 2))));
        shapes.put("formatted inserts", shape((out, i) -> {
            if (i % 2 == 0) {
                out.insert("x", link("https://three.example/" + i));
            } else {
                out.retain(1, i % 4 == 1 ? format("bold") : format("strike"));
            }
        }));
        shapes.put("one long delete", Delta.builder().delete(UNITS - 1).build(UNITS));
        return shapes;
    }

    private static Delta shape(Filler filler) {
        var out = Delta.builder();
        for (int i = 0; i < COMPONENTS; i++) {
            filler.add(out, i);
        }
        return out.build(UNITS);
    }

    private static Attributes format(String name) {
        return Attributes.of(name, Value.TRUE);
    }

    private static Attributes link(String target) {
        return Attributes.of("link", new Value.Text(target));
    }

    /// Comment anchors, no two components with the same ones.
    private static Attributes anchors(int index, int shift) {
        Map<String, Value> names = new TreeMap<>();
        for (int i = 0; i < NAMES; i++) {
            names.put(String.format(Locale.ROOT, "comment:%032x", (long) index * NAMES + i + shift), Value.TRUE);
        }
        return Attributes.of(names);
    }

    /// How many components each shape has; for the test.
    static List<Integer> sizes() {
        return shapes().values().stream().map(Delta::size).toList();
    }
}
