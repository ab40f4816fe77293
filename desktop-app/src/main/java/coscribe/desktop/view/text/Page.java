package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.fxmisc.richtext.model.StyledSegment;
import org.reactfx.util.Either;

/// Makes the nodes that the widget shows: a text for each run, an image or a divider, what stands
/// beside a paragraph. Looks after what neighbours tell about a paragraph, for the paragraphs in
/// view only.
final class Page {
    private static final int FARTHEST = 200; // paragraphs that are looked back over for the item of the same level

    private Optional<AuthorMarks> authors = Optional.empty(); // before the area asks for nodes
    private final Look look = new Look();
    private final Numbering numbering = new Numbering(this::block);
    private final DoubleProperty width = new SimpleDoubleProperty(680);
    private final PageArea area = new PageArea(this::nodeOf);
    private final String unnamed;
    private boolean structureChanged;

    /// @param unnamed  what the box of an item without words is called
    /// @param tick     is told the paragraph whose box is clicked
    Page(String unnamed, IntConsumer tick) {
        this.unnamed = unnamed;
        area.setParagraphGraphicFactory(index -> gutter(index, tick));
        area.layoutBoundsProperty().addListener((ignored, before, now) -> fit());
        area.insetsProperty().addListener((ignored, before, now) -> fit());
    }

    PageArea area() {
        return area;
    }

    private void fit() {
        width.set(Math.max(
                0,
                area.getWidth() - area.getInsets().getLeft() - area.getInsets().getRight()));
    }

    // --- runs

    Node nodeOf(StyledSegment<Either<String, Embed>, Attributes> segment) {
        return segment.getSegment()
                .unify(text -> textOf(text, segment.getStyle()), embed -> embedOf(segment.getStyle()));
    }

    private Node textOf(String text, Attributes set) {
        var node = new Run(text, set);
        node.getStyleClass().addAll(look.ofRun(set));
        node.show(authors);
        return node;
    }

    /// Shows who wrote what, here and in what comes into view; empty: does not. Where nobody's name was shown
    /// before, or is from now on, all has to be drawn anew.
    ///
    /// @param marks  of what somebody wrote
    void showAuthors(Optional<AuthorMarks> marks) {
        authors = marks;
        for (var cell : area.flow().visibleCells()) {
            var text = PageArea.text(cell.getNode());
            for (Node child : text.getChildren()) {
                if (child instanceof Run run) {
                    run.show(marks);
                }
            }
            text.requestLayout();
        }
    }

    boolean showsAuthors() {
        return authors.isPresent();
    }

    /// What an input method composes, as a run of its own.
    ///
    /// @param chosen  the part that is being converted
    Run composed(String text, boolean chosen) {
        var node = new Run(text, Attributes.NONE);
        node.getStyleClass().add(chosen ? "composed-chosen" : "composed");
        return node;
    }

    /// What stands behind the caret in its line, drawn once more.
    List<Node> behindCaret() {
        int from = area.getCaretColumn();
        int to = area.getCurrentLineEndInParargraph();
        return from >= to
                ? List.of()
                : area.getParagraph(area.getCurrentParagraph()).subSequence(from, to).getStyledSegments().stream()
                        .map(this::nodeOf)
                        .toList();
    }

    /// The style classes of the caret's paragraph.
    List<String> looksAtCaret() {
        return block(area.getCurrentParagraph()).classes();
    }

    /// After a layout: gives the grounds of inline code round corners and a little room. Those of
    /// authors stay as they are: they lie against each other.
    void roundGrounds() {
        if (authors.isPresent()) {
            return;
        }
        for (var cell : area.flow().visibleCells()) {
            for (Node child : PageArea.text(cell.getNode()).getChildrenUnmodifiable()) {
                if (child instanceof Path path) {
                    Ground.round(path);
                }
            }
        }
    }

    /// After a layout: makes what is selected one piece.
    void joinSelection() {
        if (area.getSelection().getLength() == 0) {
            return;
        }
        var cells = area.flow().visibleCells();
        if (!cells.isEmpty()) {
            int first = area.flow().getFirstVisibleIndex();
            for (int i = 0; i < cells.size(); i++) {
                Selected.join(area, first + i, cells.get(i).getNode());
            }
        }
    }

