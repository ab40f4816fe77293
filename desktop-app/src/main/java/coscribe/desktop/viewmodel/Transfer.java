package coscribe.desktop.viewmodel;

import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;

/// Text that goes from one place to another: by the clipboard, by dragging, or past the next
/// paragraph.
final class Transfer {
    private final Manuscript manuscript;

    Transfer(Manuscript manuscript) {
        this.manuscript = manuscript;
    }

    private Text text() {
        return manuscript.text();
    }

    private Caret selection() {
        return manuscript.selection();
    }

    // --- clipboard

    Fragment copy() {
        return Fragment.of(text(), InlineEdits.from(selection()), InlineEdits.to(selection()));
    }

    Fragment cut() {
        var copied = copy();
        if (manuscript.editable.get() && !copied.isEmpty()) {
            deleteSelection();
        }
        return copied;
    }

    void deleteSelection() {
        manuscript.perform(InlineEdits.delete(text(), InlineEdits.from(selection()), InlineEdits.to(selection())));
    }

    void paste(Fragment fragment) {
        if (Paragraphs.style(text(), InlineEdits.from(selection())).code()) {
            pasteAsTyped(fragment.asCode());
        } else if (!fragment.isEmpty() && manuscript.mayAdd(fragment.length())) {
            manuscript.perform(Pasting.edit(text(), selection(), fragment, manuscript.stamp()));
        }
    }

    void pastePlain(String plain) {
        pasteAsTyped(Fragment.ofPlain(plain));
    }

    private void pasteAsTyped(Fragment fragment) {
        if (!fragment.isEmpty() && manuscript.mayAdd(fragment.length())) {
            manuscript.perform(Pasting.plain(
                    text(),
                    selection(),
                    fragment.characters(),
                    manuscript.stamped(manuscript.typedFormat()),
                    manuscript.stamp()));
        }
    }

    // --- moving and dragging

    void moveParagraph(boolean up) {
        Moving.paragraphs(text(), selection(), up).ifPresent(manuscript::perform);
    }

    void moveSelection(int target) {
        int place = CaretPlaces.fitting(text(), Caret.at(target)).head();
        Moving.text(text(), selection(), place).ifPresent(manuscript::perform);
    }

    void drop(int target, Fragment fragment) {
        dropping(target, () -> paste(fragment));
    }

    void dropPlain(int target, String plain) {
        dropping(target, () -> pastePlain(plain));
    }

    private void dropping(int target, Runnable paste) {
        manuscript.select(Caret.at(Math.clamp(target, 0, text().length() - 1)));
        int from = selection().head();
        paste.run();
        manuscript.select(new Caret(from, selection().head()));
        manuscript.show(true);
    }
}
