package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.CoscribeClient;
import coscribe.client.VirtualTime;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.Desk;
import coscribe.client.runner.Home;
import coscribe.client.runner.TinyRelay;
import coscribe.client.runner.UnforcedJournal;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Strings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;

/// A document's real window before a relay that does what a test's script says, in virtual time:
/// "Plan" at docs.example.org, which is never asked for anything. On the thread that draws.
final class ScriptedWindow implements AutoCloseable {
    final VirtualTime time = new VirtualTime();
    final TinyRelay relay = new TinyRelay(time);
    final UnforcedJournal journal = new UnforcedJournal(List.of());
    final Desk desk;
    final DocumentWindow window;
    /// Everything that the status line has said, in its order.
    final List<String> said = new ArrayList<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final CoscribeClient server;
    private final Desktop desktop;

    /// @param folder  for the profile
    ScriptedWindow(Path folder) {
        this(folder, Set::of);
        window.show(false);
    }

    /// One of a desktop that watches the network, by the clock on the wall: no more than some seconds
    /// of this time may pass at once, or the computer has slept.
    static ScriptedWindow watching(Path folder, Supplier<Set<InetAddress>> network) {
        var made = new ScriptedWindow(folder, network);
        var _ = made.desktop.show(made.window, false);
        return made;
    }

    private ScriptedWindow(Path folder, Supplier<Set<InetAddress>> network) {
        relay.title = "Plan";
        desk = new Desk(time, relay, "a1", Home.of(time, Platform::isFxApplicationThread));
        desk.opens(journal);
        desktop = new Desktop(
                new Desktop.Around(
                        Places.in(folder),
                        Policy.none(),
                        Strings.of(Locale.UK),
                        Theme.of(ColorScheme.LIGHT),
                        new FxHome(),
                        time,
                        ZoneOffset.UTC,
                        new SecureRandom(),
                        "Mara",
                        "test",
                        target -> {},
                        (owner, name) -> Optional.empty(),
                        network),
                () -> ended.complete(true));
        server = CoscribeClient.connect(new RelayAddress("docs.example.org", 443, true), folder.resolve("server"));
        window = new DocumentWindow(desktop, server, desk.document);
        window.style();
        window.layOut();
        window.status().shown().addListener((property, was, is) -> said.add(is.words()));
    }

    /// Each of them is an undo step of its own.
    void types(String... edits) {
        for (String edit : edits) {
            window.model().type(edit);
            passes(Duration.ofSeconds(2));
        }
    }

    /// What time brings, the words that go by it as well.
    void passes(Duration span) {
        time.pass(span);
        window.status().refresh();
        window.frame().root().applyCss();
        window.frame().root().layout();
    }

    void goesAway() {
        relay.reachable = false;
        relay.cut();
        passes(Duration.ZERO);
    }

    /// What the window shows of it, at the bottom and beside the title.
    List<String> status() {
        window.frame().root().applyCss();
        return window.frame().root().lookupAll(".status-label").stream()
                .map(label -> ((Labeled) label).getText())
                .toList();
    }

    /// The words of the messages over the text, as they are drawn.
    List<String> messages() {
        window.frame().root().applyCss();
        return window.frame().root().lookupAll(".banner-words").stream()
                .map(label -> ((Labeled) label).getText())
                .toList();
    }

    /// What they offer, but for being put away.
    List<String> offers() {
        window.frame().root().applyCss();
        return window.frame().root().lookupAll(".banner-button").stream()
                .map(Walk::name)
                .toList();
    }

    void presses(String words) {
        var button = window.frame().root().lookupAll(".button").stream()
                .filter(it -> words.equals(Walk.name(it)))
                .findFirst()
                .orElseThrow();
        ((Button) button).fire();
        passes(Duration.ZERO);
    }

    /// The process is told to end.
    void ends() {
        desktop.end();
    }

    /// Returns when everything has ended; from another thread.
    @Override
    public void close() {
        Fx.run(() -> {
            window.close();
            time.settle();
            server.close();
        });
        assertThat(ended.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
    }
}
