package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.view.text.Mouse;
import coscribe.desktop.viewmodel.Strings;
import java.util.List;
import java.util.Locale;
import javafx.application.ColorScheme;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/// The documents in a real window, with a mouse.
class DocumentListByMouseTest {
    private static final Strings ENGLISH = Strings.of(Locale.UK);

    private final FxRobot hands = new FxRobot();
    private final SampleLists sample = new SampleLists();
    private DocumentListScreen screen;
    private Stage stage;

    @BeforeEach
    void open() {
        Fx.run(() -> {
            var model = sample.list(ENGLISH, SampleLists.twelve());
            screen = new DocumentListScreen(model, SampleLists.words(ENGLISH), () -> {}, proxy -> {});
            stage = new Stage();
            var scene = new Scene(screen, 860, 680);
            Theme.of(ColorScheme.LIGHT).dress(scene);
            stage.setScene(scene);
            stage.setX(10);
            stage.setY(10);
            stage.show();
            model.refresh();
            screen.focusIn();
        });
        Fx.frames(3);
    }

    @AfterEach
    void close() {
        Fx.run(stage::close);
    }

    private Node row(int number) {
        return Fx.call(() -> Walk.nodes(screen).stream() // which leaves out the list's own, for measures
                .filter(node -> node instanceof ListCell<?> row && row.getIndex() == number)
                .findFirst()
                .orElseThrow());
    }

    private boolean isRenaming() {
        Fx.frames(2);
        return Fx.call(() -> stage.getScene().getFocusOwner() instanceof TextField);
    }

    private int chosen() {
        return Fx.call(() ->
                ((ListView<?>) screen.lookup(".documents")).getSelectionModel().getSelectedIndex());
    }

    @Test
    void one_click_chooses_and_renames_nothing_also_what_was_chosen_before() {
        assertThat(chosen()).isZero();
        hands.clickOn(row(0));
        assertThat(isRenaming()).isFalse();
        hands.clickOn(row(2));
        assertThat(isRenaming()).isFalse();
        assertThat(chosen()).isEqualTo(2);
        assertThat(sample.did).isEmpty();
    }

    /// With the count told, as no hand is sure to be quick enough on a busy computer.
    @Test
    void a_double_click_opens_and_renames_nothing() {
        var row = row(1);
        Fx.run(() -> {
            var at = row.localToScene(30, 10);
            for (int clicks = 1; clicks <= 2; clicks++) {
                for (var type :
                        List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED, MouseEvent.MOUSE_CLICKED)) {
                    Event.fireEvent(row, Mouse.primaryOn(row, type, at.getX(), at.getY(), clicks));
                }
            }
        });
        assertThat(isRenaming()).isFalse();
        assertThat(chosen()).isEqualTo(1);
        assertThat(sample.did).containsExactly("open Minutes, 17 November");
    }

    @Test
    void the_menu_opens_or_renames_what_it_is_asked_for_on() {
        asksOn(row(2));
        assertThat(chosen()).isEqualTo(2);
        choose("Rename");
        assertThat(isRenaming()).isTrue();
        hands.push(KeyCode.ESCAPE);
        assertThat(isRenaming()).isFalse();
        hands.clickOn(row(2));
        assertThat(isRenaming()).as("it is over").isFalse();
        asksOn(row(1));
        choose("Open");
        assertThat(sample.did).containsExactly("open Minutes, 17 November");
    }

    /// The right button.
    private static void asksOn(Node row) {
        Fx.run(() -> Event.fireEvent(
                row,
                new ContextMenuEvent(
                        ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                        30,
                        10,
                        100,
                        100,
                        false,
                        new PickResult(row, 30, 10))));
    }

    private static void choose(String words) {
        Fx.frames(2);
        Fx.run(() -> Window.getWindows().stream()
                .filter(ContextMenu.class::isInstance)
                .flatMap(menu -> List.copyOf(((ContextMenu) menu).getItems()).stream())
                .filter(item -> words.equals(item.getText()))
                .findFirst()
                .map(item -> {
                    item.getParentPopup().hide();
                    return item;
                })
                .ifPresentOrElse(MenuItem::fire, () -> {
                    throw new AssertionError("no such item");
                }));
    }
}
