package coscribe.desktop;

import static coscribe.desktop.SharedDocument.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.desktop.view.frame.Command;
import coscribe.desktop.view.frame.Commands;
import coscribe.desktop.view.frame.DocumentListScreen;
import coscribe.desktop.view.frame.Shots;
import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.text.Fx;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.event.ActionEvent;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The documents of one person, in real home windows of several computers, at a real relay.
class HomeWindowTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private SharedDocument shared;

    @BeforeEach
    void begin() throws Exception {
        Fx.closeWindows();
        shared = new SharedDocument(folder);
        try (var document = shared.mara.open(shared.id)) {
            document.opened().get(30, TimeUnit.SECONDS);
            document.run(it -> it.append("Beans.")).get(30, TimeUnit.SECONDS);
            document.saved().get(30, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void end() throws Exception {
        shared.close();
    }

    /// The same person signed in at another computer, with nothing on its disk.
    private void isSignedInAt(String from, String to) throws IOException {
        var accounts = folder.resolve(to).resolve("accounts");
        Files.createDirectories(accounts);
        Files.copy(folder.resolve(from).resolve("device"), folder.resolve(to).resolve("device"));
        try (var files = Files.list(folder.resolve(from).resolve("accounts"))) {
            for (Path file : files.toList()) {
                Files.copy(file, accounts.resolve(file.getFileName()));
            }
        }
    }

    private Desktop starts(String computer, Wish wish) {
        var desktop = shared.jonStarts(computer);
        Fx.run(() -> desktop.open(wish));
        return desktop;
    }

    /// As from the menu of a document's window.
    private static void runs(Desktop desktop, Command command) {
        Fx.run(() -> {
            var commands = new Commands();
            desktop.into(commands);
            commands.run(command);
        });
    }

    /// The documents on the screen; on the thread that draws.
    private static Optional<DocumentListScreen> list() {
        return Window.getWindows().stream()
                .filter(Window::isShowing)
                .map(Window::getScene)
                .flatMap(scene -> scene.getRoot().getChildrenUnmodifiable().stream())
                .filter(DocumentListScreen.class::isInstance)
                .map(DocumentListScreen.class::cast)
                .findFirst();
    }

    private static ListView<?> rows() {
        return (ListView<?>) list().orElseThrow().lookup(".documents");
    }

    /// The chosen row is drawn with a line around it, and not by its colour alone.
    private static boolean isRingSeen() {
        return rows().lookupAll(".document-row").stream()
                .map(ListCell.class::cast)
                .anyMatch(row -> row.isFocused()
                        && row.getBackground().getFills().getLast().getInsets().getTop() == 2);
    }

    private static List<String> words() {
        var words = new ArrayList<String>();
        list().ifPresent(screen -> {
            screen.applyCss();
            screen.layout();
            words.addAll(Walk.words(screen));
        });
        return words;
    }

    private static boolean says(String beginning) {
        return words().stream().anyMatch(each -> each.startsWith(beginning));
    }

    private static void press(KeyCode code) {
        Fx.run(() -> {
            var to = rows();
            Event.fireEvent(to, new KeyEvent(to, to, KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
        });
    }

    private static void picture(String name) {
        Fx.run(() -> {
            Scene scene = list().orElseThrow().getScene();
            Shots.take(scene, name);
        });
    }

    private static void rowsAre(int count) {
        until(() -> list().isPresent() && rows().getItems().size() == count);
        assertThat(Fx.call(() -> rows().getScene().getFocusOwner()))
                .as("where the keyboard is")
                .isEqualTo(Fx.call(HomeWindowTest::rows));
        until(HomeWindowTest::isRingSeen);
    }

    @Test
    void a_document_that_was_joined_by_a_link_is_listed_at_every_computer_of_that_person() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        isSignedInAt("jon", "jons-laptop");
        var laptop = starts("jons-laptop", new Wish.Window());
        rowsAre(1);
        assertThat(Fx.call(HomeWindowTest::words)).contains("Plan", "this computer");

        shared.mara.rename(shared.id, "Plan for spring").get(30, TimeUnit.SECONDS);
        assertThat(Fx.call(HomeWindowTest::words)).contains("Plan");
        laptop.documentsChanged();
        until(() -> words().contains("Plan for spring"));
        picture("home-at-another-computer");

        press(KeyCode.ENTER);
        until(() -> laptop.windows().size() == 1);
        var window = Fx.call(() -> laptop.windows().getFirst());
        until(() -> window.client().text().equals("Beans."));
        assertThat(Fx.call(HomeWindowTest::list))
                .as("the document took its place")
                .isEmpty();
    }

    @Test
    void to_join_with_a_link_begins_anew_and_not_at_a_card_that_was_left() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        var desktop = starts("jon", new Wish.Window());
        rowsAre(1);
        Fx.run(() -> desktop.open(new Wish.Join(InviteLink.parse("coscribe://join/127.0.0.1:9/7F3K-Q9TM-2XWD"))));
        until(() -> home().contains("Join 127.0.0.1:9?"));
        runs(desktop, Command.OPEN_HOME);
        rowsAre(1);
        Fx.run(() -> list().orElseThrow().lookupAll(".button").stream()
                .map(Button.class::cast)
                .filter(button -> "Join with a Link".equals(button.getText()))
                .forEach(Button::fire));
        assertThat(Fx.call(HomeWindowTest::home))
                .contains("Paste an invite link")
                .doesNotContain("Join 127.0.0.1:9?");
    }

    /// What is to be read in the home window; on the thread that draws.
    private static List<String> home() {
        return Window.getWindows().stream()
                .filter(Window::isShowing)
                .flatMap(window -> Walk.words(window.getScene().getRoot()).stream())
                .toList();
    }

    @Test
    void to_join_a_server_that_says_nothing_is_given_up_and_another_link_leads_in() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String dead = "127.0.0.1:" + silent.getLocalPort();
            var desktop = starts("jon", new Wish.Join(InviteLink.parse("coscribe://join/" + dead + "/7F3K-Q9TM-2XWD")));
            until(() -> home().contains("Join " + dead + "?"));
            presses("Join");
            until(() -> home().contains("Joining..."));
            presses("Cancel");
            assertThat(Fx.call(HomeWindowTest::home)).contains("Join", "Back").doesNotContain("Joining...");

            var invite = shared.invite(Role.EDITOR);
            Fx.run(() -> desktop.open(new Wish.Join(invite)));
            until(() -> home().contains("Join " + shared.address() + "?"));
            presses("Join");
            until(() -> desktop.windows().size() == 1);
        }
    }

    private static void presses(String words) {
        Fx.run(() -> Window.getWindows().stream()
                .filter(Window::isShowing)
                .flatMap(window -> window.getScene().getRoot().lookupAll(".button").stream())
                .map(Button.class::cast)
                .filter(button -> words.equals(button.getText()))
                .findFirst()
                .orElseThrow()
                .fire());
    }

    @Test
    void a_link_that_was_copied_meanwhile_is_filled_in_when_the_window_is_looked_at_again() {
        Fx.run(() -> copies("no link"));
        var desktop = starts("nobody", new Wish.Window());
        until(() -> home().contains("Paste an invite link"));
        assertThat(Fx.call(HomeWindowTest::home)).doesNotContain("from your clipboard");
        Fx.run(() -> copies("coscribe://join/docs.example.org/7F3K-Q9TM-2XWD"));
        // No window loses the keyboard to another one where there is no screen.
        Fx.run(() -> desktop.homeWindow().lookedAt());
        assertThat(Fx.call(HomeWindowTest::home)).contains("from your clipboard");
        Fx.run(() -> copies("no link"));
    }

    private static void copies(String words) {
        var content = new ClipboardContent();
        content.putString(words);
        Clipboard.getSystemClipboard().setContent(content);
    }

    @Test
    void whoever_may_only_look_sees_that() throws Exception {
        shared.jonWasIn("jon", Role.VIEWER);
        isSignedInAt("jon", "jons-laptop");
        var _ = starts("jons-laptop", new Wish.Window());
        rowsAre(1);
        assertThat(Fx.call(HomeWindowTest::words)).contains("this computer · can view");
    }

    @Test
    void edits_that_wait_are_counted_when_their_window_is_closed_and_gone_when_the_relay_is_back() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        shared.relayEnds();
        var desktop = starts("jon", new Wish.Window());
        rowsAre(1);
        until(() -> says("Can't reach " + shared.address()));
        press(KeyCode.ENTER);
        until(() -> desktop.windows().size() == 1);
        var window = Fx.call(() -> desktop.windows().getFirst());
        Fx.run(() -> window.model().type("Carrots."));
        assertThat(Fx.call(() -> window.client().status().unsaved())).isEqualTo(1);
        runs(desktop, Command.OPEN_HOME);
        Fx.run(window::close);
        until(() -> words().contains("1 edit waiting"));
        picture("home-offline");

        shared.relayStartsAgain();
        press(KeyCode.ENTER);
        until(() -> desktop.windows().size() == 1);
        var again = Fx.call(() -> desktop.windows().getFirst());
        runs(desktop, Command.OPEN_HOME);
        until(() -> again.client().status().isSaved());
        until(() -> !says("Can't reach"));
        Fx.run(again::close);
        until(() -> list().isPresent() && !words().contains("1 edit waiting"));
    }

    @Test
    void what_could_not_be_made_or_opened_is_said_above_the_documents() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        var desktop = starts("jon", new Wish.Window());
        rowsAre(1);

        runs(desktop, Command.NEW_DOCUMENT);
        until(() -> says(shared.address() + " lets guests write with others, but not make documents."));
        picture("home-guest");

        var nothing = DocumentLink.to(shared.address(), DocumentId.random(new SplittableRandom(1)));
        Fx.run(() -> desktop.open(new Wish.Open(nothing)));
        until(() -> says("There is no such document at " + shared.address()));
        assertThat(Fx.call(HomeWindowTest::words)).contains("CS-10");

        shared.relayEnds();
        runs(desktop, Command.NEW_DOCUMENT);
        until(() -> says("Can't reach " + shared.address() + ". Nothing was changed."));
        Fx.run(() -> ((Button) list().orElseThrow().lookup(".list-notice .banner-close")).fire());
        assertThat(Fx.call(() -> says("Can't reach " + shared.address() + ". Nothing was changed.")))
                .isFalse();
        Fx.run(() -> desktop.open(new Wish.Open(nothing)));
        until(() -> says("Can't reach " + shared.address() + ". Nothing was changed."));
        assertThat(desktop.windows()).isEmpty();
        picture("home-failed");
    }

    @Test
    void a_document_that_is_not_here_is_given_up_when_its_relay_is_away_and_opens_when_it_is_back() throws Exception {
        shared.jonWasIn("jon", Role.EDITOR);
        isSignedInAt("jon", "jons-laptop");
        var laptop = starts("jons-laptop", new Wish.Window());
        rowsAre(1);
        shared.relayEnds();
        press(KeyCode.ENTER);
        until(() -> says("Can't reach " + shared.address() + ". Nothing was changed."));
        assertThat(laptop.windows()).isEmpty();
        rowsAre(1);

        shared.relayStartsAgain();
        press(KeyCode.ENTER);
        until(() -> laptop.windows().size() == 1);
        var window = Fx.call(() -> laptop.windows().getFirst());
        until(() -> window.client().text().equals("Beans."));
    }

    @Test
    void sharing_is_offered_once_when_a_new_document_has_its_title() throws Exception {
        var window = newDocument();
        titled(window, "Plan for summer");
        until(() -> offer(window).isPresent());
        assertThat(Fx.call(() -> window.surface().node().isFocusWithin())).isTrue();
        Fx.run(() -> window.frame().closeCard());
        titled(window, "Plan for autumn");
        until(() -> window.title().equals("Plan for autumn"));
        Fx.frames(2);
        assertThat(Fx.call(() -> offer(window))).isEmpty();
    }

    @Test
    void sharing_is_offered_also_where_the_title_is_left_as_it_was() throws Exception {
        var window = newDocument();
        assertThat(Fx.call(() -> offer(window))).as("while the title is typed").isEmpty();
        Fx.run(() -> window.frame().root().lookup(".title-field").fireEvent(new ActionEvent()));
        until(() -> offer(window).isPresent());
        assertThat(window.title()).isEqualTo("Untitled");
    }

    private DocumentWindow newDocument() {
        var opened = new CompletableFuture<DocumentWindow>();
        var desktop = starts("jon", new Wish.Window());
        Fx.run(() -> desktop.onWindow(opened::complete));
        runs(desktop, Command.NEW_DOCUMENT);
        var window = opened.orTimeout(60, TimeUnit.SECONDS).join();
        until(() -> window.client().status().role() == Role.OWNER && isShareSeen(window));
        return window;
    }

    private static boolean isShareSeen(DocumentWindow window) {
        var button = window.frame().root().lookup(".share-button");
        return button != null && button.isVisible();
    }

    private static Optional<Node> offer(DocumentWindow window) {
        return Optional.ofNullable(window.frame().root().lookup(".offer-card"));
    }

    private static void titled(DocumentWindow window, String title) {
        Fx.run(() -> {
            var field = (TextField) window.frame().root().lookup(".title-field");
            field.requestFocus();
            field.setText(title);
            field.fireEvent(new ActionEvent());
        });
    }

    @Test
    void high_contrast_is_chosen_in_the_menu_and_kept() throws Exception {
        var desktop = starts("jon", new Wish.Window());
        runs(desktop, Command.HIGH_CONTRAST);
        assertThat(Fx.call(() -> desktop.around().theme().contrast().get())).isTrue();
        var file = folder.resolve("jon").resolve("settings").resolve("choices.properties");
        await().atMost(PATIENCE)
                .until(() -> Files.exists(file) && Files.readString(file).contains("high.contrast=true"));
        runs(desktop, Command.HIGH_CONTRAST);
        assertThat(Fx.call(() -> desktop.around().theme().contrast().get())).isFalse();
    }
}
