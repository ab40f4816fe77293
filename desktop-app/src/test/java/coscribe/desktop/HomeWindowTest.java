package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.desktop.host.BundledRelay;
import coscribe.desktop.view.frame.Command;
import coscribe.desktop.view.frame.Commands;
import coscribe.desktop.view.frame.DocumentListScreen;
import coscribe.desktop.view.frame.Stagehand;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.ColorScheme;
import javafx.event.ActionEvent;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
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

    private BundledRelay relay;
    private CoscribeClient mara;
    private DocumentId plan;
    private final List<CompletableFuture<Boolean>> ended = new ArrayList<>();
    private final List<Desktop> editors = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        relay = BundledRelay.start(folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
        mara = CoscribeClient.join(relay.ownerInvite(), "Mara", folder.resolve("mara"));
        plan = mara.createDocument("Plan").get(30, TimeUnit.SECONDS);
        try (var document = mara.open(plan)) {
            document.opened().get(30, TimeUnit.SECONDS);
            document.run(it -> it.append("Beans.")).get(30, TimeUnit.SECONDS);
            document.saved().get(30, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void end() throws Exception {
        Fx.run(() -> editors.forEach(Desktop::quit));
        for (var each : ended) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isTrue();
        }
        mara.close();
        relay.close();
    }

    /// Jon was in the document before, at this computer.
    private void jonJoined(String profile, Role role) throws Exception {
        String code = mara.invite(plan, role, Duration.ofHours(1), 5).get(30, TimeUnit.SECONDS);
        var link = new InviteLink(List.of(relay.address()), code);
        try (var jon = CoscribeClient.join(link, "Jon", folder.resolve(profile));
                var document = jon.open(plan)) {
            document.opened().get(30, TimeUnit.SECONDS);
        }
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

    private Desktop starts(String profile, Wish wish) {
        var over = new CompletableFuture<Boolean>();
        ended.add(over);
        return Fx.call(() -> {
            var desktop = new Desktop(
                    new Desktop.Around(
                            Places.in(folder.resolve(profile)),
                            Strings.of(Locale.UK),
                            Theme.of(ColorScheme.LIGHT),
                            new FxHome(),
                            InstantSource.system(),
                            ZoneOffset.UTC,
                            new SecureRandom(),
                            "Jon",
                            "test",
                            target -> {},
                            (owner, name) -> Optional.empty()),
                    () -> over.complete(true));
            editors.add(desktop);
            desktop.open(wish);
            return desktop;
        });
    }

    /// As from the menu of a document's window.
    private static void runs(Desktop desktop, Command command) {
        Fx.run(() -> {
            var commands = new Commands();
            desktop.into(commands);
            commands.run(command);
        });
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE).until(() -> Fx.call(holds));
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
            Stagehand.picture(scene, name);
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
        jonJoined("jon", Role.EDITOR);
        isSignedInAt("jon", "jons-laptop");
        var laptop = starts("jons-laptop", new Wish.Window());
        rowsAre(1);
        assertThat(Fx.call(HomeWindowTest::words))
                .contains("Plan", relay.address().toString());

        mara.rename(plan, "Plan for spring").get(30, TimeUnit.SECONDS);
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
    void whoever_may_only_look_sees_that() throws Exception {
        jonJoined("jon", Role.VIEWER);
        isSignedInAt("jon", "jons-laptop");
        var _ = starts("jons-laptop", new Wish.Window());
        rowsAre(1);
        assertThat(Fx.call(HomeWindowTest::words)).contains(relay.address() + " · can view");
    }

    @Test
    void edits_that_wait_are_counted_when_their_window_is_closed_and_gone_when_the_relay_is_back() throws Exception {
        jonJoined("jon", Role.EDITOR);
        relay.close();
        var desktop = starts("jon", new Wish.Window());
        rowsAre(1);
        until(() -> says("Can't reach " + relay.address()));
        press(KeyCode.ENTER);
        until(() -> desktop.windows().size() == 1);
        var window = Fx.call(() -> desktop.windows().getFirst());
        Fx.run(() -> window.model().type("Carrots."));
        assertThat(Fx.call(() -> window.client().status().unsaved())).isEqualTo(1);
        runs(desktop, Command.OPEN_HOME);
        Fx.run(window::close);
        until(() -> words().contains("1 edit waiting"));
        picture("home-offline");

        relay = BundledRelay.start(folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
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
        jonJoined("jon", Role.EDITOR);
        var desktop = starts("jon", new Wish.Window());
        rowsAre(1);

        runs(desktop, Command.NEW_DOCUMENT);
        until(() -> says(relay.address() + " lets guests write with others, but not make documents."));
        picture("home-guest");

        var nothing = DocumentLink.to(relay.address(), DocumentId.random(new SplittableRandom(1)));
        Fx.run(() -> desktop.open(new Wish.Open(nothing)));
        until(() -> says("There is no such document at " + relay.address()));
        assertThat(Fx.call(HomeWindowTest::words)).contains("CS-10");

        relay.close();
        runs(desktop, Command.NEW_DOCUMENT);
        until(() -> says("Can't reach " + relay.address() + ". Nothing was changed."));
        Fx.run(() -> ((Button) list().orElseThrow().lookup(".list-notice .banner-close")).fire());
        assertThat(Fx.call(() -> says("Can't reach " + relay.address() + ". Nothing was changed.")))
                .isFalse();
        Fx.run(() -> desktop.open(new Wish.Open(nothing)));
        until(() -> says("Can't reach " + relay.address() + ". Nothing was changed."));
        assertThat(desktop.windows()).isEmpty();
        picture("home-failed");
    }

    @Test
    void a_document_that_is_not_here_is_given_up_when_its_relay_is_away_and_opens_when_it_is_back() throws Exception {
        jonJoined("jon", Role.EDITOR);
        isSignedInAt("jon", "jons-laptop");
        var laptop = starts("jons-laptop", new Wish.Window());
        rowsAre(1);
        relay.close();
        press(KeyCode.ENTER);
        until(() -> says("Can't reach " + relay.address() + ". Nothing was changed."));
        assertThat(laptop.windows()).isEmpty();
        rowsAre(1);

        relay = BundledRelay.start(folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
        press(KeyCode.ENTER);
        until(() -> laptop.windows().size() == 1);
        var window = Fx.call(() -> laptop.windows().getFirst());
        until(() -> window.client().text().equals("Beans."));
    }

    @Test
    void sharing_is_offered_once_when_a_new_document_has_its_title() throws Exception {
        var opened = new CompletableFuture<DocumentWindow>();
        var desktop = starts("jon", new Wish.Window());
        Fx.run(() -> desktop.onWindow(opened::complete));
        runs(desktop, Command.NEW_DOCUMENT);
        var window = opened.orTimeout(60, TimeUnit.SECONDS).join();
        until(() -> window.client().status().role() == Role.OWNER && isShareSeen(window));
        titled(window, "Plan for summer");
        until(() -> offer(window).isPresent());
        assertThat(Fx.call(() -> window.surface().node().isFocusWithin())).isTrue();
        Fx.run(() -> window.frame().closeCard());
        titled(window, "Plan for autumn");
        until(() -> window.title().equals("Plan for autumn"));
        Fx.frames(2);
        assertThat(Fx.call(() -> offer(window))).isEmpty();
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
