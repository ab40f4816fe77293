package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.desktop.host.BundledRelay;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.ColorScheme;

/// Mara's document "Plan" on a real relay, and the editors of Jon, whom she invites to it. All in
/// this process, with a profile for each computer.
final class SharedDocument implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final CoscribeClient mara;
    final DocumentId id;
    private final Path folder;
    /// What Jon's computers have in networks.
    volatile Set<InetAddress> network = Set.of();
    /// What his editors say.
    Strings strings = Strings.of(Locale.UK);
    private BundledRelay relay;
    private final List<Desktop> editors = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> ended = new ArrayList<>();

    SharedDocument(Path folder) {
        this.folder = folder;
        this.relay = startRelay();
        this.mara = CoscribeClient.join(relay.ownerInvite(), "Mara", folder.resolve("mara"));
        this.id = mara.createDocument("Plan").orTimeout(30, TimeUnit.SECONDS).join();
    }

    private BundledRelay startRelay() {
        return BundledRelay.start(folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
    }

    // --- the relay

    RelayAddress address() {
        return relay.address();
    }

    DocumentLink link() {
        return DocumentLink.to(address(), id);
    }

    void relayEnds() {
        relay.close();
    }

    void relayStartsAgain() {
        relay = startRelay();
    }

    // --- Jon

    Path profile(String computer) {
        return folder.resolve(computer);
    }

    InviteLink invite(Role role) {
        String code = mara.invite(id, role, Duration.ofHours(1), 5)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return new InviteLink(List.of(address()), code);
    }

    /// Jon was in the document before, at this computer, and nobody sees him there now.
    void jonWasIn(String computer, Role role) {
        try (var jon = CoscribeClient.join(invite(role), "Jon", profile(computer));
                var document = jon.open(id)) {
            document.opened().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    /// Jon starts his editor; it has no window yet.
    Desktop jonStarts(String computer, Consumer<String> browser, FileAsker files) {
        var over = new CompletableFuture<Boolean>();
        var desktop = Fx.call(() -> new Desktop(
                new Desktop.Around(
                        Places.in(profile(computer)),
                        Policy.none(),
                        strings,
                        Theme.of(ColorScheme.LIGHT),
                        new FxHome(),
                        InstantSource.system(),
                        ZoneOffset.UTC,
                        new SecureRandom(),
                        "Jon",
                        "test",
                        browser,
                        files,
                        () -> network),
                () -> over.complete(true)));
        editors.add(desktop);
        ended.add(over);
        return desktop;
    }

    Desktop jonStarts(String computer) {
        return jonStarts(computer, target -> {}, (owner, name) -> Optional.empty());
    }

    /// Returns when the document's window is shown.
    DocumentWindow opens(Desktop desktop) {
        var opened = new CompletableFuture<DocumentWindow>();
        Fx.run(() -> {
            desktop.onWindow(opened::complete);
            desktop.open(new Wish.Open(link()));
        });
        return opened.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /// Jon ends his editor; returns when nothing of it is left.
    void ends(Desktop desktop) {
        Fx.run(desktop::quit);
        assertThat(ended.get(editors.indexOf(desktop))
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join())
                .isTrue();
    }

    /// Waits for something on the thread that draws.
    static void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE).until(() -> Fx.call(holds));
    }

    /// Everybody leaves, the editors too.
    @Override
    public void close() throws Exception {
        Fx.run(() -> editors.forEach(Desktop::quit));
        for (var each : ended) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isTrue();
        }
        mara.close();
        relay.close();
    }
}
