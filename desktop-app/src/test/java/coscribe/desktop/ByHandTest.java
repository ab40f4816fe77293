package coscribe.desktop;

import static coscribe.desktop.SharedDocument.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.InlineStyle;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/// Somebody at a real window on a real relay, with nothing but keys and a mouse; Mara is in the
/// document too, at another computer.
@Tag("slow")
class ByHandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double WIDTH = 960; // the headless screen has 1000
    private static final double HEIGHT = 700;

    @TempDir
    Path folder;

    private final FxRobot hands = new FxRobot();
    private SharedDocument shared;
    private DocumentClient mara;
    private DocumentWindow window;

    @BeforeEach
    void begin() throws Exception {
        shared = new SharedDocument(folder);
        mara = shared.mara.open(shared.id).opened().get(30, TimeUnit.SECONDS);
        shared.jonWasIn("jon", Role.EDITOR);
        window = shared.opens(shared.jonStarts("jon"));
        until(() -> window.client().status().contact() instanceof Contact.Live);
        Fx.run(() -> {
            window.stage().setX(10);
            window.stage().setY(10);
            window.stage().setWidth(WIDTH);
            window.stage().setHeight(HEIGHT);
            window.stage().requestFocus();
        });
        Fx.frames(3);
    }

    @AfterEach
    void end() throws Exception {
        shared.close();
    }

    private String text() {
        return Fx.call(() -> window.client().text());
    }

    private void bothHave(String words) {
        until(() ->
                window.client().text().equals(words) && window.client().status().isSaved());
        var hash = Fx.call(() -> window.client().document().contentHash());
        await().atMost(PATIENCE).until(() -> mara.document().contentHash().equals(hash));
    }

    private Node page() {
        return Fx.call(() -> window.frame().root().lookup(".text-surface .page"));
    }

    private Node focused() {
        return Fx.call(() -> window.stage().getScene().getFocusOwner());
    }

    private void press(KeyCode... keys) {
        hands.push(keys);
        Fx.frames(2);
    }

    private void type(String words) {
        hands.write(words, 0);
        Fx.frames(2);
    }

    /// The words that look so.
    private String inStyle(InlineStyle style) {
        return Fx.call(() -> {
            var found = new StringBuilder();
            var text = window.client().document().text();
            for (int i = 0; i < text.length(); i++) {
                if (text.attributesAt(i).has(style.attribute())) {
                    found.append(text.charAt(i));
                }
            }
            return found.toString();
        });
    }

    @Test
    void what_is_typed_and_formatted_by_keys_is_everybodys_and_undone_by_keys() {
        hands.clickOn(page());
        type("The soil is ");
        press(KeyCode.CONTROL, KeyCode.B);
        type("ready");
        press(KeyCode.CONTROL, KeyCode.B);
        type(" now.");
        bothHave("The soil is ready now.");
        assertThat(inStyle(InlineStyle.BOLD)).isEqualTo("ready");

        press(KeyCode.SHIFT, KeyCode.HOME);
        press(KeyCode.CONTROL, KeyCode.I);
        bothHave("The soil is ready now.");
        assertThat(inStyle(InlineStyle.ITALIC)).isEqualTo("The soil is ready now.");
        var italic = button("Italic");
        assertThat(Fx.call(() -> italic.getPseudoClassStates().toString())).contains("selected");

        press(KeyCode.CONTROL, KeyCode.Z);
        bothHave("The soil is ready now.");
        assertThat(inStyle(InlineStyle.ITALIC)).isEmpty();
        assertThat(inStyle(InlineStyle.BOLD)).isEqualTo("ready");
        for (int i = 0; i < 20 && !text().isEmpty(); i++) {
            press(KeyCode.CONTROL, KeyCode.Z);
        }
        bothHave("");
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        until(() -> !window.client().text().isEmpty());
        assertThat("The soil is ready now.").startsWith(text());
    }

    private ButtonBase button(String spoken) {
        return Fx.call(() -> window.frame().root().lookupAll(".bar-button").stream()
                .filter(it -> spoken.equals(it.getAccessibleText()))
                .map(it -> (ButtonBase) it)
                .findFirst()
                .orElseThrow());
    }

    private void maraStandsAt(String words) {
        mara.run(it -> it.moveCaret(Optional.of(Caret.at(it.text().indexOf(words)))))
                .join();
        until(() -> window.client().members().stream()
                .anyMatch(it -> it.caret()
                        .filter(at ->
                                at.caret().head() == window.client().text().indexOf(words))
                        .isPresent()));
        Fx.frames(3);
    }

    /// Where a place in the text is, of the page's height; far away: not in view.
    private double height(String words) {
        return Fx.call(() -> window.surface()
                .caretAt(window.client().text().indexOf(words))
                .map(at ->
                        at.getMinY() / window.surface().node().getLayoutBounds().getHeight())
                .orElse(-1.0));
    }

    @Test
    void a_click_on_an_avatar_goes_there_two_follow_and_keys_lead_back() {
        var lines = new StringBuilder();
        for (int i = 1; i <= 200; i++) {
            lines.append("Line ").append(i).append(" of the plan.\n");
        }
        mara.run(it -> it.insert(0, lines.toString())).join();
        until(() -> window.client().text().contains("Line 200 "));
        maraStandsAt("Line 120 ");
        hands.clickOn(page());
        double before = height("Line 1 ");
        assertThat(before).isNotNegative();

        Node avatar = Fx.call(() -> window.frame().root().lookup(".avatar"));
        hands.clickOn(avatar);
        until(() -> Math.abs(height("Line 120 ") - 1 / 3.0) < 0.03);
        assertThat(followed()).isEmpty();
        press(KeyCode.ALT, KeyCode.LEFT);
        until(() -> Math.abs(height("Line 1 ") - before) < 0.01);

        hands.doubleClickOn(avatar, MouseButton.PRIMARY);
        until(() -> followed().equals(Optional.of("Mara")));
        maraStandsAt("Line 60 ");
        until(() -> Math.abs(height("Line 60 ") - 1 / 3.0) < 0.03);
        press(KeyCode.ESCAPE);
        until(() -> followed().isEmpty());
        maraStandsAt("Line 180 ");
        assertThat(height("Line 60 ")).isPositive();

        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.J);
        until(() -> Math.abs(height("Line 180 ") - 1 / 3.0) < 0.03);
        mara.run(DocumentClient::close).join();
        until(() -> window.status().shown().get().words().equals("Mara left - you are on your own now"));
        assertThat(followed()).isEmpty();
        assertThat(height("Line 180 ")).isPositive();
    }

    private Optional<String> followed() {
        return Fx.call(() -> window.others().whom().get().map(Person::name));
    }

    @Test
    void keys_alone_reach_every_region_and_every_stop_has_a_name() {
        Fx.run(() -> window.frame().showPanel(true));
        Fx.frames(2);
        hands.clickOn(page());
        var regions = new LinkedHashSet<String>();
        var there = focused();
        for (int i = 0; i < 12; i++) {
            press(KeyCode.F6);
            regions.add(stop());
            if (focused() == there) {
                break;
            }
        }
        assertThat(focused()).as("F6 comes round").isSameAs(there);
        assertThat(regions).hasSizeGreaterThanOrEqualTo(5); // status, title, toolbar, text, people
        press(KeyCode.SHIFT, KeyCode.F6);
        assertThat(focused()).isNotSameAs(there);
        press(KeyCode.ESCAPE);
        assertThat(focused()).as("Esc returns to the text").isSameAs(there);

        var stops = new ArrayList<Node>();
        var names = new ArrayList<String>();
        press(KeyCode.F6);
        press(KeyCode.F6);
        for (int i = 0; i < 20 && focused() != there; i++) {
            stops.add(focused());
            names.add(stop());
            press(KeyCode.TAB);
        }
        assertThat(focused()).as("Tab comes into the text, by %s", names).isSameAs(there);
        assertThat(stops).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
    }

    /// What a screen reader says where the keyboard is now.
    private String stop() {
        var node = focused();
        assertThat(node).as("the focus is somewhere").isNotNull();
        return Fx.call(() -> {
            assertThat(node.isVisible() && !node.isDisabled()).as("%s", node).isTrue();
            String name = Walk.name(node);
            assertThat(name).as("the name of %s", node).isNotBlank();
            return name;
        });
    }
}
