package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.document.Text;
import java.text.BreakIterator;

/// Where paragraphs, words and characters begin and end in a text. Positions are UTF-16 units. Each
/// question looks at the paragraph around a position, and of a long one only at the neighbourhood.
final class Paragraphs {
    private static final int PIECE = 256;
    /// Longer than any character that people would call one.
    private static final int NEIGHBOURHOOD = 256;

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

    /// The beginning of what people call one character and which ends at `position`. A newline is
    /// one.
    static int characterBefore(Text text, int position) {
        if (position == 0) {
            return 0;
        }
        if (text.charAt(position - 1) == '\n') {
            return position - 1;
        }
        int from = Math.max(start(text, position), position - NEIGHBOURHOOD);
        var characters = BreakIterator.getCharacterInstance();
        characters.setText(text.substring(from, position));
        int found = characters.preceding(position - from);
        return found == BreakIterator.DONE ? position - 1 : from + found;
    }

    /// The end of what people call one character and which begins at `position`.
    static int characterAfter(Text text, int position) {
        if (text.charAt(position) == '\n') {
            return position + 1;
        }
        int to = Math.min(end(text, position), position + NEIGHBOURHOOD);
        var characters = BreakIterator.getCharacterInstance();
        characters.setText(text.substring(position, to));
        int found = characters.following(0);
        return found == BreakIterator.DONE ? position + 1 : position + found;
    }

    /// `position`, or the beginning of the surrogate pair that it would cut.
    static int outsidePair(Text text, int position) {
        boolean cuts = position > 0
                && position < text.length()
                && Character.isLowSurrogate(text.charAt(position))
                && Character.isHighSurrogate(text.charAt(position - 1));
        return cuts ? position - 1 : position;
    }

    /// Where the word before `position` begins, over the spaces between.
    static int wordBefore(Text text, int position) {
        int from = start(text, position);
        if (from == position) {
            return Math.max(0, position - 1);
        }
        int start = Math.max(from, position - NEIGHBOURHOOD);
        String before = text.substring(start, position);
        int at = before.stripTrailing().length();
        if (at == 0) {
            return start;
        }
        var words = BreakIterator.getWordInstance();
        words.setText(before);
        int found = words.preceding(at);
        return start + Math.max(0, found);
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
        if (at == after.length()) {
            return to;
        }
        var words = BreakIterator.getWordInstance();
        words.setText(after);
        int found = words.following(at);
        return found == BreakIterator.DONE ? to : position + found;
    }
}
