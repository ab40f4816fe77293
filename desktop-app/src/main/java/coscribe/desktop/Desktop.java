package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.Home;
import coscribe.desktop.host.BundledRelay;
import coscribe.desktop.view.frame.Command;
import coscribe.desktop.view.frame.Commands;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.DocumentId;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The editor of one profile: its relays, its windows, and the way from one to the other. The one
/// place that sees every room. On the thread that draws.
public final class Desktop {
    private static final Logger LOG = LoggerFactory.getLogger(Desktop.class);

    private final Around around;
    private final Home home;
    private final Relays relays;
    private final Runnable ended;
    private final List<DocumentWindow> windows = new ArrayList<>();
    private final List<Consumer<DocumentWindow>> opened = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("coscribe-alarms").daemon().factory());
    private boolean quitting;

    /// What the outside world lends to an editor.
    ///
    /// @param random  unguessable, and safe for any thread
    public record Around(
            Places places,
            Strings strings,
            Theme theme,
            Home home,
            InstantSource clock,
            ZoneId zone,
            RandomGenerator random,
            String personName,
            String version) {}

    /// @param ended  runs when everything is closed, on a thread of no importance
    public Desktop(Around around, Runnable ended) {
        this.around = around;
        this.home = around.home();
        this.ended = ended;
        this.relays = new Relays(
                around.places(),
                Workshop.at(home),
                () -> BundledRelay.start(around.places().relay(), around.clock(), around.random(), around.version()));
    }

    Around around() {
        return around;
    }

    /// Wakes what only time changes.
    ScheduledExecutorService timer() {
        return timer;
    }

    /// What was asked for at the start, or by somebody who started the editor once more.
    public void open(Wish wish) {
        switch (wish) {
            case Wish.Join(var link) -> follow(link);
            case Wish.Open(var link) -> openDocument(link);
            case Wish.Window() -> {
                if (windows.isEmpty()) {
                    host();
                } else {
                    windows.getLast().toFront();
                }
            }
        }
    }

    private void openDocument(DocumentLink link) {
        var _ = relays.at(link)
                .thenCompose(client -> show(client, link.document()))
                .whenComplete(Desktop::told);
    }

    private void follow(InviteLink link) {
        var _ = relays.join(link, around.personName())
                .thenCompose(joined -> joined.document()
                        .map(CompletableFuture::completedFuture)
                        .orElseGet(() ->
                                joined.client().createDocument(around.strings().get("document.untitled")))
                        .thenCompose(id -> show(joined.client(), id)))
                .whenComplete(Desktop::told);
    }

    private void host() {
        var _ = relays.host(around.personName())
                .thenCompose(client -> client.createDocument(around.strings().get("document.untitled"))
                        .thenCompose(id -> show(client, id)))
                .whenComplete(Desktop::told);
    }

    private static void told(Object done, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warn("event=not_opened", failure);
        }
    }

    /// Opens a document in a window of its own, or brings the window that it is in to the front.
    /// From anywhere; completes on the thread that draws.
    CompletableFuture<DocumentWindow> show(CoscribeClient relay, DocumentId id) {
        return CompletableFuture.supplyAsync(() -> relay.open(id))
                .thenCompose(DocumentClient::opened)
                .thenApplyAsync(
                        document -> {
                            var known = windows.stream()
                                    .filter(window -> window.client() == document)
                                    .findFirst();
                            known.ifPresent(DocumentWindow::toFront);
                            return known.orElseGet(() -> {
                                var window = new DocumentWindow(this, relay, document);
                                windows.add(window);
                                window.show();
                                opened.forEach(each -> each.accept(window));
                                return window;
                            });
                        },
                        home);
    }

    void into(Commands commands) {
        commands.put(Command.QUIT, this::quit);
    }

    /// What somebody who helps wants to know, and nothing that was written.
    void copyDiagnostics() {
        var content = new ClipboardContent();
        content.putString(String.join(
                "\n",
                "Coscribe " + around.version(),
                "Java " + System.getProperty("java.version") + ", JavaFX " + System.getProperty("javafx.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                "Profile " + around.places().data(),
                "Logs " + around.places().logs(),
                "Windows " + windows.size()));
        var _ = Clipboard.getSystemClipboard().setContent(content);
    }

    void closed(DocumentWindow window) {
        windows.remove(window);
        if (windows.isEmpty()) {
            quit();
        }
    }

    /// Hears of each window that is opened, once it is shown.
    public void onWindow(Consumer<DocumentWindow> listener) {
        opened.add(listener);
    }

    public List<DocumentWindow> windows() {
        return List.copyOf(windows);
    }

    /// Closes everything. Asks nothing: what was typed is in the journals.
    public void quit() {
        if (quitting) {
            return;
        }
        quitting = true;
        List.copyOf(windows).forEach(DocumentWindow::close);
        timer.shutdownNow();
        Thread.ofPlatform().name("coscribe-quit").start(() -> {
            try {
                relays.close();
            } finally {
                ended.run();
            }
        });
    }
}
