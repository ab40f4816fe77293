package coscribe.desktop.view.text;

import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// What stands beside a paragraph: a bullet, a number, a box to tick; and how far it is indented.
/// Tells its paragraph's box how to look, as it is the only part of it that is ours.
final class Gutter extends Region {
    private static final double INDENT = 26; // px for each level
    private static final double MARKER = 28; // px for a marker
    private static final double GAP = 9; // px between a marker and its text
    private static final List<String> ENDS = List.of("run-first", "run-last");

    private final int paragraph;
    private final Look.Block block;
    private final double column;
    private final String unnamed;
    private final Text number = new Text();
    private boolean first;
    private boolean last;

    /// @param paragraph  its index
    /// @param unnamed    what a box is called whose item has no words
    /// @param tick       run when the box is clicked
    Gutter(int paragraph, Look.Block block, String unnamed, Runnable tick) {
        this.unnamed = unnamed;
        this.paragraph = paragraph;
        this.block = block;
        this.column = block.indent() * INDENT + (block.item() == Look.Item.NONE ? 0 : MARKER);
        getStyleClass().add("gutter");
        setManaged(column > 0);
        setMouseTransparent(block.item() != Look.Item.CHECK);
        switch (block.item()) {
            case NONE -> {}
            case BULLET -> {
                number.setText(
                        switch (block.indent() % 3) {
                            case 0 -> "\u2022";
                            case 1 -> "\u25E6";
                            default -> "\u25AA";
                        });
                number.getStyleClass().add("bullet");
                getChildren().add(number);
            }
            case ORDERED -> {
                number.getStyleClass().add("number");
                getChildren().add(number);
            }
            case CHECK -> getChildren().add(new CheckMark(block.checked(), this::words, tick));
        }
        number.setTextOrigin(VPos.TOP);
        parentProperty().addListener((ignored, before, box) -> {
            if (box != null) {
                box.getStyleClass().addAll(block.classes());
                mark(box, first, last);
            }
        });
    }

    /// What an item says that is to be ticked.
    private String words() {
        String words = ((Parent) getParent().getChildrenUnmodifiable().getFirst())
                .getChildrenUnmodifiable().stream()
                        .filter(Run.class::isInstance)
                        .map(run -> ((Run) run).getText())
                        .collect(Collectors.joining());
        return words.isBlank() ? unnamed : words;
    }

    int paragraph() {
        return paragraph;
    }

    Look.Block block() {
        return block;
    }

    /// Says what only neighbours can tell.
    ///
    /// @param written  the number of an ordered item, empty elsewhere
    /// @param begins   nothing of its kind stands above it
    /// @param ends     nothing of its kind stands below it
    void show(String written, boolean begins, boolean ends) {
        if (block.item() == Look.Item.ORDERED && !number.getText().equals(written)) {
            number.setText(written);
        }
        if (getParent() != null && (first != begins || last != ends)) {
            mark(getParent(), begins, ends);
        }
        first = begins;
        last = ends;
    }

    private static void mark(Node box, boolean begins, boolean ends) {
        box.getStyleClass().removeAll(ENDS);
        if (begins) {
            box.getStyleClass().add(ENDS.getFirst());
        }
        if (ends) {
            box.getStyleClass().add(ENDS.getLast());
        }
    }

    @Override
    protected double computePrefWidth(double height) {
        return column;
    }

    @Override
    protected double computeMinWidth(double height) {
        return column;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        for (var child : getManagedChildren()) {
            double width = child.prefWidth(-1);
            double height = child.prefHeight(-1);
            var line = firstLine();
            double top = block.item() == Look.Item.ORDERED
                    ? line.getMinY() // numbers stand on the line of their text
                    : (line.getMinY() + line.getMaxY() - height) / 2;
            child.resizeRelocate(
                    snapPositionX(Math.max(0, getWidth() - GAP - width)),
                    snapPositionY(Math.max(0, top)),
                    width,
                    height);
        }
    }

    /// Where the paragraph's first line is, as high as its letters.
    private Rectangle2D firstLine() {
        var text = (TextFlow) getParent().getChildrenUnmodifiable().getFirst();
        var line = Lines.caret(text, 0);
        return new Rectangle2D(0, Math.max(0, text.getLayoutY() - getLayoutY() + line.getMinY()), 0, line.getHeight());
    }
}
