package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;

/// Counts words as people do: what stands between white space, dashes and images counts where it
/// holds a letter or a digit; Chinese and Japanese, which write no white space, count by character.
/// Pure, and for one piece of text.
final class Words implements Text.RunVisitor {
    private static final char EN_DASH = '\u2013';
    private static final char EM_DASH = '\u2014';
    private static final char NO_BREAK_SPACE = '\u00a0';

    private int count;
    private boolean counted; // the word that goes on is counted already
    private char high; // the first half of a character, or 0

    private Words() {}

    /// @param from  in units of the text
    /// @param to    behind the last unit
    static int in(Text text, int from, int to) {
        var words = new Words();
        if (from < to) {
            text.forEachRun(from, to, words);
        }
        return words.count;
    }

    @Override
    public void run(CharSequence source, int from, int to, Attributes attributes) {
        for (int i = from; i < to; i++) {
            char unit = source.charAt(i);
            if (Character.isHighSurrogate(unit)) {
                high = unit;
            } else if (high != 0) {
                take(Character.isLowSurrogate(unit) ? Character.toCodePoint(high, unit) : unit);
                high = 0;
            } else {
                take(unit);
            }
        }
    }

    private void take(int point) {
        if (point < 128) {
            boolean letter = (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
            letterOrEnd(letter || (point >= '0' && point <= '9'), point <= ' ');
        } else if (isWordByItself(point)) {
            count++;
            counted = false;
        } else {
            letterOrEnd(
                    Character.isLetterOrDigit(point),
                    point == EN_DASH
                            || point == EM_DASH
                            || point == NO_BREAK_SPACE
                            || point == Schema.EMBED
                            || Character.isWhitespace(point));
        }
    }

    private void letterOrEnd(boolean letter, boolean end) {
        if (end) {
            counted = false;
        } else if (letter && !counted) {
            counted = true;
            count++;
        }
    }

    private static boolean isWordByItself(int point) {
        if (point < 0x3040) {
            return false;
        }
        var script = Character.UnicodeScript.of(point);
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA;
    }
}
