package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Text;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.fxmisc.richtext.model.StyledSegment;
import org.reactfx.util.Either;

/// Makes the nodes that the widget shows: a text for each run, an image or a divider, what stands
/// beside a paragraph. Looks after what neighbours tell about a paragraph, for the paragraphs in
/// view only.
final class Page {
    private Optional<Function<String, Color>> authors = Optional.empty(); // before the area asks for nodes
    private final Look look = new Look();
    private final Numbering numbering = new Numbering(this::block);
    private final DoubleProperty width = new SimpleDoubleProperty(680);
    private final PageArea area = new PageArea(this::nodeOf);
    private boolean structureChanged;

    /// @param tick  is told the paragraph whose box is clicked
    Page(IntConsumer tick) {
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

    /// Shows who wrote what, here and in what comes into view; empty: does not.
    ///
    /// @param colours  by the id of an author
    void showAuthors(Optional<Function<String, Color>> colours) {
        authors = colours;
        for (var cell : area.flow().visibleCells()) {
            var text = PageArea.text(cell.getNode());
            for (Node child : text.getChildren()) {
                if (child instanceof Run run) {
                    run.show(colours);
                }
            }
            text.requestLayout();
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
        var gutter = new Gutter(paragraph, block(paragraph), () -> tick.accept(paragraph));
        mark(gutter);
        return gutter;
    }

    private void mark(Gutter gutter) {
        var block = gutter.block();
        int paragraph = gutter.paragraph();
        String number =
                block.item() == Look.Item.ORDERED ? Numbering.written(numbering.of(paragraph), block.indent()) : "";
        gutter.show(number, !isLike(block, paragraph - 1), !isLike(block, paragraph + 1));
    }

    /// Whether the paragraph there goes on what `block` is: the same quote, the same code.
    private boolean isLike(Look.Block block, int paragraph) {
        if (paragraph < 0 || paragraph >= area.getContent().snapshot().getParagraphCount()) {
            return false;
        }
        var other = block(paragraph);
        return block.code() == other.code()
                && block.quote() == other.quote()
                && (block.item() == Look.Item.NONE) == (other.item() == Look.Item.NONE);
    }

    /// Replaces the paragraphs that a change touches, and no others.
    ///
    /// @param text  behind the change
    void draw(Delta change, Text text) {
        var patches = Patch.of(change, area.getContent().snapshot());
        if (!patches.isEmpty()) {
            var multi = area.createMultiChange(patches.size());
            for (Patch patch : patches) {
                var paragraphs = Segments.of(text, patch.newStart(), patch.newEnd() + 1);
                willReplace(patch, paragraphs);
                int end = patch.newStart() + patch.oldEnd() - patch.oldStart();
                multi.replaceAbsolutely(patch.newStart(), end, paragraphs);
            }
            multi.commit();
            refresh();
        }
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
    private void refresh() {
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
