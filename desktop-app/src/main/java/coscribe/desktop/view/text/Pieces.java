package coscribe.desktop.view.text;

import java.text.Bidi;
import java.util.ArrayList;
import java.util.List;

/// Cuts text that is written from right to left into pieces that fit on a line. JavaFX 26 on Linux
/// throws where it wraps a line inside a run of such text
/// (`PrismTextLayout.computeTrailingSpaceWidth` reads behind the array), so one paragraph of Hebrew
/// would end everybody's drawing. A run never reaches over two pieces, and lines are wrapped
/// between runs where they can be.
///
/// The price: letters at both sides of a cut inside a long word do not join.
final class Pieces {
    /// Letters in one piece: shorter than a line of the narrowest page in the largest heading.
    private static final int MOST = 12;

    private Pieces() {}

    /// Whether a paragraph holds anything that is written from right to left.
    static boolean isNeeded(CharSequence paragraph) {
        char[] units = paragraph.toString().toCharArray();
        return Bidi.requiresBidi(units, 0, units.length);
    }

    /// The pieces of a run of such a paragraph, in order; together they are the run.
    ///
    /// @param forced  the paragraph says itself which way it is written: nothing is as it looks
    static List<String> of(String run, boolean forced) {
        var pieces = new ArrayList<String>();
        int start = 0;
        int letters = 0;
        for (int at = 0; at < run.length(); ) {
            int point = run.codePointAt(at);
            int next = at + Character.charCount(point);
            boolean letter = !forced && (Character.isLetterOrDigit(point) || isMark(point));
            if (letter && letters < MOST) {
                letters++;
            } else {
                if (at > start) {
                    pieces.add(run.substring(start, at));
                }
                start = at;
                letters = letter ? 1 : MOST;
            }
            at = next;
        }
        if (start < run.length()) {
            pieces.add(run.substring(start));
        }
        return pieces;
    }

    /// Whether a paragraph holds signs that turn the direction of what follows.
    static boolean isForced(CharSequence paragraph) {
        return paragraph.chars().anyMatch(c -> (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069));
    }

    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
