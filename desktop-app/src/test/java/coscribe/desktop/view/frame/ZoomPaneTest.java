package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.desktop.view.people.Palette;
import coscribe.desktop.view.people.PeopleView;
import coscribe.desktop.view.people.Scenery;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.view.text.Held;
import coscribe.desktop.view.text.ModelCommands;
import coscribe.desktop.view.text.Mouse;
import coscribe.desktop.view.text.RichTextSurface;
import coscribe.desktop.viewmodel.Crowd;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.Strings;
import coscribe.desktop.viewmodel.Zoom;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.event.EventType;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The real widget with another person over it, at every zoom.
class ZoomPaneTest {
    private static final String LINE = "We start with the garden beds, because the soil is ready in March.\n";
    private static final int LINES = 200;

    private final Zoom zoom = new Zoom();
    private Crowd crowd;
    private EditorModel model;
    private RichTextSurface surface;
    private PeopleView others;
    private ZoomPane pane;
    private Stage stage;

    @BeforeEach
    void open() {
        Fx.run(() -> {
            crowd = new Crowd(LINE.repeat(LINES));
            model = new EditorModel(crowd.client, crowd.time);
            surface = new RichTextSurface(new ModelCommands(model, Clipboard.getSystemClipboard()));
            others = new PeopleView(
                    new Scenery(
                            crowd.people,
                            surface,
                            model::selection,
                            crowd.time,
                            new SimpleObjectProperty<>(Palette.LIGHT),
                            new SimpleBooleanProperty(true),
                            Strings.of(Locale.UK)),
                    () -> {},
                    name -> {});
            pane = new ZoomPane(
                    others.text(),
                    zoom.percent(),
                    () -> Held.of(surface, model.selection().head()));
            stage = new Stage();
            var scene = new Scene(pane, 900, 600);
            Theme.of(ColorScheme.LIGHT).dress(scene);
            stage.setScene(scene);
            stage.show();
            model.attach(surface);
            crowd.time.settle();
        });
        Fx.frames(3);
    }

    @AfterEach
    void close() {
        Fx.run(() -> {
            others.close();
            surface.close();
            model.close();
            stage.hide();
        });
    }

    private void select(int position) {
        Fx.run(() -> {
            var done = crowd.client.run(it -> model.select(Caret.at(position)));
            crowd.time.settle();
            done.join();
            surface.select(Caret.at(position), false);
        });
    }

    private void zoomTo(int percent) {
        Fx.run(() -> zoom.set(percent));
        Fx.frames(2);
    }

    private Bounds inScene(int position) {
        return Fx.call(() -> {
            var line = surface.caretAt(position).orElseThrow();
            return surface.node().localToScene(new BoundingBox(line.getMinX(), line.getMinY(), 0, line.getHeight()));
        });
    }

    private Bounds caretOfOther() {
        return Fx.call(() -> Walk.nodes(pane).stream()
                .filter(node -> node instanceof Rectangle caret
                        && caret.getWidth() == 2
                        && caret.getFill().equals(Palette.LIGHT.of(slot())))
                .map(node -> node.localToScene(node.getLayoutBounds()))
                .findFirst()
                .orElseThrow());
    }

    private PaletteSlot slot() {
        return crowd.people.everyone().get().getFirst().slot();
    }

    private void click(Bounds at) {
        Fx.run(() -> {
            var done = crowd.client.run(it -> {
                for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
                    press(type, at.getMinX() + 0.5, at.getCenterY());
                }
            });
            crowd.time.settle();
            done.join();
        });
        Fx.frames(1);
    }

    /// As the mouse at a place in the scene.
    private void press(EventType<MouseEvent> type, double x, double y) {
        surface.node().lookup(".page").fireEvent(Mouse.primary(type, x, y, 1));
    }

    @Test
    void a_click_finds_its_place_and_a_persons_caret_stands_at_its_own_at_every_zoom() {
        int mine = LINE.length() + 14;
        int theirs = 22;
        Fx.run(() -> {
            var jon = crowd.joins("Jon");
            crowd.stands(jon, theirs);
        });
        for (int percent : new int[] {50, 67, 100, 125, 200, 300}) {
            zoomTo(percent);
            var drawn = inScene(theirs);
            assertThat(caretOfOther().getMinX()).as("%d %%", percent).isCloseTo(drawn.getMinX(), within(3.5));
            assertThat(caretOfOther().getMinY()).as("%d %%", percent).isCloseTo(drawn.getMinY(), within(1.5));
            assertThat(caretOfOther().getHeight()).as("%d %%", percent).isCloseTo(drawn.getHeight(), within(1.5));
            select(0);
            click(inScene(mine));
            assertThat(Fx.call(() -> model.selection().head()))
                    .as("%d %%", percent)
                    .isEqualTo(mine);
        }
    }

    @Test
    void the_line_with_the_caret_stays_at_its_height() {
        int position = 100 * LINE.length() + 5;
        select(position);
        Fx.run(() -> surface.scrollTo(position, 0.6));
        Fx.frames(2);
        for (int percent : new int[] {110, 150, 300, 67, 50, 100}) {
            zoomTo(percent);
            assertThat(inScene(position).getMinY() / 600).as("%d %%", percent).isCloseTo(0.6, within(0.02));
        }
    }

    @Test
    void without_the_caret_in_view_the_topmost_line_stays() {
        select(0);
        int position = 100 * LINE.length();
        Fx.run(() -> surface.scrollTo(position, 0));
        Fx.frames(2);
        for (int percent : new int[] {110, 200, 67, 100}) {
            zoomTo(percent);
            assertThat(inScene(position).getMinY()).as("%d %%", percent).isCloseTo(0, within(12.0));
        }
    }

    @Test
    void of_a_line_that_is_half_in_view_a_persons_caret_does_not_stand_out_of_the_page() {
        int theirs = 100 * LINE.length() + 5;
        Fx.run(() -> {
            var jon = crowd.joins("Jon");
            crowd.stands(jon, theirs);
            stage.getScene().setRoot(new StackPane());
            pane.setMaxSize(900, 500);
            stage.getScene().setRoot(new StackPane(pane)); // with something above, as in a window
        });
        for (int percent : new int[] {100, 200}) {
            zoomTo(percent);
            Fx.run(() -> surface.scrollTo(theirs, -0.02)); // a part of its height above the edge
            Fx.frames(3);
            assertThat(caretOfOther().getMinY()).isLessThan(49);
            var above = Fx.call(() -> {
                var picture = stage.getScene().snapshot(null).getPixelReader();
                int at = (int) caretOfOther().getCenterX();
                return IntStream.range(0, 49)
                        .mapToObj(y -> picture.getColor(at, y))
                        .distinct()
                        .count();
            });
            assertThat(above).as("colours above the page at %d %%", percent).isEqualTo(1);
        }
    }

    @Test
    void the_beginning_of_a_text_stays_at_the_top() {
        double before = inScene(0).getMinY();
        zoomTo(150);
        assertThat(inScene(0).getMinY()).isCloseTo(before * 1.5, within(1.0));
    }
}
