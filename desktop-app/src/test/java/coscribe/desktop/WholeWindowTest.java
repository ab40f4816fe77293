package coscribe.desktop;

import static coscribe.desktop.SharedDocument.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.people.Palette;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Schema;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.application.ColorScheme;
import javafx.event.Event;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole window on a real relay with somebody else in it, and everything that it can show beside
/// its text: what it says, what it is called, and how it is dressed.
class WholeWindowTest {
    private static final String TARGET = "https://example.org/spring";
    private static final int LINES = 120;

    @TempDir
    Path folder;

    private SharedDocument shared;
    private DocumentClient mara;
    private Desktop desktop;
    private DocumentWindow window;

    @BeforeEach
    void begin() throws Exception {
        shared = new SharedDocument(folder);
        mara = shared.mara.open(shared.id).opened().get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() throws Exception {
        shared.close();
    }

    private void jonOpens(Strings strings) {
        shared.strings = strings;
        shared.jonWasIn("jon", Role.EDITOR);
        desktop = shared.jonStarts("jon");
        window = shared.opens(desktop);
        until(() -> window.client().status().contact() instanceof Contact.Live);
        Fx.run(this::writes);
    }

    /// A heading, a link, two items to tick, and more than fits.
    private void writes() {
        var model = window.model();
        model.setTypingAids(false);
        model.heading(1);
        model.type("Goals");
        model.enter();
        model.heading(0);
        model.type("See spring");
        model.select(new Caret(10, 16));
        model.link(Optional.of(TARGET));
        model.select(Caret.at(16));
        model.enter();
        model.list(ListKind.CHECK);
        model.type("seeds");
        model.tick();
        model.enter();
        model.type("rakes");
        model.enter();
        model.enter();
        model.pastePlain("A line of the plan.\n".repeat(LINES));
        model.selectAndReveal(Caret.at(12));
    }

    /// Behind what Jon sees, or where he looks.
    private void maraTypes(boolean inView) {
        until(() -> window.client().status().isSaved());
        String all = Fx.call(() -> window.client().text());
        await().until(() -> mara.text().equals(all));
        mara.run(it -> {
                    int at = inView ? 5 : it.document().length() - 2;
                    var stamp =
                            Attributes.of(Schema.AUTHOR, Value.of(it.person().hex()));
                    var typed = Delta.builder()
                            .retain(at)
                            .insert("!", stamp)
                            .build(it.document().length());
                    it.edit(Change.of(typed), Intent.EDIT, false, Optional.of(Caret.at(at + 1)));
                })
                .join();
        until(() -> window.client().text().length() == all.length() + 1);
        Fx.frames(3);
    }

    private Parent root() {
        return window.frame().root();
    }

    private void press(KeyCode key, boolean control, boolean alt) {
        Fx.run(() -> {
            var to = root().lookup(".text-surface .page");
            Event.fireEvent(to, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, control, alt, false));
        });
        Fx.frames(2);
    }

    /// The card that the pointer finds at somebody's face.
    private Parent personCard() {
        Fx.run(() -> {
            Node avatar = root().lookup(".avatar");
            Event.fireEvent(
                    avatar,
                    new MouseEvent(
                            MouseEvent.MOUSE_ENTERED,
                            2,
                            2,
                            2,
                            2,
                            MouseButton.NONE,
                            0,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            true,
                            null));
        });
        until(() -> card().isPresent());
        return Fx.call(() -> card().orElseThrow());
    }

    private static Optional<Parent> card() {
        return Window.getWindows().stream()
                .filter(Window::isShowing)
                .map(it -> it.getScene().getRoot())
                .filter(it -> it.lookup(".person-card") != null)
                .findFirst();
    }

    private List<String> personMenu() {
        return Fx.call(() -> {
            var menu = ((Control) root().lookup(".avatar")).getContextMenu();
            Event.fireEvent(menu, new WindowEvent(menu, WindowEvent.WINDOW_SHOWING));
            return menu.getItems().stream()
                    .flatMap(item -> item instanceof Menu inner
                            ? Stream.concat(Stream.of(item), inner.getItems().stream())
                            : Stream.of(item))
                    .map(MenuItem::getText)
                    .filter(words -> words != null)
                    .toList();
        });
    }

    // --- words and names

    @Test
    void everything_beside_the_text_has_a_name_and_all_its_words_are_out_of_the_bundle() {
        jonOpens(Strings.pseudo());
        Fx.run(() -> window.frame().showPanel(true));
        Fx.run(() -> window.others().authorsShown().set(true));
        maraTypes(false);
        until(() -> Fx.call(() -> root().lookupAll(".edge-chip").stream().anyMatch(Node::isVisible)));
        assertThat(seen(".avatar", ".edge-chip", ".check", ".people-panel .list-cell"))
                .as("what is meant to be looked at is there")
                .isTrue();
        looksAt(root());

        press(KeyCode.ENTER, false, true);
        assertThat(seen(".link-card")).isTrue();
        looksAt(root());
        press(KeyCode.ESCAPE, false, false);

        press(KeyCode.F, true, false);
        assertThat(seen(".find-bar")).isTrue();
        looksAt(root());

        looksAt(personCard());
        assertThat(personMenu()).hasSizeGreaterThan(10).allMatch(words -> words.startsWith("["));
    }

