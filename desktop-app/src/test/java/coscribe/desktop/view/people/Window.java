package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.ModelCommands;
import coscribe.desktop.view.text.RichTextSurface;
import coscribe.desktop.viewmodel.Authorship;
import coscribe.desktop.viewmodel.Crowd;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;

/// A window with a real text and a crowd in it. On the thread that draws.
final class Window {
    final Crowd crowd;
    final SimpleBooleanProperty dark = new SimpleBooleanProperty();
    final SimpleBooleanProperty contrast = new SimpleBooleanProperty();
    final SimpleBooleanProperty calm = new SimpleBooleanProperty();
    final EditorModel model;
    final RichTextSurface surface;
    final PeopleView view;
    final Authorship authorship;
    final AuthorLegend legend;
    final Stage stage = new Stage();
    final List<String> left = new ArrayList<>();
    final BorderPane root = new BorderPane();

    Window(String text, double width, double height, boolean isDark) {
        crowd = new Crowd(text);
        dark.set(isDark);
        model = new EditorModel(crowd.client, crowd.time);
        crowd.time.settle();
        surface = new RichTextSurface(new ModelCommands(model, Clipboard.getSystemClipboard()));
        var scenery = new Scenery(
                crowd.people,
                surface,
                model::selection,
                crowd.time,
                Bindings.createObjectBinding(() -> Palette.of(dark.get(), contrast.get()), dark, contrast),
                calm,
                Strings.of(Locale.UK));
        view = new PeopleView(scenery, () -> {}, left::add);
        authorship = new Authorship(model, crowd.time, Runnable::run);
        legend = new AuthorLegend(scenery, authorship, view.authorColours());
        view.authorColours().addListener((property, was, is) -> surface.showAuthors(is));
        model.onActed(view::stopFollowing);
        model.attach(surface);
        root.setCenter(view.text());
        root.setBottom(legend);
        stage.setScene(new Scene(root, width, height));
        stage.setX(0);
        stage.setY(0);
        stage.show();
        surface.requestFocus();
    }

    void withBar() {
        var bar = new HBox(view.avatars());
        bar.setAlignment(Pos.CENTER_RIGHT);
        bar.setStyle("-fx-padding: 6 12 6 12; -fx-background-color: -color-bg-default;");
        root.setTop(bar);
    }

    void withPanel() {
        view.panel()
                .setStyle(
                        "-fx-background-color: -color-bg-default; -fx-border-color: -color-border-default; -fx-border-width: 0 0 0 1;");
        root.setRight(view.panel());
    }

    /// The writer's own caret and selection.
    void select(int anchor, int head) {
        var done = crowd.client.run(it -> model.select(new Caret(anchor, head)));
        crowd.time.settle();
        done.join();
        surface.select(model.selection(), false);
    }

    /// A command of the writer's, with their caret there.
    void selectAnd(int position, Consumer<EditorModel> command) {
        var done = crowd.client.run(it -> {
            model.select(Caret.at(position));
            command.accept(model);
        });
        crowd.time.settle();
        done.join();
    }

    int at(String words) {
        int found = model.document().text().plain().indexOf(words);
        assertThat(found).as(words).isNotNegative();
        return found;
    }

    WritableImage picture() {
        return stage.getScene().snapshot(null);
    }

    void close() {
        legend.close();
        authorship.close();
        view.close();
        model.close();
        surface.close();
        stage.close();
    }
}
