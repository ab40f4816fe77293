package coscribe.bench.windows;

import coscribe.bench.editor.Screen;
import coscribe.bench.process.Patience;
import coscribe.bench.process.RelayChild;
import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.Desktop;
import coscribe.desktop.DocumentWindow;
import coscribe.desktop.Wish;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.robot.Robot;
import javafx.stage.Window;

/// Everybody who stands model for pictures: a relay of their own, editors with real windows in this
/// program, guests without one. Called from another thread than the one that draws.
final class Troupe implements AutoCloseable {
    /// The name of every relay here, as that process resolves names which makes the pictures.
    static final String SERVER = "library.local";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration DAY = Duration.ofHours(24);
    private static final int USES = 1_000;

    private final Path folder;
    private final RelayChild relay;
    private final Theme theme;
    private final CoscribeClient owner;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private int people;

    Troupe(Path home, Path folder) {
        this.folder = folder;
        Screen.start();
        Screen.run(() -> new Robot().mouseMove(0, 0)); // nothing is to look pointed at
        this.relay = RelayChild.start("relay", home, folder, new RelayChild.Store.Embedded(), List.of());
        toClose.push(relay);
        this.theme = Screen.call(() -> Theme.of(ColorScheme.LIGHT));
        this.owner = CoscribeClient.join(named(relay.ownerLink().orElseThrow()), "Ada", folder.resolve("ada"));
        toClose.push(owner);
    }

    private static InviteLink named(String link) {
        return InviteLink.parse(link.replace("127.0.0.1", SERVER));
    }

    RelayChild relay() {
        return relay;
    }

    void dress(ColorScheme scheme) {
        dress(scheme, false);
    }

    /// @param contrast  whether everything is to stand out as much as it can
    void dress(ColorScheme scheme, boolean contrast) {
        Screen.run(() -> {
            theme.wantContrast(contrast);
            theme.set(scheme);
        });
    }

    /// A document, and the way into it.
    ///
    /// @param owning    the way in for who is to own it
    /// @param onlooker  the way in for who may only look
    record Stage(DocumentId id, RelayAddress at, InviteLink owning, InviteLink way, InviteLink onlooker) {}

    Stage document(String title) {
        var id = owner.createDocument(title).join();
        return new Stage(id, owner.address(), way(id, Role.OWNER), way(id, Role.EDITOR), way(id, Role.VIEWER));
    }

    private InviteLink way(DocumentId id, Role role) {
        return new InviteLink(
                List.of(owner.address()), owner.invite(id, role, DAY, USES).join());
    }

    /// A new one.
    Path profile(String name) {
        return folder.resolve(name.toLowerCase(Locale.ROOT).replace(' ', '-') + ++people);
    }

    /// An editor with nothing open: it shows where one begins.
    void editor(String name) {
        editor(name, profile(name));
    }

    /// The editor of somebody who was somewhere before: it shows what they know.
    void editor(String name, Path profile) {
        var desktop = desktop(name, profile);
        Screen.run(() -> desktop.open(new Wish.Window()));
    }

    private Desktop desktop(String name, Path profile) {
        var ended = new CompletableFuture<Boolean>();
        var desktop = Screen.desktop(profile, name, theme, () -> ended.complete(true));
        toClose.push(() -> {
            Platform.runLater(desktop::quit);
            var _ = ended.get(20, TimeUnit.SECONDS);
        });
        return desktop;
    }

    /// Somebody who writes alone so far, on this computer's own relay: a new document's window.
    DocumentWindow host(String name) {
        var desktop = desktop(name, profile(name));
        var opened = new CompletableFuture<DocumentWindow>();
        Screen.run(() -> {
            desktop.onWindow(opened::complete);
            desktop.open(new Wish.Window());
        });
        String words = Strings.of(Locale.UK).get("welcome.host");
        until("the way in", () -> Screen.call(() -> Acting.press(words)));
        return opened.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// Somebody's window on a document.
    DocumentWindow window(String name, Stage stage) {
        return window(name, stage, stage.way());
    }

    /// The window of somebody whose document it is.
    DocumentWindow owner(String name, Stage stage) {
        return window(name, stage, stage.owning());
    }

    private DocumentWindow window(String name, Stage stage, InviteLink way) {
        Path profile = profile(name);
        CoscribeClient.join(way, name, profile).close();
        return Screen.window(desktop(name, profile), DocumentLink.to(stage.at(), stage.id()));
    }

    /// Somebody whose window is not in the picture.
    DocumentClient guest(String name, Stage stage) {
        return open(person(name, stage), stage);
    }

    /// Somebody without a window who may only look.
    DocumentClient viewer(String name, Stage stage) {
        return open(person(name, stage.onlooker()), stage);
    }

    private static DocumentClient open(CoscribeClient client, Stage stage) {
        return client.open(stage.id())
                .opened()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /// Somebody who may open the document.
    CoscribeClient person(String name, Stage stage) {
        return person(name, stage.way());
    }

    private CoscribeClient person(String name, InviteLink way) {
        var client = CoscribeClient.join(way, name, profile(name));
        toClose.push(client);
        return client;
    }

    static void until(String what, BooleanSupplier holds) {
        if (!Patience.until(PATIENCE, holds)) {
            throw new IllegalStateException("never came: " + what);
        }
    }

    /// On the thread that draws.
    static void on(Runnable task) {
        Screen.run(task);
    }

    /// As above, with an answer.
    static <T> T call(Callable<T> task) {
        return Screen.call(task);
    }

    /// All that are open in this program.
    static List<Window> windows() {
        return Screen.call(() -> List.copyOf(Window.getWindows()));
    }

    static boolean is(BooleanSupplier what) {
        return Screen.call(what::getAsBoolean);
    }

    /// Lets some frames pass.
    static void frames(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Screen.run(() -> {});
    }

    @Override
    public void close() {
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("something did not end", e);
            }
        }
    }
}
