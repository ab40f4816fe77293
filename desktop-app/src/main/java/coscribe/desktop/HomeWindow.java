package coscribe.desktop;

import coscribe.client.InviteLink;
import coscribe.desktop.view.frame.DocumentListScreen;
import coscribe.desktop.view.frame.WelcomeScreen;
import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.DocumentListModel;
import coscribe.desktop.viewmodel.EntryWords;
import coscribe.desktop.viewmodel.Welcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// The window before a document: the way in, and the documents that are known here. On the thread
/// that draws.
final class HomeWindow {
    private static final double WIDTH = 860;
    private static final double HEIGHT = 640;
    private static final double LEAST_WIDTH = 520;
    private static final double LEAST_HEIGHT = 420;

    private final Desktop desktop;
    private final Stage stage = new Stage();
    private final StackPane root = new StackPane();
    private final Welcome welcome;
    private final WelcomeScreen welcomeScreen;
    private final DocumentListModel documents;
    private final DocumentListScreen listScreen;

    HomeWindow(Desktop desktop) {
        this.desktop = desktop;
        var around = desktop.around();
        var words = new EntryWords(around.strings(), around.clock(), around.zone());
        welcome = new Welcome(around.strings(), new WaysIn(), around.home(), around.personName());
        welcomeScreen = new WelcomeScreen(welcome, words);
        documents = new DocumentListModel(around.strings(), new Documents(), around.home());
        listScreen = new DocumentListScreen(documents, words, this::welcome);
        root.getChildren().setAll(welcomeScreen);
        var scene = new Scene(root, WIDTH, HEIGHT);
        around.theme().dress(scene);
        stage.setScene(scene);
        stage.setTitle(around.strings().get("app.name"));
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setOnHidden(event -> desktop.homeClosed());
    }

    Stage stage() {
        return stage;
    }

    boolean isShowing() {
        return stage.isShowing();
    }

    /// The documents where there are some, else the way in.
    void show() {
        var _ = desktop.recent()
                .thenAcceptAsync(
                        known -> {
                            if (known.isEmpty()) {
                                welcome();
                            } else {
                                documents();
                            }
                        },
                        desktop.around().home());
    }

    /// The way in, with an invite link that is in the clipboard.
    void welcome() {
        var _ = desktop.recent()
                .thenAcceptAsync(welcome::recent, desktop.around().home());
        put(welcomeScreen);
        Optional.ofNullable(Clipboard.getSystemClipboard().getString()).ifPresent(welcome::offer);
        welcomeScreen.focusIn();
    }

    /// Says where a link leads, and asks whether to join there.
    void follow(InviteLink link) {
        put(welcomeScreen);
        welcome.follow(link);
    }

    /// What is known here.
    void documents() {
        documents.refresh();
        put(listScreen);
        listScreen.focusIn();
    }

    private void put(Node screen) {
        root.getChildren().setAll(screen);
        stage.show();
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    void hide() {
        stage.hide();
    }

    private final class WaysIn implements Welcome.Ways {
        @Override
        public CompletableFuture<?> join(InviteLink link, String name) {
            return desktop.join(link, name);
        }

        @Override
        public Optional<Supplier<CompletableFuture<?>>> host() {
            return Optional.of(() -> desktop.host(welcome.name().get()));
        }

        @Override
        public CompletableFuture<?> open(DocumentEntry recent) {
            return desktop.open(recent);
        }
    }

    private final class Documents implements DocumentListModel.Shelf {
        @Override
        public CompletableFuture<List<DocumentEntry>> list() {
            return desktop.recent();
        }

        @Override
        public CompletableFuture<?> create() {
            return desktop.create();
        }

        @Override
        public CompletableFuture<?> open(DocumentEntry entry) {
            return desktop.open(entry);
        }

        @Override
        public CompletableFuture<?> rename(DocumentEntry entry, String title) {
            return desktop.rename(entry, title);
        }
    }
}
