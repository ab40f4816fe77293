package coscribe.desktop;

import coscribe.client.InviteLink;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.view.frame.DocumentListScreen;
import coscribe.desktop.view.frame.ProxyScreen;
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
        welcome =
                new Welcome(around.strings(), new WaysIn(), rules(around.policy()), around.home(), around.personName());
        welcomeScreen = new WelcomeScreen(welcome, words);
        documents = new DocumentListModel(around.strings(), new Documents(), around.home());
        listScreen = new DocumentListScreen(documents, words, this::welcome, proxy -> signInTo(proxy, this::documents));
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
                lookedAt();
            }
        });
        documents.asking().addListener((property, was, is) -> {
            if (!is) {
                retryLater();
            }
        });
    }

    private static Welcome.Rules rules(Policy policy) {
        return new Welcome.Rules(policy.servers()::allows, policy.server(), policy.state() == Policy.State.CLOSED);
    }

    /// Asks for what the network's proxy wants to know.
    ///
    /// @param back  what was shown before
    private void signInTo(String proxy, Runnable back) {
        var strings = desktop.around().strings();
        var card = ProxyScreen.of(desktop.proxyAccess(proxy, back), strings, back);
        put(card);
        card.focusIn();
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
        var _ = desktop.navigator()
                .isKnown()
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

    /// The way in from its beginning, with an invite link that is in the clipboard.
    void welcome() {
        var _ = desktop.navigator()
                .recent()
                .thenAcceptAsync(welcome::recent, desktop.around().home());
        lookWhomWeMet();
        put(welcomeScreen);
        welcome.begin();
        lookIntoClipboard();
        welcomeScreen.focusIn();
    }

    /// Somebody came back to it.
    void lookedAt() {
        refresh();
        lookIntoClipboard();
    }

    /// Somebody may have copied a link meanwhile.
    private void lookIntoClipboard() {
        if (root.getChildren().contains(welcomeScreen) && welcome.card().get().isEmpty()) {
            Optional.ofNullable(Clipboard.getSystemClipboard().getString()).ifPresent(welcome::offer);
        }
    }

    /// Says where a link leads, and asks whether to join there.
    void follow(InviteLink link) {
        lookWhomWeMet();
        put(welcomeScreen);
        welcome.follow(link);
    }

    private void lookWhomWeMet() {
        var _ = desktop.navigator()
                .met()
                .thenAcceptAsync(welcome::met, desktop.around().home());
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
            return desktop.navigator().join(link, name);
        }

        @Override
        public Optional<Supplier<CompletableFuture<?>>> host() {
            return desktop.around().policy().mayHost()
                    ? Optional.of(() -> desktop.navigator().host(welcome.name().get()))
                    : Optional.empty();
        }

        @Override
        public CompletableFuture<?> open(DocumentEntry recent) {
            return desktop.navigator().open(recent);
        }

        @Override
        public void signInToProxy(String proxy) {
            signInTo(proxy, () -> {
                put(welcomeScreen);
                welcomeScreen.focusIn();
            });
        }
    }

    private final class Documents implements DocumentListModel.Shelf {
        @Override
        public CompletableFuture<List<DocumentEntry>> here() {
            return desktop.navigator().recent();
        }

        @Override
        public CompletableFuture<List<Asked>> servers() {
            return desktop.navigator().ask();
        }

        @Override
        public CompletableFuture<?> create() {
            return desktop.navigator().create();
        }

        @Override
        public CompletableFuture<?> open(DocumentEntry entry) {
            return desktop.navigator().open(entry);
        }

        @Override
        public CompletableFuture<?> rename(DocumentEntry entry, String title) {
            return desktop.navigator().rename(entry, title);
        }
    }
}
