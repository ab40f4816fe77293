package coscribe.bench.trace;

import coscribe.bench.trace.RecordingBuilder.Keystroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A session for those who have no recording at hand: two people write at the same time, one at the
/// top, one at the end, with slips that they take back, and each sees the other a little late.
public final class Script {
    private static final int SEEN_LATE_BY = 8;
    private static final List<String> TOP = List.of(
            "Minutes of Tuesday's meeting. ",
            "We begin with the budget, which is smaller than last year and has to reach further. ",
            "The old tables are sold, the new ones are late. ",
            "Everybody writes here at once; nobody waits for anybody. 😀 ");
    private static final List<String> END = List.of(
            "\nOpen questions: who brings the projector, and does it still work?",
            "\nThe caf\u00e9 downstairs closes at six, so we finish at half past five.",
            "\nNext time on Thursday the 14th, same room, same table.",
            "\nThank you all. 👩‍👩‍👧 Done.");

    private Script() {}

    public static Recording twoPeople(long seed) {
        var random = new Random(seed);
        var builder = new RecordingBuilder("", 2);
        List<List<String>> keys = List.of(keys(TOP, random), keys(END, random));
        int[] typed = new int[2];
        int[] seen = new int[2];
        int caret = 0;
        while (typed[0] < keys.get(0).size() || typed[1] < keys.get(1).size()) {
            int agent = random.nextInt(2);
            if (typed[agent] == keys.get(agent).size()) {
                agent = 1 - agent;
            }
            int late = random.nextInt(SEEN_LATE_BY);
            seen[agent] = Math.max(seen[agent], builder.made(1 - agent) - late);
            String view = builder.view(agent, seen[agent]).toString();
            int end = view.codePointCount(0, view.length());
            int at = agent == 0 ? caret : end;
            String key = keys.get(agent).get(typed[agent]++);
            boolean back = key.isEmpty();
            builder.add(agent, seen[agent], List.of(back ? new Keystroke(at - 1, 1, "") : new Keystroke(at, 0, key)));
            caret += agent == 1 ? 0 : back ? -1 : 1;
        }
        var script = new Recording("the built-in script", "", "", 2, builder.txns());
        return new Recording(script.name(), "", Flat.text(script), 2, script.txns());
    }

    /// One code point a key; now and then a slip and, as an empty string, its Backspace.
    private static List<String> keys(List<String> sentences, Random random) {
        var keys = new ArrayList<String>();
        for (String sentence : sentences) {
            sentence.codePoints().forEach(point -> {
                if (random.nextInt(15) == 0) {
                    keys.add(Character.toString('a' + random.nextInt(26)));
                    keys.add("");
                }
                keys.add(Character.toString(point));
            });
        }
        return keys;
    }
}
