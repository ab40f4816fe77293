package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.host.BundledRelay;
import coscribe.desktop.view.frame.Stagehand;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.export.ExportFormat;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import coscribe.ot.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.ColorScheme;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One person's editor with its real windows, on a real relay that somebody else owns a document
/// at.
class DocumentWindowTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private BundledRelay relay;
    private CoscribeClient mara;
    private DocumentId id;
    private Optional<FileAsker.Chosen> wanted = Optional.empty();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private Optional<Desktop> editor = Optional.empty();

    @BeforeEach
    void begin() throws Exception {
        relay = BundledRelay.start(folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
        mara = CoscribeClient.join(relay.ownerInvite(), "Mara", folder.resolve("mara"));
        id = mara.createDocument("Plan").get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() throws Exception {
        if (editor.isPresent()) {
            Fx.run(() -> editor.get().quit());
            assertThat(ended.get(60, TimeUnit.SECONDS)).isTrue();
        }
        mara.close();
        relay.close();
    }

    private InviteLink invite(Role role) throws Exception {
        String code = mara.invite(id, role, Duration.ofHours(1), 5).get(30, TimeUnit.SECONDS);
        return new InviteLink(List.of(relay.address()), code);
    }

    private Path profile() {
        return folder.resolve("jon");
    }

    /// Jon was in the document before, and nobody sees him there now.
    private void hasJoined(Role role) throws Exception {
        try (var jon = CoscribeClient.join(invite(role), "Jon", profile());
                DocumentClient document = jon.open(id)) {
            document.opened().get(30, TimeUnit.SECONDS);
        }
    }

    private DocumentWindow opens() {
        var opened = new CompletableFuture<DocumentWindow>();
        Fx.run(() -> {
            var desktop = new Desktop(
                    new Desktop.Around(
                            Places.in(profile()),
                            Strings.of(Locale.UK),
                            Theme.of(ColorScheme.LIGHT),
                            new FxHome(),
                            InstantSource.system(),
                            ZoneOffset.UTC,
                            new SecureRandom(),
                            "Jon",
                            "test",
                            target -> {},
                            (owner, name) -> wanted),
                    () -> ended.complete(true));
            editor = Optional.of(desktop);
            desktop.onWindow(opened::complete);
            desktop.open(new Wish.Open(DocumentLink.to(relay.address(), id)));
        });
        return opened.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE).until(() -> Fx.call(holds));
    }

    private static Optional<Button> button(DocumentWindow window, String words) {
        return button(window.frame().root(), words);
    }

    private static Optional<Button> button(Parent root, String words) {
        root.applyCss();
        return root.lookupAll(".button").stream()
                .map(Button.class::cast)
                .filter(button -> words.equals(button.getText()))
                .findFirst();
    }

    private static String read(CopyWindow copies) {
        return Fx.call(() -> copies.surface().readBack().plain().stripTrailing());
    }

    private static List<Node> nodes(DocumentWindow window, String style) {
        window.frame().root().applyCss();
        return List.copyOf(window.frame().root().lookupAll(style));
    }

    /// As soon as it is there.
    private static void presses(DocumentWindow window, String words) {
        until(() -> button(window, words).isPresent());
        Fx.run(() -> button(window, words).orElseThrow().fire());
    }

    /// Who holds these credentials is refused, and told to sign in.
    private void losesCredentials() throws IOException {
        try (var files = Files.walk(profile())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (text.startsWith("coscribe-account")) {
                    Files.writeString(
                            file,
                            text.replaceAll("access.token=.*", "access.token=x").replaceAll("refresh=.*", "refresh=x"));
                }
            }
        }
    }

    @Test
    void who_was_signed_out_goes_on_writing_and_comes_in_again_as_the_same_person_by_another_link() throws Exception {
        hasJoined(Role.EDITOR);
        losesCredentials();
        var window = opens();
        until(() -> window.status().shown().get().words().startsWith("Signed out"));
        var before = window.client().person();
        Fx.run(() -> window.model().type("kept"));
        until(() -> window.status().shown().get().words().equals("Signed out - 1 edit kept"));

        presses(window, "Sign In");
        until(() -> !nodes(window, ".sign-in-card").isEmpty());
        String link = invite(Role.EDITOR).written();
        Fx.run(() -> {
            var field = (TextField) nodes(window, ".sign-in-card .text-field").getFirst();
            assertThat(field.isFocused()).isTrue();
            field.setText(link);
            field.fireEvent(new ActionEvent());
        });

        until(() -> window.client().status().isSaved());
        until(() -> nodes(window, ".sign-in-card").isEmpty());
        assertThat(window.client().person()).isEqualTo(before);
        var document = mara.open(id);
        document.opened().get(30, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> document.text().equals("kept"));
    }

    @Test
    void a_viewer_learns_whom_to_ask_and_gets_the_words() throws Exception {
        hasJoined(Role.VIEWER);
        var owners = mara.open(id);
        owners.opened().get(30, TimeUnit.SECONDS);
        var window = opens();
        until(() -> window.client().members().size() == 1
                && window.status().shown().get().words().startsWith("Read-only"));
        Fx.run(() -> ((Button) nodes(window, ".status-label").getFirst()).fire());
        presses(window, "Request Access");
        until(() -> !nodes(window, ".access-card").isEmpty());
        var shown = Fx.call(() -> nodes(window, ".access-card .text-area").getFirst());
        assertThat(((TextArea) shown).getText())
                .startsWith("Could you let me edit 'Plan'?")
                .contains("Jon (coscribe://doc/127.0.0.1:");
        assertThat(Fx.call(() -> nodes(window, ".access-card .card-words").toString()))
                .contains("Mara owns this document and is here now.");
        presses(window, "Copy Message");
        assertThat(Fx.call(() -> Clipboard.getSystemClipboard().getString())).isEqualTo(((TextArea) shown).getText());
    }

    @Test
    void what_was_kept_beside_a_document_is_read_exported_and_made_a_document_of() throws Exception {
        hasJoined(Role.VIEWER);
        keeps(1, "role", "old words");
        keeps(2, "role", "my unsent words");
        var window = opens();
        until(() -> !menuItem(window, "Kept Copies").isDisable());
        Fx.run(() -> menuItem(window, "Kept Copies").fire());
        until(() -> editor.orElseThrow().copyWindows().size() == 1);
        var copies = Fx.call(() -> editor.orElseThrow().copyWindows().getFirst());
        var root = Fx.call(() -> copies.stage().getScene().getRoot());
        assertThat(Fx.call(() -> Walk.words(root)))
                .contains(
                        "Plan",
                        "Your text as it was when you could no longer edit the document. Only you have it,"
                                + " on this computer.");
        assertThat(read(copies)).as("the newest").isEqualTo("my unsent words");
        Fx.run(() -> Stagehand.picture(root.getScene(), "kept-copies"));
        Fx.run(() -> choose(root, 1));
        assertThat(read(copies)).isEqualTo("old words");
        Fx.run(() -> choose(root, 0));

        Fx.run(() -> button(root, "Copy All").orElseThrow().fire());
        assertThat(Fx.call(() -> Clipboard.getSystemClipboard().getString())).isEqualTo("my unsent words");

        wanted = Optional.of(new FileAsker.Chosen(folder.resolve("mine.txt"), ExportFormat.TEXT));
        Fx.run(() -> button(root, "Export...").orElseThrow().fire());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(folder.resolve("mine.txt")).hasContent("my unsent words"));

        Fx.run(() -> button(root, "New Document on This Computer").orElseThrow().fire());
        until(() -> editor.orElseThrow().windows().size() == 2);
        var fresh = Fx.call(() -> editor.orElseThrow().windows().getLast());
        until(() -> fresh.client().text().equals("my unsent words")
                && fresh.client().status().isSaved());
        assertThat(fresh.title()).isEqualTo("Plan");
        assertThat(fresh.client().id()).isNotEqualTo(id);
        assertThat(window.client().text()).as("nobody else's").isEmpty();
    }

    /// As the client keeps one.
    private void keeps(int number, String reason, String text) throws IOException {
        Path copies;
        try (var all = Files.walk(profile())) {
            copies = all.filter(file -> file.getFileName().toString().equals(id.hex()))
                    .findFirst()
                    .orElseThrow()
                    .resolve("copies");
        }
        Files.createDirectories(copies);
        var document =
                Document.EMPTY.apply(Change.of(Delta.builder().insert(text).build(1)));
        Files.writeString(
                copies.resolve("copy-" + number),
                "coscribe-copy 1\nreason=" + reason + "\nat=" + (1_764_000_000_000L + number) + "\ntitle=Plan\n"
                        + new String(Wire.encodeDocument(document), StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static void choose(Parent root, int number) {
        var box = (ComboBox<Object>) root.lookup(".combo-box");
        box.setValue(box.getItems().get(number));
    }

    @Test
    void a_document_is_exported_as_it_is_seen_and_a_failure_is_told() throws Exception {
        hasJoined(Role.EDITOR);
        var window = opens();
        Fx.run(() -> {
            window.model().heading(1);
            window.model().type("Plan");
        });
        wanted = Optional.of(new FileAsker.Chosen(folder.resolve("no/where.md"), ExportFormat.MARKDOWN));
        Fx.run(() -> menuItem(window, "Export...").fire());
        presses(window, "Export a Copy");
        wanted = Optional.of(new FileAsker.Chosen(folder.resolve("plan.md"), ExportFormat.MARKDOWN));
        presses(window, "Export a Copy");
        until(() -> button(window, "Export a Copy").isEmpty());
        assertThat(folder.resolve("plan.md")).hasContent("# Plan");
    }

    private static MenuItem menuItem(DocumentWindow window, String item) {
        var bar = (MenuBar) nodes(window, ".menu-bar").getFirst();
        return bar.getMenus().stream()
                .flatMap(menu -> menu.getItems().stream())
                .filter(it -> item.equals(it.getText()))
                .findFirst()
                .orElseThrow();
    }
}
