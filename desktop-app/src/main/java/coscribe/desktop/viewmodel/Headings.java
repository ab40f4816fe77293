package coscribe.desktop.viewmodel;

import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import java.util.Optional;

/// What a place of a text stands under. Pure.
final class Headings {
    private static final int STEP = 8_192; // units that are looked through at a time
    private static final int MOST = 40; // units of a heading that are told

    private Headings() {}

    /// The words of the nearest heading, at `position` or before it, in one short line. Empty:
    /// there is none with words in it.
    static Optional<String> above(Text text, int position) {
        int end = endOfParagraph(text, position);
        while (end > 0) {
            int newline = lastHeading(text, end);
            if (newline < 0) {
                return Optional.empty();
            }
            String words = words(text, newline);
            if (!words.isEmpty()) {
                return Optional.of(words);
            }
            end = newline;
        }
        return Optional.empty();
    }

    /// Behind the newline that ends the paragraph.
    private static int endOfParagraph(Text text, int position) {
        int at = Math.clamp(position, 0, text.length() - 1);
        while (text.charAt(at) != '\n') {
            at++;
        }
        return at + 1;
    }

    /// The newline of the last heading in front of `end`, or -1.
    private static int lastHeading(Text text, int end) {
        var last = new int[] {-1};
        for (int to = end; to > 0 && last[0] < 0; to -= STEP) {
            int from = Math.max(0, to - STEP);
            var at = new int[] {from};
            text.forEachRun(from, to, (source, begin, stop, set) -> {
                at[0] += stop - begin;
                if (set.has("header") && source.charAt(stop - 1) == '\n') {
                    last[0] = at[0] - 1;
                }
            });
        }
        return last[0];
    }

    private static String words(Text text, int newline) {
        int start = newline;
        while (start > 0 && text.charAt(start - 1) != '\n') {
            start--;
        }
        String words = text.substring(start, newline)
                .replace(Schema.EMBED, ' ')
                .strip()
                .replaceAll("\\s+", " ");
        if (words.length() <= MOST) {
            return words;
        }
        int cut = words.offsetByCodePoints(0, words.codePointCount(0, MOST));
        return words.substring(0, cut).stripTrailing() + "\u2026";
    }
}
