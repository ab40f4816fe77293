package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.view.text.Mouse;
import coscribe.desktop.viewmodel.Strings;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.application.ColorScheme;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

/// How a person wants to see documents, in a window.
class ViewsTest {
    private static void with(Consumer<Sample> test) {
        Fx.run(() -> {
            var sample = new Sample(Strings.of(Locale.UK));
            var stage = new Stage();
            var scene = sample.window.dress(stage, Theme.of(ColorScheme.LIGHT));
            stage.setWidth(1_000);
            stage.setHeight(600);
            stage.show();
            layOut(sample);
            test.accept(sample);
            sample.window.close();
            scene.getWindow().hide();
        });
    }

    private static void layOut(Sample sample) {
        sample.window.root().applyCss();
        sample.window.root().layout();
    }

    private static <T extends Node> T find(Sample sample, String style, Class<T> kind) {
        return kind.cast(sample.window.root().lookup(style));
    }

    private static void mouse(Node edge, EventType<MouseEvent> type, double x) {
        edge.fireEvent(Mouse.primary(type, x, 300, 1));
    }

    @Test
    void the_panel_is_as_wide_as_its_edge_is_dragged_and_no_more() {
        with(sample -> {
            sample.window.showPanel(true);
            layOut(sample);
            var panel = find(sample, ".side-panel", Region.class);
            assertThat(panel.getWidth()).isEqualTo(SidePanel.USUAL);
            Node edge = find(sample, ".side-edge", Region.class);
            mouse(edge, MouseEvent.MOUSE_PRESSED, 742);
            mouse(edge, MouseEvent.MOUSE_DRAGGED, 700);
            layOut(sample);
            assertThat(panel.getWidth()).isEqualTo(SidePanel.USUAL + 42);
            assertThat(sample.views.panelWidth().get()).isEqualTo(SidePanel.USUAL + 42);
            mouse(edge, MouseEvent.MOUSE_DRAGGED, 10);
            layOut(sample);
            assertThat(panel.getWidth()).isEqualTo(SidePanel.MOST);
            mouse(edge, MouseEvent.MOUSE_DRAGGED, 999);
            layOut(sample);
            assertThat(panel.getWidth()).isEqualTo(SidePanel.LEAST);
        });
    }

    @Test
    void the_status_line_tells_words_and_zoom_and_leads_back_to_the_actual_size() {
        with(sample -> {
            assertThat(find(sample, ".status-words", Label.class).getText()).isEqualTo("412 words");
            var zoom = find(sample, ".status-zoom", Button.class);
            assertThat(zoom.getText()).isEqualTo("100%");
            sample.commands.run(Command.ZOOM_IN);
            sample.commands.run(Command.ZOOM_IN);
            assertThat(zoom.getText()).isEqualTo("125%");
            layOut(sample);
            assertThat(sample.text.getWidth() * 1.25)
                    .as("the page takes the same room")
                    .isBetween(995.0, 1_005.0);
            zoom.fire();
            assertThat(zoom.getText()).isEqualTo("100%");
            sample.commands.run(Command.ZOOM_OUT);
            assertThat(zoom.getText()).isEqualTo("90%");
            sample.commands.run(Command.ZOOM_ACTUAL);
            assertThat(sample.views.zoom().percent().get()).isEqualTo(100);
        });
    }

    @Test
    void help_is_a_card_that_is_whole_and_goes_again() {
        with(sample -> {
            sample.commands.run(Command.HELP);
            layOut(sample);
            var card = find(sample, ".help-card", Region.class);
            assertThat(Walk.words(card)).contains("Writing", "Without a network");
            assertThat(card.getLayoutX() + card.getWidth()).isLessThanOrEqualTo(1_000);
            sample.commands.run(Command.HELP);
            assertThat(sample.window.root().lookup(".help-card")).isNull();
        });
    }
}
