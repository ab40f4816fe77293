package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.reactfx.util.Either;

/// Which whole paragraphs a change touches: what has to be drawn anew, and nothing else.
///
/// @param firstParagraph  index of the first one in the old text
/// @param lastParagraph   index of the last one in the old text
/// @param oldStart        where the first one begins in the old text, in units
/// @param oldEnd          where the newline of the last one is in the old text
/// @param newStart        where the new paragraphs begin in the new text
/// @param newEnd          where the newline of the last new one is
record Patch(int firstParagraph, int lastParagraph, int oldStart, int oldEnd, int newStart, int newEnd) {

    /// In the order of the text; patches do not touch each other's paragraphs.
    ///
    /// @param old  the paragraphs before the change
    static List<Patch> of(Delta delta, ReadOnlyStyledDocument<Attributes, Either<String, Embed>, Attributes> old) {
        var walk = new Walk(old);
        delta.forEach(walk);
        walk.close();
        return walk.patches;
    }

    private static final class Walk implements Delta.Visitor {
        private final ReadOnlyStyledDocument<Attributes, Either<String, Embed>, Attributes> old;
        private final List<Patch> patches = new ArrayList<>();
        private int at; // in the old text
        private int shift; // by how much the new text is longer up to here
        private int first = -1; // paragraphs of the patch that is open, or -1
        private int last;
        private int shiftBefore;

        Walk(ReadOnlyStyledDocument<Attributes, Either<String, Embed>, Attributes> old) {
            this.old = old;
        }

        @Override
        public void retain(int length, Attributes set) {
            if (!set.isEmpty()) {
                touch(at, at + length - 1);
            }
            at += length;
        }

        @Override
        public void insert(String source, int from, int to, Attributes set) {
            touch(at, at);
            shift += to - from;
        }

        @Override
        public void delete(int length) {
            touch(at, at + length); // what stands behind joins what stands in front
            at += length;
            shift -= length;
        }

        private void touch(int from, int to) {
            int paragraph = paragraphAt(from);
            if (first < 0 || paragraph > last + 1) { // neighbours are replaced at once
                close();
                first = paragraph;
                shiftBefore = shift;
            }
            last = from == to ? paragraph : paragraphAt(to);
        }

        private int paragraphAt(int position) {
            int shown = Math.min(position, old.length()); // which the closing newline is not
            return old.offsetToPosition(shown, Bias.Forward).getMajor();
        }

        void close() {
            if (first >= 0) {
                int start = old.position(first, 0).toOffset();
                int end = old.position(last, 0).toOffset()
                        + old.getParagraph(last).length();
                patches.add(new Patch(first, last, start, end, start + shiftBefore, end + shift));
                first = -1;
            }
        }
    }
}
