package coscribe.desktop.viewmodel;

import coscribe.desktop.viewmodel.EditorModel.Notice;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Text;
import coscribe.ot.export.Alignment;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// How text looks: styles and links of the characters that are selected, or of what is typed next;
/// headings, lists and the like of paragraphs. What all of the selection is already, it is no more
/// when it is asked for again; headings stay.
final class Formatter {
    private final Manuscript manuscript;

    Formatter(Manuscript manuscript) {
        this.manuscript = manuscript;
    }

    private Text text() {
        return manuscript.text();
    }

    private Caret selection() {
        return manuscript.selection();
    }

    // --- characters

    void toggle(InlineStyle style) {
        if (!manuscript.editable.get()) {
            return;
        }
        if (InlineEdits.isEmpty(selection())) {
            var set = manuscript.typedFormat();
            manuscript.endStep();
            manuscript.typeNextIn(
                    set.has(style.attribute())
                            ? set.without(style.attribute())
                            : set.with(style.attribute(), Value.TRUE));
        } else {
            boolean on = InlineEdits.commonStyles(text(), selection()).contains(style);
            format(Attributes.of(style.attribute(), on ? Value.CLEAR : Value.TRUE));
        }
    }

    void link(Optional<String> written) {
        var target = written.flatMap(Links::meant);
        if (written.isPresent() && target.isEmpty()) {
            manuscript.tell(Notice.BAD_LINK);
            return;
        }
        Value value = target.<Value>map(Value::of).orElse(Value.CLEAR);
        var around = Links.at(text(), selection().head());
        if (!InlineEdits.isEmpty(selection())) {
            format(Attributes.of(Links.LINK, value));
        } else if (around.isPresent()) {
            manuscript.perform(Links.change(text(), selection(), around.get(), value));
        } else if (target.isPresent()) {
            String shown = written.map(String::strip).orElseThrow();
            if (manuscript.mayAdd(shown.length())) {
                manuscript.perform(InlineEdits.replace(
                        text(),
                        selection(),
                        shown,
                        manuscript.stamped(manuscript.typedFormat().with(Links.LINK, value))));
            }
        }
    }

    private void format(Attributes set) {
        manuscript.perform(InlineEdits.format(text(), selection(), set));
    }

    void clear() {
        if (!InlineEdits.isEmpty(selection())) {
            manuscript.perform(InlineEdits.clear(text(), selection()));
        } else if (manuscript.editable.get()) {
            restyle(_ -> Attributes.NONE);
            manuscript.typeNextIn(Attributes.NONE);
        }
    }

    // --- paragraphs

    void heading(int level) {
        restyle(level == 0 ? BlockEdits::body : BlockEdits.kind("header", Value.of(level)));
    }

    void list(ListKind kind) {
        toggle(style -> style.list().equals(Optional.of(kind)), "list", Value.of(kind.value()));
    }

    void quote() {
        toggle(BlockStyle::quote, "quote", Value.TRUE);
    }

    void codeBlock() {
        toggle(BlockStyle::code, "code-block", Value.TRUE);
    }

    private void toggle(Predicate<BlockStyle> has, String attribute, Value value) {
        boolean off = BlockEdits.all(text(), selection(), has);
        restyle(off ? BlockEdits::body : BlockEdits.kind(attribute, value));
    }

    void tick() {
        manuscript.perform(BlockEdits.tick(text(), BlockEdits.newlines(text(), selection()), selection()));
    }

    void tickAt(int position) {
        manuscript.performUnseen(BlockEdits.tick(text(), List.of(Paragraphs.end(text(), position)), selection()));
    }

    /// @param levels  to the right; negative: to the left
    void indent(int levels) {
        restyle(had -> BlockEdits.indented(had, levels));
    }

    void align(Alignment alignment) {
        restyle(had ->
                alignment == Alignment.START ? had.without("align") : had.with("align", Value.of(alignment.value())));
    }

    private void restyle(UnaryOperator<Attributes> wanted) {
        manuscript.perform(BlockEdits.restyle(text(), selection(), wanted));
    }
}
