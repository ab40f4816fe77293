package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import java.text.BreakIterator;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.BoundingBox;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.TextFlow;
import org.fxmisc.flowless.Cell;
import org.fxmisc.flowless.VirtualFlow;
import org.fxmisc.richtext.GenericStyledArea;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyledDocument;
import org.fxmisc.richtext.model.StyledSegment;
import org.fxmisc.richtext.util.UndoUtils;
import org.reactfx.util.Either;

/// The widget, with what it does by itself taken out: it shows, scrolls, moves its caret, and never
/// edits.
final class PageArea extends GenericStyledArea<Attributes, Either<String, Embed>, Attributes> {
    /// What is seen above and below the caret's line when it is brought into view: two lines.
    static final double AROUND_CARET = 48; // px

    private boolean following; // the next layout brings the caret into view
    private boolean turning; // a page: the caret goes with it

    PageArea(Function<StyledSegment<Either<String, Embed>, Attributes>, Node> nodes) {
        super(Attributes.NONE, (flow, style) -> {}, Attributes.NONE, Segments.OPS, nodes);
        setUndoManager(UndoUtils.noOpUndoManager());
        setWrapText(true);
        setUseInitialStyleForInsertion(true);
        setBackground(null);
        setOnSelectionDrag(point -> {});
        setOnSelectionDropped(drop -> {});
        setAccessibleRole(AccessibleRole.TEXT_AREA);
    }

    /// RichTextFX writes what is composed into its text; see {@link Composition}.
    @Override
    protected void handleInputMethodEvent(InputMethodEvent event) {}

    /// Every edit that the widget would make by itself comes through here, and ends here.
    @Override
    public void replace(
            int start, int end, StyledDocument<Attributes, Either<String, Embed>, Attributes> replacement) {}

    /// The list of boxes, one for each paragraph that is in view.
    @SuppressWarnings("unchecked")
    VirtualFlow<
                    Paragraph<Attributes, Either<String, Embed>, Attributes>,
                    Cell<Paragraph<Attributes, Either<String, Embed>, Attributes>, Region>>
            flow() {
        return (VirtualFlow<
                        Paragraph<Attributes, Either<String, Embed>, Attributes>,
                        Cell<Paragraph<Attributes, Either<String, Embed>, Attributes>, Region>>)
                getChildrenUnmodifiable().getFirst();
    }

    /// The box of a paragraph that is in view.
    Optional<Region> box(int paragraph) {
        return paragraph < 0 || paragraph >= getParagraphs().size()
                ? Optional.empty()
                : flow().getCellIfVisible(paragraph).map(Cell::getNode);
    }

    /// The words of a paragraph's box, in their places. A box that is to be measured anew still is: the
    /// flow does that for boxes that say so, and to lay one out silences it.
    static TextFlow text(Region box) {
        boolean unmeasured = box.isNeedsLayout();
        box.layout();
        if (unmeasured) {
            box.requestLayout();
        }
        return (TextFlow) box.getChildrenUnmodifiable().getFirst();
    }

    // --- steps over what a reader sees as one character or word, without a look at the whole text

    @Override
    public void previousChar(SelectionPolicy policy) {
        step(BreakIterator.getCharacterInstance(), -1, policy);
    }

    @Override
    public void nextChar(SelectionPolicy policy) {
        step(BreakIterator.getCharacterInstance(), 1, policy);
    }

    @Override
    public void wordBreaksBackwards(int n, SelectionPolicy policy) {
        step(BreakIterator.getWordInstance(), -n, policy);
    }

    @Override
    public void wordBreaksForwards(int n, SelectionPolicy policy) {
        step(BreakIterator.getWordInstance(), n, policy);
    }

    @Override
    public void selectWord() {
        int paragraph = getCurrentParagraph();
        int column = getCaretColumn();
        String line = getParagraph(paragraph).getText();
        var breaks = BreakIterator.getWordInstance();
        breaks.setText(line);
        if (!line.isEmpty()) {
            int from = column < line.length() && breaks.isBoundary(column)
                    ? column
                    : breaks.preceding(Math.min(line.length(), Math.max(1, column)));
            int to = breaks.following(from);
            selectRange(paragraph, from, paragraph, to);
        }
    }

    /// A key may come before a changed text is laid out, and a page is what is seen.
    @Override
    public void nextPage(SelectionPolicy policy) {
        layout();
        super.nextPage(policy);
        turning = true;
    }

    @Override
    public void prevPage(SelectionPolicy policy) {
        layout();
        super.prevPage(policy);
        turning = true;
    }

    // --- bringing the caret into view

    @Override
    public void requestFollowCaret() {
        following = true;
        super.requestFollowCaret();
    }

    /// Who writes at the end of a text does not write at the edge of the window.
    @Override
    protected void layoutChildren() {
        super.layoutChildren(); // shows the caret's line, and no more
        if (following && !turning) {
            int paragraph = getCurrentParagraph();
            TextFlow text = text(flow().getCell(paragraph).getNode());
            var line = Lines.caret(text, getCaretColumn());
            double around = Math.min(AROUND_CARET, getHeight() / 4);
            double top = text.getLayoutY() + line.getMinY() - around;
            flow().show(paragraph, new BoundingBox(0, top, 0, line.getHeight() + 2 * around));
        }
        following = false;
        turning = false;
    }

    private void step(BreakIterator breaks, int n, SelectionPolicy policy) {
        int paragraph = getCurrentParagraph();
        int column = getCaretColumn();
        String line = getParagraph(paragraph).getText();
        if (n < 0 && column == 0) {
            if (paragraph > 0) {
                moveTo(paragraph - 1, getParagraphLength(paragraph - 1), policy);
            }
            return;
        }
        if (n > 0 && column == line.length()) {
            if (paragraph + 1 < getParagraphs().size()) {
                moveTo(paragraph + 1, 0, policy);
            }
            return;
        }
        breaks.setText(line);
        int at = n < 0 ? breaks.preceding(column) : breaks.following(column);
        for (int i = Math.abs(n); i > 1 && at > 0 && at < line.length(); i--) {
            at = n < 0 ? breaks.previous() : breaks.next();
        }
        moveTo(paragraph, Math.clamp(at, 0, line.length()), policy);
    }

    // --- for assistive technology

    private Answers answers = Answers.NONE;

    void answerBy(Answers source) {
        answers = source;
    }

    /// What is asked about the text from outside.
    interface Answers {
        Answers NONE = new Answers() {
            @Override
            public Optional<Object> answer(AccessibleAttribute attribute, Object... parameters) {
                return Optional.empty();
            }

            @Override
            public boolean act(AccessibleAction action, Object... parameters) {
                return false;
            }
        };

        Optional<Object> answer(AccessibleAttribute attribute, Object... parameters);

        boolean act(AccessibleAction action, Object... parameters);
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        // Asked by the super constructor already, when nothing of this class is there.
        Answers source = answers;
        return source == null
                ? super.queryAccessibleAttribute(attribute, parameters)
                : source.answer(attribute, parameters)
                        .orElseGet(() -> super.queryAccessibleAttribute(attribute, parameters));
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        if (!answers.act(action, parameters)) {
            super.executeAccessibleAction(action, parameters);
        }
    }
}
