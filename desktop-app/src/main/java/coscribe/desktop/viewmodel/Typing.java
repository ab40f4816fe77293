package coscribe.desktop.viewmodel;

import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import java.util.Optional;

/// What the keys of a keyboard do at the caret: characters come, paragraphs break, and both go.
/// Holds the rules of what a key means where; `Breaks` and `InlineEdits` make the edits.
final class Typing {
    private final Manuscript manuscript;
    private final Formatter formatter;
    private final Transfer transfer;
    private boolean aids = true;

    Typing(Manuscript manuscript, Formatter formatter, Transfer transfer) {
        this.manuscript = manuscript;
        this.formatter = formatter;
        this.transfer = transfer;
    }

    void setAids(boolean on) {
        aids = on;
    }

    private Text text() {
        return manuscript.text();
    }

    private Caret selection() {
        return manuscript.selection();
    }

    void type(String typed) {
        String proper = Fragment.proper(typed);
        if (proper.indexOf('\n') >= 0) {
            transfer.pastePlain(proper);
            return;
        }
        if (proper.isEmpty() || !manuscript.mayAdd(proper.length() + 1)) {
            return;
        }
        var set = manuscript.typedFormat();
        int at = InlineEdits.from(selection());
        boolean newWord = proper.charAt(0) != ' ' && at > 0 && text().charAt(at - 1) == ' ';
        var beside = InlineEdits.isEmpty(selection())
                ? Breaks.besideDivider(text(), at, proper, manuscript.stamped(set), manuscript.stamp())
                : Optional.<Edit>empty();
        var edit = beside.orElseGet(() -> InlineEdits.replace(text(), selection(), proper, manuscript.stamped(set)));
        manuscript.type(edit, newWord);
        if (aids) {
            TypingAids.after(text(), selection().head(), proper).ifPresent(aid -> {
                manuscript.perform(aid);
                manuscript.typeNextIn(set.without(InlineStyle.BOLD.attribute()).without(InlineStyle.CODE.attribute()));
            });
        }
    }

    void enter() {
        if (manuscript.mayAdd(1)) {
            var block = Paragraphs.style(text(), InlineEdits.from(selection()));
            var set = manuscript.typedFormat().without(Links.LINK).without(InlineStyle.CODE.attribute());
            int behind = InlineEdits.from(selection());
            boolean nothingSelected = InlineEdits.isEmpty(selection());
            manuscript.perform(Breaks.enter(text(), selection(), manuscript.stamp()));
            if (aids && nothingSelected) {
                TypingAids.link(text(), behind, selection()).ifPresent(manuscript::perform);
            }
            if (block.heading() == 0 && !set.isEmpty()) {
                manuscript.typeNextIn(set);
            }
        }
    }

    void divider() {
        if (manuscript.mayAdd(3)) {
            manuscript.perform(Breaks.divider(text(), selection(), manuscript.stamp()));
        }
    }

    void tab(boolean back) {
        int paragraphs = BlockEdits.newlines(text(), selection()).size();
        var style = Paragraphs.style(text(), InlineEdits.from(selection()));
        if (style.code() && (back || paragraphs > 1)) {
            if (back || manuscript.mayAdd(InlineEdits.length(selection()) + paragraphs)) {
                manuscript.perform(BlockEdits.shiftCode(text(), selection(), back, manuscript.stamp()));
            }
        } else if (back) {
            formatter.indent(-1);
        } else if (paragraphs > 1 || style.list().isPresent()) {
            formatter.indent(1);
        } else {
            type("\t");
        }
    }

    void backspace() {
        int head = selection().head();
        if (!InlineEdits.isEmpty(selection())) {
            transfer.deleteSelection();
        } else if (head == Paragraphs.start(text(), head)) {
            Breaks.backspaceAtStart(text(), head).ifPresent(manuscript::deleteOn);
        } else {
            int from = Paragraphs.characterBefore(text(), head);
            manuscript.deleteOn(
                    InlineEdits.delete(text(), from, Math.max(head, Paragraphs.characterAfter(text(), from))));
        }
    }

    void delete() {
        int head = selection().head();
        if (!InlineEdits.isEmpty(selection())) {
            transfer.deleteSelection();
        } else if (text().charAt(head) != '\n') {
            manuscript.deleteOn(InlineEdits.delete(text(), head, Paragraphs.characterAfter(text(), head)));
        } else if (head < text().length() - 1) {
            manuscript.deleteOn(Breaks.deleteAtEnd(text(), head));
        }
    }

    void backspaceWord() {
        int head = selection().head();
        if (InlineEdits.isEmpty(selection()) && head != Paragraphs.start(text(), head)) {
            manuscript.deleteOn(InlineEdits.delete(text(), Paragraphs.wordBefore(text(), head), head));
        } else {
            backspace();
        }
    }

    void deleteWord() {
        int head = selection().head();
        if (InlineEdits.isEmpty(selection()) && text().charAt(head) != '\n') {
            manuscript.deleteOn(InlineEdits.delete(text(), head, Paragraphs.wordAfter(text(), head)));
        } else {
            delete();
        }
    }
}
