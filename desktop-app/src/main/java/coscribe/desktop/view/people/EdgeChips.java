package coscribe.desktop.view.people;

import coscribe.desktop.view.text.TextGeometry.Range;
import coscribe.desktop.viewmodel.Collaborator;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import org.kordamp.ikonli.javafx.FontIcon;

/// Who types out of view: "Aiko is typing, line 41" at the edge behind which they are, left or right
/// where the page is white; where it is not, an arrow in their colour beside the column. At most
/// two; a click goes there.
final class EdgeChips {
    static final int MOST = 2;
    private static final double INSET = 12; // px
    private static final double GAP = 6; // px
    private static final double SMALL = 20; // px, how wide an arrow is: less than the page's margin
    private static final double SMALL_INSET = 2; // px
    private static final String UP = "mdi2a-arrow-up";
    private static final String DOWN = "mdi2a-arrow-down";

    private final Scenery scenery;
    private final Pane layer = new Pane() {
        @Override
        protected void layoutChildren() {
            place();
        }
    };
    private final List<Chip> chips = new ArrayList<>();
    private Optional<Instant> until = Optional.empty();

    EdgeChips(Scenery scenery, Consumer<ClientId> goTo) {
        this.scenery = scenery;
        layer.setPickOnBounds(false);
        for (int i = 0; i < MOST; i++) {
            var chip = new Chip(goTo);
            chips.add(chip);
            layer.getChildren().add(chip.button);
        }
    }

    Node node() {
        return layer;
    }

    /// When the next chip goes away, if nothing happens.
    Optional<Instant> untilChange() {
        return until;
    }

    void show(List<Collaborator> everyone, Range visible) {
        var now = scenery.people().now();
        var typing = everyone.stream()
                .filter(who -> who.caret()
                        .filter(caret -> !visible.contains(caret.head()))
                        .isPresent())
                .filter(who -> typedUntil(who).filter(now::isBefore).isPresent())
                .sorted(Comparator.comparing(who -> who.typedAt().orElse(Instant.MIN), Comparator.reverseOrder()))
                .limit(MOST)
                .toList();
        until = typing.stream().flatMap(who -> typedUntil(who).stream()).min(Instant::compareTo);
        for (int i = 0; i < MOST; i++) {
            chips.get(i).show(i < typing.size() ? Optional.of(typing.get(i)) : Optional.empty(), visible);
        }
        if (!typing.isEmpty()) {
            place(); // the words behind them may have moved
        }
    }

    private static Optional<Instant> typedUntil(Collaborator who) {
        return who.typedAt().map(at -> at.plus(Ageing.FLAG));
    }

    private void place() {
        double top = INSET;
        double bottom = layer.getHeight() - INSET;
        for (Chip chip : chips) {
            if (chip.button.isVisible()) {
                double height = chip.place(chip.above ? top : bottom);
                top += chip.above ? height + GAP : 0;
                bottom -= chip.above ? 0 : height + GAP;
            }
        }
    }

    private final class Chip {
        private final Button button = new Button();
        private final Group sign = new Group();
        private final FontIcon arrow = new FontIcon(UP);
        private Optional<ClientId> who = Optional.empty();
        private Optional<Color> painted = Optional.empty();
        private int shape = -1;
        private boolean above = true;
        private double width; // px, with its words
        private double height;

        Chip(Consumer<ClientId> goTo) {
            var graphic = new HBox(4, sign, arrow);
            graphic.setAlignment(Pos.CENTER_LEFT);
            button.getStyleClass().setAll("edge-chip");
            button.setAlignment(Pos.CENTER_LEFT);
            button.setFocusTraversable(false);
            button.setVisible(false);
            button.setGraphic(graphic);
            button.setOnAction(event -> who.ifPresent(goTo));
        }

        /// With its words, which are measured when they are new: that takes styling.
        private void measure() {
            become(false);
            button.applyCss();
            width = button.prefWidth(-1);
            height = button.prefHeight(width);
        }

        /// Answers how high it is.
        ///
        /// @param edge  where it begins, or ends where it is not above
        double place(double edge) {
            double y = Math.round(above ? edge : edge - height);
            var page = scenery.text().page();
            var white = Stream.of(page.getMinX() + INSET, page.getMaxX() - INSET - width)
                    .map(x -> new Rectangle2D(Math.round(x), y, width, height))
                    .filter(box -> page.contains(box) && isWhite(box))
                    .findFirst();
            become(white.isEmpty());
            var box = white.orElseGet(() -> new Rectangle2D(page.getMinX() + SMALL_INSET, y, SMALL, height));
            button.resizeRelocate(box.getMinX(), y, box.getWidth(), height);
            return height;
        }

        private boolean isWhite(Rectangle2D box) {
            return scenery.text().written(box.getMinY(), box.getMaxY()).stream().noneMatch(box::intersects);
        }

        /// Only an arrow; the words are heard all the same.
        private void become(boolean small) {
            if (small != button.getStyleClass().contains("edge-arrow")) {
                button.setContentDisplay(small ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
                sign.setVisible(!small);
                sign.setManaged(!small);
                if (small) {
                    button.getStyleClass().add("edge-arrow");
                } else {
                    button.getStyleClass().remove("edge-arrow");
                }
                button.applyCss();
            }
        }

        void show(Optional<Collaborator> typing, Range visible) {
            boolean appears = typing.isPresent() && !button.isVisible();
            button.setVisible(typing.isPresent());
            who = typing.map(Collaborator::client);
            typing.ifPresent(it -> {
                int head = it.caret().orElseThrow().head();
                boolean isAbove = head < visible.from();
                String words = scenery.strings()
                        .get(
                                "people.typingAt",
                                Flag.shortened(it.name()),
                                scenery.text().lineOf(head));
                boolean isNew = appears || isAbove != above || !words.equals(button.getText());
                if (isNew) {
                    above = isAbove;
                    arrow.setIconLiteral(above ? UP : DOWN);
                    button.setText(words);
                    button.setAccessibleText(words);
                }
                if (paint(it.slot()) || isNew) {
                    measure();
                    layer.requestLayout();
                }
            });
        }

        /// Answers whether it looks otherwise now.
        private boolean paint(PaletteSlot slot) {
            var colour = scenery.palette().of(slot);
            boolean changed = !painted.equals(Optional.of(colour)) || shape != slot.shape();
            if (changed) {
                painted = Optional.of(colour);
                shape = slot.shape();
                sign.getChildren()
                        .setAll(Heads.of(shape, 8, colour, scenery.palette().ink()));
                arrow.setIconColor(colour);
            }
            return changed;
        }
    }
}
