package coscribe.ot.presence;

import coscribe.ot.delta.Bias;
import coscribe.ot.delta.Delta;

/// A caret with its selection, in UTF-16 units of one revision's text. `head` is where the caret
/// stands, `anchor` where the selection began; equal where nothing is selected.
public record Caret(int anchor, int head) {
    public Caret {
        if (anchor < 0 || head < 0) {
            throw new IllegalArgumentException("a caret at " + anchor + "/" + head);
        }
    }

    public static Caret at(int position) {
        return new Caret(position, position);
    }

    /// After a change that the caret's owner made: the caret goes behind what was typed at it.
    public Caret throughOwn(Delta change) {
        return map(change, Bias.AFTER);
    }

    /// After somebody else's change: the caret stays behind what its owner typed last, and a
    /// selection keeps its words: what others insert at its ends stays outside.
    public Caret throughForeign(Delta change) {
        if (anchor == head) {
            return map(change, Bias.BEFORE);
        }
        int from = change.mapPosition(Math.min(anchor, head), Bias.AFTER);
        int to = Math.max(from, change.mapPosition(Math.max(anchor, head), Bias.BEFORE));
        return anchor < head ? new Caret(from, to) : new Caret(to, from);
    }

    private Caret map(Delta change, Bias bias) {
        return new Caret(change.mapPosition(anchor, bias), change.mapPosition(head, bias));
    }

    /// Whether the caret lies in a text of `length` units; nobody stands behind the closing
    /// newline.
    public boolean fits(int length) {
        return anchor < length && head < length;
    }
}
