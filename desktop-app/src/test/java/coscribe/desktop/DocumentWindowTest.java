package coscribe.desktop;

import static coscribe.desktop.SharedDocument.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.runner.Status;
import coscribe.desktop.view.frame.Command;
import coscribe.desktop.view.frame.Commands;
import coscribe.desktop.view.frame.Shots;
import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.text.Fx;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.export.ExportFormat;
import coscribe.ot.protocol.Role;
import coscribe.ot.wire.Wire;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
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

    private SharedDocument shared;
    private Optional<FileAsker.Chosen> wanted = Optional.empty();
    private final Queue<String> shown = new ConcurrentLinkedQueue<>();
    private Desktop editor;

    @BeforeEach
    void begin() throws Exception {
        shared = new SharedDocument(folder);
    }

    @AfterEach
    void end() throws Exception {
        shared.close();
    }

    private Path profile() {
        return shared.profile("jon");
    }

    /// Jon was in the document before, and opens it at the same computer.
    private DocumentWindow opens() {
        editor = shared.jonStarts("jon", shown::add, (owner, name) -> wanted);
        return shared.opens(editor);
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

    /// Else a text would be asked for only when the window is there that is to show it.
    @Test
    void what_the_relay_says_is_answered_before_all_of_a_window_is_made() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        editor = shared.jonStarts("jon", shown::add, (owner, name) -> wanted);
        var home = editor.around().home();
        try (var workshop = Workshop.at(home);
                var relay = CoscribeClient.connect(shared.address(), profile(), workshop)) {
            var document = relay.opening(shared.id).get(60, TimeUnit.SECONDS);
            var styledByThen = new CompletableFuture<Boolean>();
            var window = Fx.call(() -> {
                var prepared = new CompletableFuture<DocumentWindow>();
                home.execute(() -> styledByThen.complete(isStyled(prepared.join())));
                prepared.complete(editor.prepare(relay, document));
                return prepared.join();
            });
            assertThat(styledByThen.get(60, TimeUnit.SECONDS)).isFalse();
            until(() -> isStyled(window));
            Fx.run(() -> editor.discard(window));
            document.shutDown().get(60, TimeUnit.SECONDS);
        }
    }

    private static boolean isStyled(DocumentWindow window) {
        return window.frame().root().lookup(".title-field") instanceof Control control && control.getSkin() != null;
    }

    @Test
    void who_was_signed_out_goes_on_writing_and_comes_in_again_as_the_same_person_by_another_link() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        losesCredentials();
        var window = opens();
        until(() -> window.status().shown().get().words().startsWith("Signed out"));
        var before = window.client().person();
        Fx.run(() -> window.model().type("kept"));
        until(() -> window.status().shown().get().words().equals("Signed out - 1 edit kept"));

        presses(window, "Sign In");
        until(() -> !nodes(window, ".sign-in-card").isEmpty());
        String link = shared.invite(Role.EDITOR).written();
        Fx.run(() -> {
            var field = (TextField) nodes(window, ".sign-in-card .text-field").getFirst();
            assertThat(field.isFocused()).isTrue();
            field.setText(link);
            field.fireEvent(new ActionEvent());
        });

        until(() -> window.client().status().isSaved());
        until(() -> nodes(window, ".sign-in-card").isEmpty());
        assertThat(window.client().person()).isEqualTo(before);
        var document = shared.mara.open(shared.id);
        document.opened().get(30, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> document.text().equals("kept"));
    }

    @Test
    void a_viewer_learns_whom_to_ask_and_gets_the_words() throws Exception {
        shared.jonWasIn("jon", Role.VIEWER);
        var owners = shared.mara.open(shared.id);
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
        shared.jonWasIn("jon", Role.VIEWER);
        keeps(1, "role", "old words");
        keeps(2, "role", "my unsent words");
        var window = opens();
        until(() -> !menuItem(window, "Kept Copies").isDisable());
        Fx.run(() -> menuItem(window, "Kept Copies").fire());
        until(() -> editor.copyWindows().size() == 1);
        var copies = Fx.call(() -> editor.copyWindows().getFirst());
        var root = Fx.call(() -> copies.stage().getScene().getRoot());
        assertThat(Fx.call(() -> Walk.words(root)))
                .contains(
                        "Plan",
                        "Your text as it was when you could no longer edit the document. Only you have it,"
                                + " on this computer.");
        assertThat(read(copies)).as("the newest").isEqualTo("my unsent words");
        Fx.run(() -> Shots.take(root.getScene(), "kept-copies"));
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
        until(() -> editor.windows().size() == 2);
        var fresh = Fx.call(() -> editor.windows().getLast());
        until(() -> fresh.client().text().equals("my unsent words")
                && fresh.client().status().isSaved());
        assertThat(fresh.title()).isEqualTo("Plan");
        assertThat(fresh.client().id()).isNotEqualTo(shared.id);
        assertThat(window.client().text()).as("nobody else's").isEmpty();
    }

    /// As the client keeps one.
    private void keeps(int number, String reason, String text) throws IOException {
        Path copies;
        try (var all = Files.walk(profile())) {
            copies = all.filter(file -> file.getFileName().toString().equals(shared.id.hex()))
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
        shared.jonWasIn("jon", Role.EDITOR);
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

    @Test
    void the_folder_of_logs_is_shown_once_there_is_one() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        var window = opens();
        Path logs = profile().resolve("logs");
        assertThat(logs).doesNotExist();
        Fx.run(() -> menuItem(window, "Open Log Folder").fire());
        until(() -> window.status().shown().get().words().equals("Nothing was logged yet"));
        assertThat(shown).isEmpty();
        Files.createDirectories(logs);
        Fx.run(() -> menuItem(window, "Open Log Folder").fire());
        until(() -> !shown.isEmpty());
        assertThat(shown).containsExactly(logs.toUri().toString());
    }

    @Test
    void diagnostics_tell_how_fast_it_is_and_neither_words_nor_secrets() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        var window = opens();
        until(() -> window.status().shown().get().words().startsWith("Connected"));
        var document = shared.mara.open(shared.id);
        document.opened().get(30, TimeUnit.SECONDS);
        for (char letter : "Secret".toCharArray()) {
            Fx.run(() -> types(window, letter));
            Fx.frames(2);
        }
        document.run(it -> it.insert(0, "Whispered ")).get(30, TimeUnit.SECONDS);
        until(() -> window.surface().readBack().plain().equals("Whispered Secret\n"));
        Fx.frames(2);

        Fx.run(() -> menuItem(window, "Copy Diagnostics").fire());
        String copied = Fx.call(() -> Clipboard.getSystemClipboard().getString());
        assertThat(copied)
                .containsPattern("Speed, last document opened in \\d+ ms \\(wanted under 1000\\)")
                .containsPattern("Speed, key to screen: 6 times, half under [\\d.]+ ms, 99 % under [\\d.]+ ms")
                .containsPattern("Speed, others' text to screen: \\d+ times")
                .containsPattern("Speed, wait for the thread that draws: \\d+ times, .* missed \\d+ times")
                .contains("127.0.0.1")
                .doesNotContain("Secret", "Whispered", "Plan", "Mara", "Jon", shared.id.hex());
        assertThat(secrets()).isNotEmpty().noneMatch(copied::contains);
    }

    private static void types(DocumentWindow window, char letter) {
        var area = window.surface().node().lookup(".page");
        KeyEvent.fireEvent(
                area,
                new KeyEvent(
                        KeyEvent.KEY_PRESSED,
                        "",
                        "",
                        KeyCode.valueOf(Character.toString(letter).toUpperCase(Locale.ROOT)),
                        false,
                        false,
                        false,
                        false));
        KeyEvent.fireEvent(
                area,
                new KeyEvent(
                        KeyEvent.KEY_TYPED,
                        Character.toString(letter),
                        "",
                        KeyCode.UNDEFINED,
                        false,
                        false,
                        false,
                        false));
    }

    /// What lets this person in.
    private List<String> secrets() throws IOException {
        var secrets = new ArrayList<String>();
        try (var files = Files.walk(profile())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (text.startsWith("coscribe-account")) {
                    text.lines()
                            .filter(line -> line.startsWith("access.token=") || line.startsWith("refresh="))
                            .map(line -> line.substring(line.indexOf('=') + 1))
                            .forEach(secrets::add);
                }
            }
        }
        return secrets;
    }

    @Test
    void a_window_that_was_closed_is_forgotten_with_all_that_was_behind_it() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        keeps(1, "role", "old words");
        var first = opens();
        var desktop = editor;
        Fx.run(() -> home(desktop));
        closes(first);
        isForgotten(opensAndCloses(desktop));
        int listeners = listeners(desktop);
        isForgotten(opensAndCloses(desktop));
        assertThat(listeners(desktop)).as("who listens to what windows share").isEqualTo(listeners);
    }

    private static void isForgotten(List<WeakReference<Object>> parts) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            System.gc();
            Fx.frames(1);
            assertThat(parts.stream().map(WeakReference::get).filter(it -> it != null))
                    .isEmpty();
        });
    }

    private List<WeakReference<Object>> opensAndCloses(Desktop desktop) {
        var window = opensAgain(desktop);
        until(() -> !menuItem(window, "Kept Copies").isDisable());
        Fx.run(() -> menuItem(window, "Kept Copies").fire());
        until(() -> desktop.copyWindows().size() == 1);
        var copies = Fx.call(() -> desktop.copyWindows().getFirst());
        Fx.run(() -> window.model().type("a"));
        var gone = List.<WeakReference<Object>>of(
                new WeakReference<>(window),
                new WeakReference<>(window.client()),
                new WeakReference<>(window.model()),
                new WeakReference<>(window.surface()),
                new WeakReference<>(window.stage().getScene()),
                new WeakReference<>(copies),
                new WeakReference<>(copies.stage().getScene()));
        Fx.run(() -> home(desktop)); // so that the program goes on
        Fx.run(copies::close);
        closes(window);
        return gone;
    }

    private static void closes(DocumentWindow window) {
        Fx.frames(2);
        Fx.run(window::close);
        await().atMost(PATIENCE).until(() -> window.client().status().contact() instanceof Status.Contact.Closed);
        Fx.frames(2);
    }

    /// Of what all windows share.
    private static int listeners(Desktop desktop) {
        return Fx.call(() -> {
            var around = desktop.around();
            return Listeners.of(around.theme().scheme())
                    + Listeners.of(around.theme().contrast())
                    + Listeners.of(around.theme().contrastIsFree())
                    + Listeners.of(desktop.views().zoom().percent())
                    + Listeners.of(desktop.views().panelWidth())
                    + Listeners.of(Platform.getPreferences().reducedMotionProperty());
        });
    }

    private DocumentWindow opensAgain(Desktop desktop) {
        Fx.run(() -> desktop.open(new Wish.Open(shared.link())));
        until(() -> desktop.windows().size() == 1);
        return Fx.call(() -> desktop.windows().getFirst());
    }

    @Test
    void what_was_recovered_is_told_once_and_not_of_what_was_typed_since() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        Files.createFile(profile().resolve("running")); // as a process that was killed leaves it
        var window = opens();
        var desktop = editor;
        Fx.run(() -> home(desktop));
        Fx.run(() -> {
            window.client().workOffline(true);
            window.model().type("a");
        });
        Fx.run(window::close);
        until(() -> desktop.windows().isEmpty());
        shared.relayEnds();
        var again = opensAgain(desktop);
        assertThat(Fx.call(() -> again.client().status().unsaved())).isEqualTo(1);
        assertThat(Fx.call(() -> Walk.words(again.frame().root())))
                .noneMatch(words -> words.startsWith("Coscribe closed unexpectedly"));
        shared.relayStartsAgain();
    }

    /// As from the menu of a window.
    private static void home(Desktop desktop) {
        var commands = new Commands();
        desktop.into(commands);
        commands.run(Command.OPEN_HOME);
    }

    private static MenuItem menuItem(DocumentWindow window, String item) {
        var bar = (MenuBar) nodes(window, ".menu-bar").getFirst();
        return bar.getMenus().stream()
                .flatMap(menu -> menu.getItems().stream())
                .filter(it -> item.equals(Walk.itemName(it)))
                .findFirst()
                .orElseThrow();
    }
}
