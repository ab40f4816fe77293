package coscribe.desktop.view.frame;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.event.EventHandler;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/// A layer over a window for one small card at a time, beside what it belongs to. What lies under
/// it goes on: nothing is modal. Esc, or a click anywhere else, closes it.
final class FloatLayer extends Pane {
    private static final double GAP = 6;

    private final Runnable afterEscape;
    private Optional<Shown> shown = Optional.empty();
    private final EventHandler<MouseEvent> elsewhere = this::pressed;
    private final EventHandler<KeyEvent> keys = this::typed;

    /// @param anchor  where it is now, in the scene
    private record Shown(Region card, Supplier<Bounds> anchor, Side side) {}

    /// @param afterEscape  where the focus goes when a card was closed by Esc
    FloatLayer(Runnable afterEscape) {
        this.afterEscape = afterEscape;
        setPickOnBounds(false);
        getStyleClass().add("float-layer");
        sceneProperty().addListener((property, was, is) -> {
            if (was != null) {
                was.removeEventFilter(MouseEvent.MOUSE_PRESSED, elsewhere);
                was.removeEventFilter(KeyEvent.KEY_PRESSED, keys);
            }
            if (is != null) {
                is.addEventFilter(MouseEvent.MOUSE_PRESSED, elsewhere);
                is.addEventFilter(KeyEvent.KEY_PRESSED, keys);
            }
        });
    }

    /// Shows a card, or takes it away if it is the one that is there.
    ///
    /// @param side  of the anchor; the card stays inside the window
    void toggle(Region card, Node anchor, Side side) {
        toggle(card, () -> anchor.localToScene(anchor.getLayoutBounds()), side);
    }

    /// As above.
    ///
    /// @param anchor  in the scene
    void toggle(Region card, Supplier<Bounds> anchor, Side side) {
        boolean same = shown.filter(now -> now.card() == card).isPresent();
        close();
        if (!same) {
            card.getStyleClass().remove("float-card");
            card.getStyleClass().add("float-card");
            shown = Optional.of(new Shown(card, anchor, side));
            getChildren().setAll(card);
            requestLayout();
        }
    }

    void close() {
        shown = Optional.empty();
        getChildren().clear();
    }

    boolean isShowing() {
        return shown.isPresent();
    }

    private void pressed(MouseEvent event) {
        shown.ifPresent(now -> {
            var at = now.card().sceneToLocal(event.getSceneX(), event.getSceneY());
            if (!now.card().contains(at) && !now.anchor().get().contains(event.getSceneX(), event.getSceneY())) {
                close();
            }
        });
    }

    private void typed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && shown.isPresent()) {
            close();
            afterEscape.run();
            event.consume();
        }
    }

    @Override
    protected void layoutChildren() {
        shown.ifPresent(now -> {
            Bounds anchor = sceneToLocal(now.anchor().get());
            double width = Math.min(now.card().prefWidth(-1), getWidth() - 2 * GAP);
            double height = Math.min(now.card().prefHeight(width), getHeight() - 2 * GAP);
            double x = now.side() == Side.RIGHT ? anchor.getMaxX() - width : anchor.getMinX();
            double y = now.side() == Side.TOP ? anchor.getMinY() - height - GAP : anchor.getMaxY() + GAP;
            now.card()
                    .resizeRelocate(
                            snapPositionX(Math.clamp(x, GAP, Math.max(GAP, getWidth() - width - GAP))),
                            snapPositionY(Math.clamp(y, GAP, Math.max(GAP, getHeight() - height - GAP))),
                            width,
                            height);
        });
    }
}
