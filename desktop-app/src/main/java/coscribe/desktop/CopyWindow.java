package coscribe.desktop;

import coscribe.client.runner.KeptCopy;
import coscribe.desktop.view.frame.CopyScreen;
import coscribe.desktop.view.text.Links;
import coscribe.desktop.view.text.Reading;
import coscribe.desktop.view.text.RichTextSurface;
import coscribe.desktop.viewmodel.CopyWords;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The text that was kept beside one document: to be read, copied, exported, and made a document
/// of. On the thread that draws.
final class CopyWindow {
    private static final Logger LOG = LoggerFactory.getLogger(CopyWindow.class);
    private static final double WIDTH = 860;
    private static final double HEIGHT = 640;
    private static final double LEAST_WIDTH = 520;
    private static final double LEAST_HEIGHT = 420;

    private final Desktop desktop;
    private final Stage stage = new Stage();
    private final Reading reading = new Reading(Clipboard.getSystemClipboard());
    private final RichTextSurface surface;
    private final CopyScreen screen;

    /// @param closed  told when it is
    CopyWindow(Desktop desktop, Runnable closed) {
        this.desktop = desktop;
        var around = desktop.around();
        surface = new RichTextSurface(reading, new Links(around.browser(), () -> {}), around.strings());
        surface.blink(desktop.timer(), around.home(), around.clock());
        screen = new CopyScreen(
                new CopyWords(around.strings(), around.zone()),
                new CopyScreen.Doings(
                        copy -> reading.show(copy.document(), surface),
                        this::export,
                        this::copyAll,
                        around.policy().mayHost() ? Optional.of(this::newDocument) : Optional.empty()),
                surface.node());
        var scene = new Scene(screen, WIDTH, HEIGHT);
        around.theme().dress(scene);
        WindowIcon.on(stage);
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setOnHidden(event -> {
            surface.close();
            closed.run();
        });
    }

    Stage stage() {
        return stage;
    }

    /// Shows the copy that was chosen.
    RichTextSurface surface() {
        return surface;
    }

    /// Brings it to the front, with this one of them.
    void show(List<KeptCopy> copies, KeptCopy first) {
        screen.fill(copies, first);
        stage.setTitle(desktop.around().strings().get("window.title", first.title()));
        stage.show();
        stage.setIconified(false);
        stage.toFront();
        surface.requestFocus();
    }

    private String word(String key, Object... given) {
        return desktop.around().strings().get(key, given);
    }

    private void copyAll() {
        reading.copyAll();
        screen.says(word("copies.copied"));
    }

    private void export() {
        var copy = screen.shown();
        var exported = desktop.exporter()
                .export(name -> desktop.around().files().whereTo(stage, name), copy.document(), copy.title());
        var _ = exported.whenComplete((file, failure) -> {
            if (failure != null) {
                LOG.warn("event=not_exported", failure);
                screen.says(word(
                        "banner.exportFailed",
                        failure instanceof Exporter.NotWrittenException known ? known.file() : ""));
            } else {
                file.ifPresent(it -> screen.says(word("export.done", it.getFileName())));
            }
        });
    }

    private void newDocument() {
        screen.busy(true);
        var _ = desktop.navigator()
                .createHere(screen.shown().title(), reading.whole())
                .whenCompleteAsync(
                        (window, failure) -> {
                            screen.busy(false);
                            if (failure != null) {
                                LOG.warn("event=not_created", failure);
                                screen.says(word("copies.notCreated"));
                            }
                        },
                        desktop.around().home());
    }

    void close() {
        stage.close();
    }
}
