package coscribe.ot.kit;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.document.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A text as one would write it down by hand: one cell for each UTF-16 unit. It says what a
/// change must lead to without any code of the rooms under test; slow, and too simple to be
/// wrong. Immutable.
public record Model(List<Cell> cells) {
    public Model {
        cells = List.copyOf(cells);
    }

    /// One unit and how it is formatted.
    public record Cell(char unit, Map<String, Value> attributes) {
        Cell formatted(Map<String, Value> set) {
            if (set.isEmpty()) {
                return this;
            }
            var next = new TreeMap<>(attributes);
            set.forEach((name, value) -> {
                if (value instanceof Value.Clear) {
                    next.remove(name);
                } else {
                    next.put(name, value);
                }
            });
            return new Cell(unit, next);
        }
    }

    /// Reads a text unit by unit.
    public static Model of(Text text) {
        var cells = new ArrayList<Cell>(text.length());
        text.forEachRun(0, text.length(), (source, from, to, attributes) -> {
            var map = asMap(attributes);
            for (int i = from; i < to; i++) {
                cells.add(new Cell(source.charAt(i), map));
            }
        });
        return new Model(cells);
    }

    private static Map<String, Value> asMap(Attributes attributes) {
        var map = new TreeMap<String, Value>();
        attributes.forEach(map::put);
        return map;
    }

    public int length() {
        return cells.size();
    }

    public String plain() {
        var text = new StringBuilder(cells.size());
        for (Cell cell : cells) {
            text.append(cell.unit);
        }
        return text.toString();
    }

    /// Whether a position is between two characters, not inside a surrogate pair.
    public boolean isBoundary(int position) {
        return position == 0
                || position == cells.size()
                || !(Character.isHighSurrogate(cells.get(position - 1).unit)
                        && Character.isLowSurrogate(cells.get(position).unit));
    }

    /// What the steps lead to. What they do not reach is kept.
    public Model after(List<Step> steps) {
        var out = new ArrayList<Cell>();
        int at = 0;
        for (Step step : steps) {
            switch (step) {
                case Step.Keep(int units, var set) -> {
                    for (int end = at + units; at < end; at++) {
                        out.add(cells.get(at).formatted(set));
                    }
                }
                case Step.Put(String text, var set) -> put(out, text, set);
                case Step.Drop(int units) -> at += units;
            }
        }
        out.addAll(cells.subList(at, cells.size()));
        return new Model(out);
    }

    private static void put(List<Cell> out, String text, Map<String, Value> set) {
        for (char unit : text.toCharArray()) {
            out.add(new Cell(unit, set));
        }
    }

    /// Both of two concurrent changes: at every gap what the left one inserts and then what the
    /// right one inserts; a unit stays if neither deletes it, formatted first by the left one and
    /// then by the right one.
    public Model merged(List<Step> left, List<Step> right) {
        var a = new Spread(left);
        var b = new Spread(right);
        var out = new ArrayList<Cell>();
        for (int i = 0; i <= cells.size(); i++) {
            out.addAll(a.inserts.get(i));
            out.addAll(b.inserts.get(i));
            if (i < cells.size() && !a.dropped[i] && !b.dropped[i]) {
                out.add(cells.get(i).formatted(a.sets.get(i)).formatted(b.sets.get(i)));
            }
        }
        return new Model(out);
    }

    /// A change spread over the gaps and units of this text.
    private final class Spread {
        final List<List<Cell>> inserts = new ArrayList<>();
        final List<Map<String, Value>> sets = new ArrayList<>();
        final boolean[] dropped = new boolean[cells.size()];

        Spread(List<Step> steps) {
            for (int i = 0; i <= cells.size(); i++) {
                inserts.add(new ArrayList<>());
                sets.add(Map.of());
            }
            int at = 0;
            for (Step step : steps) {
                switch (step) {
                    case Step.Keep(int units, var set) -> {
                        for (int end = at + units; at < end; at++) {
                            sets.set(at, set);
                        }
                    }
                    case Step.Put(String text, var set) -> put(inserts.get(at), text, set);
                    case Step.Drop(int units) -> {
                        for (int end = at + units; at < end; at++) {
                            dropped[at] = true;
                        }
                    }
                }
            }
        }
    }

    /// The same as a real text.
    public Text toText() {
        var all = Delta.builder();
        for (Cell cell : cells) {
            all.insert(String.valueOf(cell.unit), Attributes.of(cell.attributes));
        }
        return Text.EMPTY.apply(all.build(0));
    }

    /// The same as a document without comment threads. The last unit must be a newline.
    public Document toDocument() {
        return new Document(toText(), Threads.NONE);
    }

    @Override
    public String toString() {
        return toText().toString();
    }
}
