package coscribe.bench.trace;

import java.util.Arrays;
import java.util.List;

/// How texts at the end of a replay stand to the recorded one. Two people's inserts at one place
/// may come in the other order than recorded: then a few characters stand elsewhere, and nothing
/// else may differ.
public final class Endings {
    private static final int TIED_AT_MOST = 64;

    /// The recording whose tie is known; its README tells of it. Elsewhere it has none.
    private static final String TIED_RECORDING = "friendsforever";

    private static final int TIED_FROM = 3_798;
    private static final int TIED_TO = 3_815;
    private static final int TIED_UNITS = 6;

    private Endings() {}

    /// What came of a replay.
    public sealed interface Ending {
        record AsRecorded() implements Ending {}

        /// As recorded, but `moved` of the units `[from, to)` stand elsewhere among them.
        record Tied(int from, int to, int moved) implements Ending {}

        record Wrong(String why) implements Ending {}
    }

    /// As {@link #compare(String, String)} with a recording's end; where it is known what is tied in
    /// the recording, anything else is wrong.
    ///
    /// @param text  without the closing newline
    public static Ending compare(Recording recording, String text) {
        var ending = compare(recording.end(), text);
        boolean known = recording.name().startsWith(TIED_RECORDING);
        return known
                        && ending instanceof Ending.Tied(int from, int to, int moved)
                        && (from < TIED_FROM || to > TIED_TO || moved > TIED_UNITS)
                ? new Ending.Wrong(moved + " characters between " + from + " and " + to
                        + " stand in another order than recorded, where the recording has no tie")
                : ending;
    }

    /// @param text  without the closing newline
    static Ending compare(String recorded, String text) {
        if (text.equals(recorded)) {
            return new Ending.AsRecorded();
        }
        if (text.length() != recorded.length()) {
            return new Ending.Wrong("it has " + text.length() + " units, the recorded text " + recorded.length());
        }
        int from = 0;
        while (text.charAt(from) == recorded.charAt(from)) {
            from++;
        }
        int to = text.length();
        while (text.charAt(to - 1) == recorded.charAt(to - 1)) {
            to--;
        }
        if (to - from > TIED_AT_MOST) {
            return new Ending.Wrong("it differs from the recorded text between " + from + " and " + to);
        }
        char[] ours = text.substring(from, to).toCharArray();
        char[] theirs = recorded.substring(from, to).toCharArray();
        int moved = ours.length - inOrder(ours, theirs);
        Arrays.sort(ours);
        Arrays.sort(theirs);
        if (!Arrays.equals(ours, theirs)) {
            return new Ending.Wrong("it differs from the recorded text between " + from + " and " + to);
        }
        return new Ending.Tied(from, to, moved);
    }

    /// The length of the longest common subsequence.
    private static int inOrder(char[] one, char[] other) {
        int[][] longest = new int[one.length + 1][other.length + 1];
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; j < other.length; j++) {
                longest[i + 1][j + 1] =
                        one[i] == other[j] ? longest[i][j] + 1 : Math.max(longest[i][j + 1], longest[i + 1][j]);
            }
        }
        return longest[one.length][other.length];
    }

    /// One sentence about texts that must be equal and the recorded one; throws where they are not.
    ///
    /// @param texts  with their closing newlines
    public static String judge(Recording recording, List<String> texts) {
        if (texts.stream().distinct().count() != 1) {
            throw new IllegalStateException(recording.name() + ": the texts differ at the end");
        }
        String text = texts.getFirst();
        return switch (compare(recording, text.substring(0, text.length() - 1))) {
            case Ending.AsRecorded() -> "all texts equal, as recorded";
            case Ending.Tied(int from, int to, int moved) ->
                "all texts equal, as recorded but for " + moved + " characters in a tie at " + from + " to " + to;
            case Ending.Wrong(var why) -> throw new IllegalStateException(recording.name() + ": " + why);
        };
    }
}
