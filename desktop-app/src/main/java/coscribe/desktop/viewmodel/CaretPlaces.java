package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Text;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.presence.Caret;
import java.util.OptionalInt;

/// Where a caret or selection belongs: in a text, and behind an undo. Pure.
final class CaretPlaces {
    private CaretPlaces() {}

    /// Inside the text, and never inside of what people call one character.
    static Caret fitting(Text text, Caret wanted) {
        int most = text.length() - 1;
        int head = Paragraphs.boundary(text, Math.min(wanted.head(), most));
        int anchor =
                wanted.anchor() == wanted.head() ? head : Paragraphs.boundary(text, Math.min(wanted.anchor(), most));
        return anchor == wanted.anchor() && head == wanted.head() ? wanted : new Caret(anchor, head);
    }

    /// Where to look after an undo or redo: behind what came back, where something went away, or
    /// at the characters whose style changed, selected. Where only paragraphs changed their look,
    /// a selection in them stays.
    ///
    /// @param selection  before it
    /// @param after      the text behind it
    static Caret afterUndo(Delta delta, Caret selection, Text after) {
        int at = 0;
        var inserted = OptionalInt.empty();
        var deleted = OptionalInt.empty();
        var firstStyled = OptionalInt.empty();
        int lastStyled = 0;
        var firstBlock = OptionalInt.empty();
        int lastBlock = 0;
        for (int i = 0; i < delta.size(); i++) {
            int length = delta.length(i);
            if (delta.isDelete(i)) {
                deleted = OptionalInt.of(at);
                continue;
            }
            if (delta.isInsert(i)) {
                inserted = OptionalInt.of(at + length);
            } else if (BlockStyle.isBlock(delta.attributes(i))) {
                firstBlock = firstBlock.isPresent() ? firstBlock : OptionalInt.of(at);
                lastBlock = at + length - 1;
            } else if (!delta.attributes(i).isEmpty()) {
                firstStyled = firstStyled.isPresent() ? firstStyled : OptionalInt.of(at);
                lastStyled = at + length;
            }
            at += length;
        }
        if (inserted.isPresent() || deleted.isPresent()) {
            return Caret.at(inserted.orElseGet(deleted::getAsInt));
        }
        if (firstStyled.isPresent()) {
            return new Caret(firstStyled.getAsInt(), lastStyled);
        }
        if (firstBlock.isEmpty()) {
            return selection;
        }
        boolean within = InlineEdits.from(selection) >= Paragraphs.start(after, firstBlock.getAsInt())
                && InlineEdits.to(selection) <= lastBlock;
        return within ? selection : Caret.at(firstBlock.getAsInt());
    }
}