    private boolean seen(String... styles) {
        return Fx.call(() -> Stream.of(styles)
                .allMatch(style -> root().lookupAll(style).stream().anyMatch(WholeWindowTest::isSeen)));
    }

    private static boolean isSeen(Node node) {
        return node.isVisible() && (node.getParent() == null || isSeen(node.getParent()));
    }

    /// What the document and its people bring along.
    private Set<String> known() {
        return Set.of(
                "Plan",
                "Mara",
                "Jon",
                "MA",
                "JO",
                "M",
                "J",
                TARGET,
                shared.address().toString());
    }

    private void looksAt(Parent part) {
        var known = known();
        Fx.run(() -> {
            part.applyCss();
            part.layout();
            var words = new ArrayList<>(Walk.words(part));
            words.addAll(Walk.texts(part));
            assertThat(words).isNotEmpty();
            assertThat(words.stream()
                            .filter(each -> each.codePoints().anyMatch(Character::isLetter))
                            .filter(each -> !each.startsWith("[") && !known.contains(each)))
                    .as("words that are not out of the bundle")
                    .isEmpty();
            var controls = Walk.controls(part);
            assertThat(controls).isNotEmpty();
            assertThat(controls.stream().filter(node -> Walk.spoken(node).isBlank()))
                    .as("controls without a name")
                    .isEmpty();
        });
    }

    @Test
    void the_boxes_of_the_page_are_check_boxes_to_who_hears_them() {
        jonOpens(Strings.usual());
        Fx.frames(2);
        Fx.run(() -> {
            var boxes = boxes();
            assertThat(boxes).extracting(Node::getAccessibleRole).containsOnly(AccessibleRole.CHECK_BOX);
            assertThat(boxes).extracting(Walk::spoken).containsExactly("seeds", "rakes");
            assertThat(boxes).extracting(WholeWindowTest::isTicked).containsExactly(true, false);
            boxes.getLast().executeAccessibleAction(AccessibleAction.FIRE);
        });
        Fx.frames(2);
        assertThat(Fx.call(() -> boxes().stream().map(WholeWindowTest::isTicked).toList()))
                .containsExactly(true, true);
        until(() -> window.client().status().isSaved());
    }

    private static Object isTicked(Node box) {
        return box.queryAccessibleAttribute(AccessibleAttribute.SELECTED);
    }

    /// As they stand, from above.
    private List<Node> boxes() {
        return root().lookupAll(".text-surface .check").stream()
                .filter(WholeWindowTest::isSeen)
                .sorted(Comparator.comparing(box -> box.localToScene(0, 0).getY()))
                .toList();
    }

    // --- light and dark

    @Test
    void page_words_carets_and_names_become_dark_and_light_again_while_they_are_looked_at() {
        jonOpens(Strings.usual());
        maraTypes(true);
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK, ColorScheme.LIGHT)) {
            maraTypes(true); // so that her name is seen
            Fx.run(() -> desktop.around().theme().set(scheme));
            Fx.frames(3);
            Fx.run(() -> isDressedFor(Palette.of(scheme == ColorScheme.DARK, false)));
        }
    }

    private void isDressedFor(Palette palette) {
        var picture = window.stage().getScene().snapshot(null);
        assertThat(count(picture, palette.ink())).as("the page").isGreaterThan(50_000);
        var slot = window.client().members().getFirst().person().slot();
        for (var each : List.of(Palette.LIGHT, Palette.DARK)) {
            assertThat(count(picture, each.of(slot)))
                    .as("Mara's caret, and the ground of her name, in the colours of %s", each)
                    .matches(pixels -> each == palette ? pixels > 200 : pixels < 20);
        }
        var words = Walk.nodes(root().lookup(".text-surface .page")).stream()
                .filter(Text.class::isInstance)
                .map(run -> ((Text) run).getFill())
                .toList();
        assertThat(words).isNotEmpty().contains(palette.text());
        assertThat(words).doesNotContain((palette == Palette.DARK ? Palette.LIGHT : Palette.DARK).text());
    }

    private static long count(Image picture, Color colour) {
        int width = (int) picture.getWidth();
        int height = (int) picture.getHeight();
        var pixels = new int[width * height];
        picture.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        int wanted = 0xff << 24
                | (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8
                | (int) Math.round(colour.getBlue() * 255);
        return Arrays.stream(pixels).filter(pixel -> pixel == wanted).count();
    }
}
