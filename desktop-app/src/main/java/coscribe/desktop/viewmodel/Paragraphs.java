package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.document.Text;
import coscribe.ot.export.BlockStyle;
import java.text.BreakIterator;

/// Where paragraphs, words and characters begin and end in a text. Positions are UTF-16 units. Each
/// question looks at the paragraph around a position, and of a long one only at the neighbourhood.
final class Paragraphs {
    private static final int PIECE = 256;
    /// As far as a word is looked for.
    private static final int NEIGHBOURHOOD = 256;
    /// Longer than any row of characters that only a look at all of them can tell apart.
    private static final int LONGEST = 4_096;

    private Paragraphs() {}

    /// Where the paragraph that holds `position` begins.
    static int start(Text text, int position) {
        int end = position;
        while (end > 0) {
            int from = Math.max(0, end - PIECE);
            int newline = text.substring(from, end).lastIndexOf('\n');
            if (newline >= 0) {
                return from + newline + 1;
            }
            end = from;
        }
        return 0;
    }

    /// The position of the newline that ends the paragraph that holds `position`.
    static int end(Text text, int position) {
        int from = position;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + PIECE);
            int newline = text.substring(from, to).indexOf('\n');
            if (newline >= 0) {
                return from + newline;
            }
            from = to;
        }
        throw new IllegalStateException("a document ends in a newline");
    }

    static BlockStyle style(Text text, int position) {
        return BlockStyle.of(newline(text, position));
    }

    /// The attributes of the newline that ends the paragraph that holds `position`.
    static Attributes newline(Text text, int position) {
        return text.attributesAt(end(text, position));
    }

    /// `position`, or the beginning of what people call one character if it would cut one.
    static int boundary(Text text, int position) {
        if (isPlainly(text, position)) {
            return position;
        }
        var around = Characters.around(text, position);
        return around.isBoundary(position) ? position : around.before(position);
    }

    /// Where what people call one character and which holds the unit before `position` begins. A
    /// newline is one.
    static int characterBefore(Text text, int position) {
        if (position == 0 || text.charAt(position - 1) == '\n' || isPlainly(text, position - 1)) {
            return Math.max(0, position - 1);
        }
        return Characters.around(text, position).before(position);
    }

    /// Where what people call one character and which holds the unit at `position` ends.
    static int characterAfter(Text text, int position) {
        if (text.charAt(position) == '\n' || isPlainly(text, position + 1)) {
            return position + 1;
        }
        return Characters.around(text, position).after(position);
    }

    /// Whether a character ends and another begins at a position for all that one can see from the
    /// two units around it, as between letters of Western scripts and between ideographs.
    private static boolean isPlainly(Text text, int position) {
        if (position <= 0 || position >= text.length()) {
            return true;
        }
        char before = text.charAt(position - 1);
        char after = text.charAt(position);
        return before == '\n' || after == '\n' || (isWhole(before) && isWhole(after));
    }

    private static boolean isWhole(char c) {
        return c < '\u0300' || Character.isIdeographic(c);
    }

    /// The characters around a position, as people count them, between two places that are plainly
    /// boundaries.
    private record Characters(int from, BreakIterator breaks) {
        static Characters around(Text text, int position) {
            int from = Math.max(0, position - 1);
            while (!isPlainly(text, from) && position - from < LONGEST) {
                from--;
            }
            int to = Math.min(text.length(), position + 1);
            while (!isPlainly(text, to) && to - position < LONGEST) {
                to++;
            }
            int first = outsidePair(text, from);
            var breaks = BreakIterator.getCharacterInstance();
            breaks.setText(text.substring(first, outsidePair(text, to)));
            return new Characters(first, breaks);
        }

        boolean isBoundary(int position) {
            return breaks.isBoundary(position - from);
        }

        int before(int position) {
            return from + breaks.preceding(position - from);
        }

        int after(int position) {
            return from + breaks.following(position - from);
        }
    }

    private static int outsidePair(Text text, int position) {
        boolean cuts = position > 0
                && position < text.length()
                && Character.isLowSurrogate(text.charAt(position))
                && Character.isHighSurrogate(text.charAt(position - 1));
        return cuts ? position - 1 : position;
    }

    /// Where the word before `position` begins, over the spaces between.
    static int wordBefore(Text text, int position) {
        int first = start(text, position);
        if (first == position) {
            return Math.max(0, position - 1);
        }
        int from = boundary(text, Math.max(first, position - NEIGHBOURHOOD));
        String before = text.substring(from, position);
        int at = before.stripTrailing().length();
        if (at == 0) {
            return from;
        }
        var words = BreakIterator.getWordInstance();
        words.setText(before);
        return boundary(text, from + Math.max(0, words.preceding(at)));
    }

    /// Where the word behind `position` ends, over the spaces between.
    static int wordAfter(Text text, int position) {
        int end = end(text, position);
        if (end == position) {
            return position + 1;
        }
        int to = Math.min(end, position + NEIGHBOURHOOD);
        String after = text.substring(position, to);
        int at = after.length() - after.stripLeading().length();
        if (at < after.length()) {
            var words = BreakIterator.getWordInstance();
            words.setText(after);
            to = position + words.following(at);
        }
        return Math.max(characterAfter(text, position), boundary(text, to));
    }
}
