package coscribe.desktop;

import coscribe.client.InviteLink;
import coscribe.desktop.view.frame.DocumentListScreen;
import coscribe.desktop.view.frame.WelcomeScreen;
import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.DocumentListModel;
import coscribe.desktop.viewmodel.DocumentListModel.Asked;
import coscribe.desktop.viewmodel.EntryWords;
import coscribe.desktop.viewmodel.Welcome;
import coscribe.ot.protocol.Limits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    private Future<?> retry = CompletableFuture.completedFuture(true);

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
        WindowIcon.on(stage);
        stage.setScene(scene);
        stage.setTitle(around.strings().get("app.name"));
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setOnHidden(event -> desktop.homeClosed());
        stage.focusedProperty().addListener((property, was, is) -> {
            if (is) {
                refresh();
            }
        });
        documents.asking().addListener((property, was, is) -> {
            if (!is) {
                retryLater();
            }
        });
    }

    /// Looks again at what there is, where that is shown.
    void refresh() {
        if (isShowing() && root.getChildren().contains(listScreen)) {
            documents.refresh();
        }
    }

    /// A server that could not be asked is asked again after a while, as long as somebody looks.
    private void retryLater() {
        retry.cancel(false);
        if (documents.unreached().get().isPresent() && isShowing()) {
            retry = desktop.timer()
                    .schedule(
                            () -> desktop.around().home().execute(this::refresh),
                            Limits.LAST_RETRY_BOUND.toSeconds(),
                            TimeUnit.SECONDS);
        }
    }

    Stage stage() {
        return stage;
    }

    boolean isShowing() {
        return stage.isShowing();
    }

    /// The documents where somebody was anywhere before, else the way in.
    void show() {
        var _ = desktop.isKnown()
                .thenAcceptAsync(
                        known -> {
                            if (known) {
                                documents();
                            } else {
                                welcome();
                            }
                        },
                        desktop.around().home());
    }

    /// Says above the documents why something was not done.
    void tell(Throwable failure) {
        documents();
        documents.fail(failure, desktop.around().strings().get("list.server"));
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
        put(listScreen);
        documents.refresh();
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
        public CompletableFuture<List<DocumentEntry>> here() {
            return desktop.recent();
        }

        @Override
        public CompletableFuture<List<Asked>> servers() {
            return desktop.ask();
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