    private Node embedOf(Attributes set) {
        return set.has("image") ? new ImageBox(set, width) : divider();
    }

    private Node divider() {
        var line = new Region();
        line.getStyleClass().add("divider");
        line.prefWidthProperty().bind(width.subtract(2));
        return line;
    }

    // --- paragraphs

    private Look.Block block(int paragraph) {
        return look.ofBlock(area.getContent().snapshot().getParagraph(paragraph).getParagraphStyle());
    }

    private Gutter gutter(int paragraph, IntConsumer tick) {
        var gutter = new Gutter(paragraph, block(paragraph), unnamed, () -> tick.accept(paragraph));
        mark(gutter);
        return gutter;
    }

    private void mark(Gutter gutter) {
        var block = gutter.block();
        int paragraph = gutter.paragraph();
        String number =
                block.item() == Look.Item.ORDERED ? Numbering.written(numbering.of(paragraph), block.indent()) : "";
        boolean end = paragraph + 1 >= area.getContent().snapshot().getParagraphCount();
        gutter.show(number, begins(paragraph), end || begins(paragraph + 1));
    }

    /// Whether a paragraph begins something: another quote or code than the one before, a list, or
    /// on its level a list of another kind.
    private boolean begins(int paragraph) {
        var block = block(paragraph);
        if (paragraph == 0 || !isLike(block, block(paragraph - 1))) {
            return true;
        }
        int over = paragraph - 1;
        while (over > paragraph - FARTHEST && over > 0 && block(over).indent() > block.indent()) {
            over--;
        }
        var before = block(over);
        return before.indent() == block.indent() && before.item() != block.item();
    }

    private static boolean isLike(Look.Block block, Look.Block other) {
        return block.code() == other.code()
                && block.quote() == other.quote()
                && (block.item() == Look.Item.NONE) == (other.item() == Look.Item.NONE);
    }

    /// Replaces the paragraphs that a change touches, and no others. Once the caret is where it
    /// belongs, {@link #refresh} follows: RichTextFX must not lay out a selection of the old text.
    ///
    /// @param text  behind the change
    void draw(Delta change, Text text) {
        var patches = Patch.of(change, area.getContent().snapshot());
        if (!patches.isEmpty()) {
            var multi = area.createMultiChange(patches.size());
            for (Patch patch : patches) {
                var paragraphs = paragraphs(text, patch.newStart(), patch.newEnd() + 1);
                willReplace(patch, paragraphs);
                int end = patch.newStart() + patch.oldEnd() - patch.oldStart();
                multi.replaceAbsolutely(patch.newStart(), end, paragraphs);
            }
            multi.commit();
        }
    }

    /// The paragraphs of `text` in `[from, to)`, in the widget's terms.
    ReadOnlyStyledDocument<Attributes, Either<String, Embed>, Attributes> paragraphs(Text text, int from, int to) {
        return Segments.of(text, from, to, showsAuthors());
    }

    /// Before paragraphs are replaced: is what they tell their neighbours still true?
    private void willReplace(Patch patch, ReadOnlyStyledDocument<Attributes, Either<String, Embed>, Attributes> fresh) {
        boolean same = fresh.getParagraphCount() == patch.lastParagraph() - patch.firstParagraph() + 1;
        for (int i = 0; same && i < fresh.getParagraphCount(); i++) {
            same = look.ofBlock(fresh.getParagraph(i).getParagraphStyle()).equals(block(patch.firstParagraph() + i));
        }
        if (!same) {
            structureChangedFrom(patch.firstParagraph());
        }
    }

    void structureChangedFrom(int paragraph) {
        numbering.changedFrom(paragraph);
        structureChanged = true;
    }

    /// After paragraphs were replaced: tells those in view what is new about their neighbours.
    void refresh() {
        if (structureChanged) {
            structureChanged = false;
            for (var cell : area.flow().visibleCells()) {
                for (Node child : cell.getNode().getChildrenUnmodifiable()) {
                    if (child instanceof Gutter gutter) {
                        mark(gutter);
                    }
                }
            }
        }
    }

    /// The number of a text, for those that set one.
    static int number(Attributes set, String name, int otherwise) {
        return set.get(name).orElse(Value.TRUE) instanceof Value.Number(int number) ? number : otherwise;
    }
}
