package coscribe.desktop.view.frame;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Strings;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.ColorScheme;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

/// A window with everything around its text, as it is pressed and read.
abstract class EditorWindowFixture {
    static final Strings ENGLISH = Strings.of(Locale.UK);

    /// A window of a width, on the thread that draws.
    static void with(Strings strings, double width, Consumer<Sample> test) {
        with(() -> new Sample(strings), width, test);
    }

    static void with(Supplier<Sample> made, double width, Consumer<Sample> test) {
        Fx.run(() -> {
            var sample = made.get();
            var stage = new Stage();
            var scene = sample.window.dress(stage, Theme.of(ColorScheme.LIGHT));
            stage.setWidth(width);
            stage.setHeight(500);
            stage.show();
            layOut(sample);
            sample.text.requestFocus();
            try {
                test.accept(sample);
            } finally {
                sample.window.close();
                scene.getWindow().hide();
            }
        });
    }

    static void with(Consumer<Sample> test) {
        with(ENGLISH, 900, test);
    }

    static void layOut(Sample sample) {
        sample.window.root().applyCss();
        sample.window.root().layout();
    }

    static Scene scene(Sample sample) {
        return sample.window.root().getScene();
    }

    static Node owner(Sample sample) {
        return scene(sample).getFocusOwner();
    }

    static void press(Sample sample, KeyCode code, boolean shift) {
        var to = owner(sample);
        Event.fireEvent(to, new KeyEvent(to, to, KeyEvent.KEY_PRESSED, "", "", code, shift, false, false, false));
    }

    static <T extends Node> T find(Sample sample, String style, Class<T> kind) {
        return kind.cast(sample.window.root().lookup(style));
    }

    static List<ButtonBase> barButtons(Sample sample) {
        var bar = sample.window.root().lookup(".format-bar");
        return Walk.nodes(bar).stream()
                .filter(node ->
                        node instanceof ButtonBase && !node.getStyleClass().contains("arrow-button"))
                .map(ButtonBase.class::cast)
                .toList();
    }
}
