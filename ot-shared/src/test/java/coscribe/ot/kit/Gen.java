package coscribe.ot.kit;

import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// Draws documents and changes that collide: texts of a few characters, half of all positions on
/// the boundaries of the change beside it, a third of the characters outside the Basic
/// Multilingual Plane, few attribute names so that two changes meet on one. All of it passes
/// {@link coscribe.ot.document.Schema}. The same seed draws the same.
public final class Gen {
    /// Three people, by their ids.
    public static final List<String> PEOPLE = List.of("a".repeat(32), "b".repeat(32), "c".repeat(32));

    /// Two comment threads, by their ids.
    public static final List<String> THREADS = List.of("1".repeat(32), "2".repeat(32));

    private static final int MOST_CHARACTERS = 12;
    private static final String[] PLAIN = {"a", "b", "c", "x", " ", "\t", "é", "中", "'", "\\", "\""};
    private static final String[] COMBINED = {
        "e\u0301", "\u0301", "\u200d", "\u0915\u094d\u0937", "\u05e9\u05c1", "\ufe0f"
    };
    private static final String[] ASTRAL = {
        "\ud83d\ude00",
        "\ud835\udcb3",
        "\ud83d\udc69\u200d\ud83d\udc67",
        "\ud83c\uddeb\ud83c\uddee",
        "\ud83d\udc4d\ud83c\udffd"
    };
    private static final String EMBED = "\ufffc";

    private final SplittableRandom random;

    public Gen(long seed) {
        random = new SplittableRandom(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /// True in `percent` of a hundred.
    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    public <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }

    @SafeVarargs
    public final <T> T pick(T... from) {
        return from[below(from.length)];
    }

    /// 0 to 12 characters and the closing newline.
    public Model document() {
        var cells = new ArrayList<Model.Cell>();
        int characters = between(0, MOST_CHARACTERS);
        while (characters > 0) {
            var put = put();
            characters -= put.text().codePointCount(0, put.text().length());
            put.text().chars().forEach(unit -> cells.add(new Model.Cell((char) unit, put.set())));
        }
        cells.add(new Model.Cell('\n', chance(20) ? block() : Map.of()));
        return new Model(cells);
    }

    /// A change of `base`, which ends in a newline.
    public Drawn change(Model base) {
        return change(base, List.of());
    }

    /// Another change of the text that `other` changes, made without knowing of it.
    public Drawn beside(Drawn other) {
        return change(other.base(), other.boundariesBefore());
    }

    /// A change of the text that `first` leads to.
    public Drawn then(Drawn first) {
        return change(first.after(), first.boundariesAfter());
    }

    /// A change of `base`, half of whose positions are among `hot`.
    public Drawn change(Model base, List<Integer> hot) {
        int end = base.length() - 1; // the closing newline: formatted at most
        var cuts = new TreeSet<Integer>();
        for (int i = between(0, 4); i > 0; i--) {
            int at = !hot.isEmpty() && chance(50) ? Math.min(pick(hot), end) : between(0, end);
            cuts.add(base.isBoundary(at) ? at : at - 1);
        }
        var steps = new ArrayList<Step>();
        int at = 0;
        int mood = 0; // so that most changes are small, nothing happens in front of the first cut
        for (int cut : cuts) {
            segment(steps, base, at, cut, mood);
            if (chance(55)) {
                for (int i = chance(80) ? 1 : 2; i > 0; i--) {
                    steps.add(put());
                }
            }
            at = cut;
            mood = mood > 0 && chance(40) ? mood : below(100); // so that inserts stand among deletes
        }
        if (chance(15)) {
            segment(steps, base, at, end, 0);
            steps.add(new Step.Keep(1, blockSet()));
        } else if (chance(30)) {
            segment(steps, base, at, base.length(), 0);
        }
        return Drawn.of(base, steps);
    }

    private void segment(List<Step> steps, Model base, int from, int to, int mood) {
        if (mood < 40) {
            steps.add(new Step.Keep(to - from, Map.of()));
        } else if (mood < 70) {
            steps.add(new Step.Drop(to - from));
        } else if (mood < 90) {
            steps.add(new Step.Keep(to - from, inlineSet()));
        } else {
            for (int i = from; i < to; i++) {
                char unit = base.cells().get(i).unit();
                steps.add(
                        new Step.Keep(1, unit == '\n' ? blockSet() : unit == '\ufffc' ? embedSet(base, i) : Map.of()));
            }
        }
    }

    /// Some inserted text of one formatting, stamped with somebody's id most of the time.
    public Step.Put put() {
        var set = new TreeMap<String, Value>();
        if (chance(80)) {
            set.put("author", Value.of(pick(PEOPLE)));
        }
        if (chance(25)) {
            inlineSet().forEach((name, value) -> {
                if (!(value instanceof Value.Clear)) {
                    set.put(name, value);
                }
            });
        }
        int kind = below(100);
        if (kind < 10) {
            set.putAll(chance(50) ? block() : Map.of());
            return new Step.Put("\n", set);
        }
        if (kind < 15) {
            set.putAll(embed());
            return new Step.Put(EMBED, set);
        }
        return new Step.Put(text(between(1, 3)), set);
    }

    /// Well-formed text of about so many characters, without newlines and embeds.
    public String text(int characters) {
        var text = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            int kind = below(100);
            text.append(pick(kind < 30 ? ASTRAL : kind < 45 ? COMBINED : PLAIN));
        }
        return text.toString();
    }

