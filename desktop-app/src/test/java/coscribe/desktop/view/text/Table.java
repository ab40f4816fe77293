package coscribe.desktop.view.text;

import coscribe.client.VirtualTime;
import coscribe.client.runner.TinyRelay;
import coscribe.desktop.viewmodel.Seat;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;

/// A writer, the editor's own model and a widget, at a relay and in virtual time. On the thread that
/// draws.
final class Table implements AutoCloseable {
    final Seat seat;
    final RichTextSurface surface;
    private final Stage stage = new Stage();

    Table(VirtualTime time, TinyRelay relay, String person) {
        this(time, relay, person, 400, 300);
    }

    Table(VirtualTime time, TinyRelay relay, String person, double width, double height) {
        seat = new Seat(time, relay, person);
        surface = new RichTextSurface(new ModelCommands(seat.model, Clipboard.getSystemClipboard()));
        stage.setScene(new Scene((Parent) surface.node(), width, height));
        stage.show();
        seat.model.attach(surface);
    }

    /// As the frame does it that comes next.
    void layOut() {
        surface.frame();
        stage.getScene().getRoot().applyCss();
        stage.getScene().getRoot().layout();
        surface.afterLayout();
    }

    @Override
    public void close() {
        seat.model.close();
        surface.close();
        stage.close();
    }
}
