package coscribe.relay.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Every insert of the simulation types a word of its own, never inside another, so that at the end
/// each word that nobody deleted can be asked for: is it there, and once?
final class Tokens {
    private static final Pattern WORD = Pattern.compile("⟦(?:😀)?[0-9a-z]{5}⟧");
    private static final int LONGEST = 10;
    private static final long SPACE = 36L * 36 * 36 * 36 * 36;

    private final Map<String, Boolean> required = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> kept = new HashSet<>();
    private final Set<String> inStoreOnly = new HashSet<>();
    private long next = 1;

    String fresh(boolean astral) {
        // Far apart and of one length, so that what is left of cut words never looks like another one.
        String word = Long.toString(SPACE + next++ * 48_271_337L % SPACE, 36).substring(1);
        String token = (astral ? "⟦😀" : "⟦") + word + "⟧";
        required.put(token, true);
        return token;
    }

    /// It may have been lost with a journal's end.
    void excuse(String token) {
        required.put(token, false);
    }

    /// Its writer kept a copy of a text, perhaps with it inside.
    void keep(String token, String text) {
        if (text.contains(letters(token))) {
            kept.add(token);
        }
    }

    /// A word without what stands around it.
    private static String letters(String token) {
        return token.substring(token.length() - 6, token.length() - 1);
    }

    /// Its writer lost it with a journal's end, having been told that the store has it.
    void leaveToStore(String token) {
        inStoreOnly.add(token);
    }

    /// `[from, to)` of a shown text is deleted by its reader.
    void deleting(String text, int from, int to) {
        int start = Math.max(0, from - LONGEST);
        var words = WORD.matcher(text).region(start, Math.min(text.length(), to + LONGEST));
        while (words.find()) {
            if (words.start() < to && words.end() > from) {
                deleted.add(words.group());
            }
        }
    }

    /// The nearest place at or behind `position` that is not inside a word.
    static int outside(String text, int position) {
        for (int i = position - 1; i >= Math.max(0, position - LONGEST); i--) {
            if (text.charAt(i) == '⟧') {
                return position;
            }
            if (text.charAt(i) == '⟦') {
                int end = text.indexOf('⟧', position);
                return end >= 0 && end < position + LONGEST ? end + 1 : position;
            }
        }
        return position;
    }

    /// What is wrong with the final text; empty: nothing. A word is in it, or in its writer's copy.
    ///
    /// @param forgot  the store lost what it had acknowledged, and with it what it alone had; where that was healed
    ///     whole words were compared, but not with what stands around them
    String judge(String text, boolean forgot) {
        var wrong = new StringBuilder();
        required.forEach((token, must) -> {
            int times = count(text, forgot ? letters(token) : token);
            boolean elsewhere = kept.contains(token) || (forgot && inStoreOnly.contains(token));
            if (!deleted.contains(token) && (times > 1 || (must && !elsewhere && times == 0))) {
                wrong.append(token).append(" is there ").append(times).append(" times; ");
            }
        });
        return wrong.toString();
    }

    private static int count(String text, String token) {
        int times = 0;
        for (int at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
            times++;
        }
        return times;
    }
}