    private Map<String, Value> inlineSet() {
        var set = new TreeMap<String, Value>();
        for (int i = between(1, 2); i > 0; i--) {
            switch (below(5)) {
                case 0 -> set.put("bold", flag());
                case 1 -> set.put("italic", flag());
                case 2 -> set.put("link", chance(30) ? Value.CLEAR : Value.of("https://" + pick("a", "b")));
                case 3 -> set.put("code", flag());
                default -> set.put("comment:" + pick(THREADS), flag());
            }
        }
        return set;
    }

    private Value flag() {
        return chance(60) ? Value.TRUE : Value.CLEAR;
    }

    private Map<String, Value> block() {
        return switch (below(6)) {
            case 0 -> Map.of("header", Value.of(between(1, 4)));
            case 1 -> Map.of("list", Value.of(pick("bullet", "ordered")), "indent", Value.of(between(1, 5)));
            case 2 -> Map.of("list", Value.of("check"), "checked", Value.TRUE);
            case 3 -> Map.of("align", Value.of(pick("center", "right", "justify")));
            case 4 -> Map.of("quote", Value.TRUE);
            default -> Map.of("code-block", Value.TRUE);
        };
    }

    private Map<String, Value> blockSet() {
        return chance(70) ? block() : Map.of(pick("header", "list", "align"), Value.CLEAR);
    }

    private Map<String, Value> embed() {
        return chance(50)
                ? Map.of("divider", Value.TRUE)
                : Map.of(
                        "image", Value.of(pick("0", "f").repeat(64)),
                        "width", Value.of(between(1, 2_000)),
                        "height", Value.of(between(1, 2_000)),
                        "alt", Value.of(text(2)));
    }

    private Map<String, Value> embedSet(Model base, int at) {
        return base.cells().get(at).attributes().containsKey("image")
                ? Map.of("alt", chance(50) ? Value.CLEAR : Value.of(text(1)))
                : Map.of();
    }

    /// Text and, one time in four, something that happened to a comment thread.
    public Change commit(Drawn drawn) {
        return commit(drawn.delta());
    }

    public Change commit(Delta delta) {
        var events = new ArrayList<ThreadEvent>();
        while (chance(25)) {
            events.add(event());
        }
        return new Change(delta, events);
    }

    public ThreadEvent event() {
        String thread = pick(THREADS);
        String comment = pick("3", "4", "5").repeat(32);
        String author = pick(PEOPLE);
        long at = random.nextLong(1L << 41);
        return switch (below(6)) {
            case 0, 1 -> new ThreadEvent.Opened(thread, comment, author, at, text(2));
            case 2 -> new ThreadEvent.Replied(thread, comment, author, at, text(1) + "\n");
            case 3 -> new ThreadEvent.Edited(thread, comment, author, at, text(1));
            case 4 ->
                chance(50)
                        ? new ThreadEvent.Resolved(thread, author, at)
                        : new ThreadEvent.Reopened(thread, author, at);
            default -> new ThreadEvent.Deleted(thread, author, at);
        };
    }

    /// A caret somewhere in front of the closing newline, never inside a surrogate pair.
    public Caret caret(Model text) {
        return new Caret(place(text), chance(50) ? place(text) : 0);
    }

    private int place(Model text) {
        int at = below(text.length());
        return text.isBoundary(at) ? at : at - 1;
    }
}
