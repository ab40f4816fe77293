package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.runner.ClientException;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.viewmodel.Standing;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.ColorScheme;
import javafx.event.ActionEvent;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditorWindowTest {
    private static final Strings ENGLISH = Strings.of(Locale.UK);

    @BeforeAll
    static void open() {
        Stagehand.open();
    }

    /// A window of a width, on the thread that draws.
    private static void with(Strings strings, double width, Consumer<Sample> test) {
        Stagehand.stage(() -> {
            var sample = new Sample(strings);
            var stage = new Stage();
            var scene = sample.window.dress(stage, Theme.of(ColorScheme.LIGHT));
            stage.setWidth(width);
            stage.setHeight(500);
            stage.show();
            layOut(sample);
            sample.text.requestFocus();
            try {
                test.accept(sample);
            } finally {
                sample.window.close();
                scene.getWindow().hide();
            }
        });
    }

    private static void with(Consumer<Sample> test) {
        with(ENGLISH, 900, test);
    }

    private static void layOut(Sample sample) {
        sample.window.root().applyCss();
        sample.window.root().layout();
    }

    private static Scene scene(Sample sample) {
        return sample.window.root().getScene();
    }

    private static Node owner(Sample sample) {
        return scene(sample).getFocusOwner();
    }

    private static void press(Sample sample, KeyCode code, boolean shift) {
        var to = owner(sample);
        Event.fireEvent(to, new KeyEvent(to, to, KeyEvent.KEY_PRESSED, "", "", code, shift, false, false, false));
    }

    private static <T extends Node> T find(Sample sample, String style, Class<T> kind) {
        return kind.cast(sample.window.root().lookup(style));
    }

    private static List<ButtonBase> barButtons(Sample sample) {
        var bar = sample.window.root().lookup(".format-bar");
        return Walk.nodes(bar).stream()
                .filter(node ->
                        node instanceof ButtonBase && !node.getStyleClass().contains("arrow-button"))
                .map(ButtonBase.class::cast)
                .toList();
    }

    @Test
    void shortcuts_work_on_keyboards_that_have_no_key_of_that_name() {
        with(sample -> {
            var to = owner(sample);
            for (String typed : new String[] {"и", "И"}) { // where B is
                Event.fireEvent(
                        to,
                        new KeyEvent(
                                to,
                                to,
                                KeyEvent.KEY_PRESSED,
                                KeyEvent.CHAR_UNDEFINED,
                                typed,
                                KeyCode.UNDEFINED,
                                false,
                                true,
                                false,
                                false));
            }
            assertThat(sample.did.toString()).isEqualTo("BOLD BOLD ");
        });
    }

    @Nested
    class Everybody {
        @Test
        void finds_a_name_on_every_control_that_takes_the_keyboard() {
            with(sample -> {
                sample.banners.recovered(2);
                sample.window.showPanel(true);
                sample.commands.run(Command.SHARE);
                layOut(sample);
                assertNamed(sample.window.root());
                sample.commands.run(Command.LINK);
                layOut(sample);
                assertNamed(sample.window.root());
                sample.commands.run(Command.SHORTCUTS);
                layOut(sample);
                assertNamed(sample.window.root());
            });
        }

        private void assertNamed(Node root) {
            var stops =
                    Walk.nodes(root).stream().filter(Node::isFocusTraversable).toList();
            assertThat(stops).isNotEmpty();
            assertThat(stops.stream().filter(node -> Walk.name(node).isEmpty())).isEmpty();
        }

        @Test
        void reads_only_words_out_of_the_bundle() {
            with(Strings.pseudo(), 640, sample -> {
                sample.banners.recovered(2);
                sample.stands(Standing.LIVE.saved(Sample.NOW).merged(12, 7));
                sample.commands.run(Command.SHARE);
                layOut(sample);
                assertDisguised(sample);
                sample.commands.run(Command.LINK);
                layOut(sample);
                assertDisguised(sample);
                find(sample, ".status-label", Button.class).fire();
                layOut(sample);
                assertDisguised(sample);
            });
        }

        private void assertDisguised(Sample sample) {
            var known = List.of("Plan for spring", "Text", "CS-20", "https://", "docs.example.org", "0.1.0");
            assertThat(Walk.words(sample.window.root()).stream()
                            .filter(words -> !words.startsWith("[") && !known.contains(words)))
                    .isEmpty();
        }

        @Test
        void comes_round_the_regions_with_F6_and_back_to_the_text_with_Esc() {
            with(sample -> {
                sample.banners.recovered(1);
                layOut(sample);
                var regions = List.of(".text-area", ".status-label", ".title-row", ".format-bar", ".banners");
                for (int i = 1; i <= regions.size(); i++) {
                    press(sample, KeyCode.F6, false);
                    assertIn(sample, regions.get(i % regions.size()));
                }
                press(sample, KeyCode.F6, true);
                assertIn(sample, ".banners");
                press(sample, KeyCode.ESCAPE, false);
                assertThat(owner(sample)).isEqualTo(sample.text);
            });
        }

        private void assertIn(Sample sample, String region) {
            boolean inside = sample.window.root().lookupAll(region).stream().anyMatch(Focus::isIn);
            assertThat(inside).as("%s has the focus: %s", region, owner(sample)).isTrue();
        }
    }

    @Nested
    class The_formatting_bar {
        @ParameterizedTest
        @ValueSource(ints = {640, 700, 780, 860, 900, 940})
        void is_one_row_and_puts_what_does_not_fit_into_a_menu(int width) {
            with(ENGLISH, width, sample -> {
                var bar = find(sample, ".format-bar", Region.class);
                assertThat(bar.getHeight()).isLessThan(48);
                var buttons = barButtons(sample);
                assertThat(buttons).allSatisfy(button -> {
                    var at = button.localToScene(button.getLayoutBounds());
                    assertThat(at.getMaxX()).isLessThanOrEqualTo(width);
                    assertThat(at.getHeight()).isEqualTo(32);
                });
                var names = Stream.concat(
                                buttons.stream().map(Walk::name),
                                buttons.stream()
                                        .filter(button -> button instanceof MenuButton
                                                && button.getStyleClass().contains("bar-more"))
                                        .flatMap(button -> ((MenuButton) button).getItems().stream())
                                        .map(item -> Optional.ofNullable(item.getText())
                                                .orElse("")))
                        .collect(Collectors.toSet());
                assertThat(names)
                        .contains(
                                "Bold",
                                "Bulleted List",
                                "Quote",
                                "Code Block",
                                "Link",
                                "Divider",
                                "Justify",
                                "Clear Formatting",
                                "Indent");
            });
        }

        @Test
        void says_its_keys_in_its_tips() {
            with(sample -> assertThat(barButtons(sample).stream()
                            .filter(button -> Walk.name(button).equals("Bold"))
                            .map(button -> button.getTooltip().getText()))
                    .containsExactly("Bold (Ctrl+B)"));
        }

        @Test
        void is_one_stop_of_the_Tab_key_with_arrows_inside() {
            with(sample -> {
                assertThat(barButtons(sample).stream().filter(Node::isFocusTraversable))
                        .hasSize(1);
                barButtons(sample).getFirst().requestFocus();
                press(sample, KeyCode.RIGHT, false);
                assertThat(Walk.name(owner(sample))).isEqualTo("Redo");
                press(sample, KeyCode.LEFT, false);
                press(sample, KeyCode.LEFT, false);
                assertThat(Walk.name(owner(sample))).as("round the end").isEqualTo("More");
                press(sample, KeyCode.HOME, false);
                assertThat(Walk.name(owner(sample))).isEqualTo("Undo");
                press(sample, KeyCode.END, false);
                assertThat(barButtons(sample).stream().filter(Node::isFocusTraversable))
                        .singleElement()
                        .isEqualTo(owner(sample));
            });
        }

        @Test
        void leaves_out_what_cannot_be_done_when_arrows_go_through_it() {
            with(sample -> {
                sample.canUndo.set(false);
                find(sample, ".format-bar", Region.class).requestFocus();
                press(sample, KeyCode.F6, false);
                press(sample, KeyCode.F6, false);
                press(sample, KeyCode.F6, false);
                assertThat(Walk.name(owner(sample))).isNotEqualTo("Undo");
            });
        }

        @Test
        void shows_what_the_caret_stands_in_and_not_what_was_clicked() {
            with(sample -> {
                var bold = barButtons(sample).stream()
                        .filter(button -> Walk.name(button).equals("Bold"))
                        .map(ToggleButton.class::cast)
                        .findFirst()
                        .orElseThrow();
                bold.fire();
                assertThat(sample.did).contains("BOLD");
                assertThat(bold.isSelected()).as("the text did not change").isFalse();
                sample.on(Command.BOLD).set(true);
                assertThat(bold.isSelected()).isTrue();
                sample.on(Command.BODY).set(false);
                sample.on(Command.HEADING_2).set(true);
                assertThat(find(sample, ".bar-style", MenuButton.class).getText())
                        .isEqualTo("Heading 2");
            });
        }

        @Test
        void is_not_there_for_who_may_not_edit() {
            with(sample -> {
                sample.mayEdit.set(false);
                sample.mayShare.set(false);
                sample.stands(Standing.LIVE.as(Role.VIEWER));
                layOut(sample);
                assertThat(find(sample, ".format-bar", Region.class).isVisible())
                        .isFalse();
                assertThat(find(sample, ".share-button", Button.class).isVisible())
                        .isFalse();
                assertThat(find(sample, ".title-field", TextField.class).isEditable())
                        .isFalse();
                assertThat(find(sample, ".status-label", Button.class).getText())
                        .isEqualTo("Read-only - viewer");
            });
        }
    }

    @Nested
    class Menus_and_keys {
        @Test
        void show_only_what_the_window_can_do() {
            Stagehand.stage(() -> {
                var commands = new Commands();
                commands.put(Command.BOLD, () -> {});
                var bar = Menus.bar(commands, ENGLISH);
                assertThat(bar.getMenus()).hasSize(1);
                assertThat(bar.getMenus().getFirst().getItems())
                        .extracting(MenuItem::getText)
                        .containsExactly("Bold");
            });
        }

        @Test
        void every_command_that_is_there_is_in_a_menu() {
            with(sample -> {
                var items = find(sample, ".menu-bar", MenuBar.class).getMenus().stream()
                        .flatMap(menu -> menu.getItems().stream())
                        .map(item -> Optional.ofNullable(item.getText()).orElse(""))
                        .collect(Collectors.toSet());
                for (Command command : Command.values()) {
                    assertThat(items).contains(command.label(ENGLISH));
                }
            });
        }

        @Test
        void no_key_is_bound_twice() {
            var seen = new HashSet<KeyCombination>();
            for (Command command : Command.values()) {
                command.keys()
                        .forEach(keys ->
                                assertThat(seen.add(keys)).as("%s", keys).isTrue());
            }
        }

        @Test
        void what_belongs_to_languages_input_methods_and_menus_is_never_bound() {
            var bound = new ArrayList<KeyCodeCombination>();
            for (Command command : Command.values()) {
                command.keys().forEach(keys -> bound.add((KeyCodeCombination) keys));
            }
            assertThat(bound).isNotEmpty().allSatisfy(keys -> {
                boolean ctrl = down(keys.getControl()) || down(keys.getShortcut());
                boolean character =
                        keys.getCode().isLetterKey() || keys.getCode().isDigitKey();
                assertThat(ctrl && down(keys.getAlt())).as("AltGr: %s", keys).isFalse();
                assertThat(ctrl && keys.getCode() == KeyCode.SPACE)
                        .as("input methods: %s", keys)
                        .isFalse();
                assertThat(ctrl && down(keys.getShift()) && keys.getCode() == KeyCode.U)
                        .as("Unicode entry: %s", keys)
                        .isFalse();
                assertThat(!ctrl && down(keys.getAlt()) && keys.getCode().isLetterKey())
                        .as("menu letters: %s", keys)
                        .isFalse();
                assertThat(character && !ctrl && !down(keys.getAlt()))
                        .as("typing: %s", keys)
                        .isFalse();
            });
        }

        private boolean down(ModifierValue value) {
            return value == ModifierValue.DOWN;
        }
    }

    @Nested
    class The_title {
        @Test
        void is_changed_in_its_place_and_Enter_goes_to_the_text() {
            with(sample -> {
                var field = find(sample, ".title-field", TextField.class);
                sample.window.editTitle();
                assertThat(field.getSelectedText()).isEqualTo("Plan for spring");
                field.setText("  Plan for summer ");
                Event.fireEvent(field, new ActionEvent());
                assertThat(sample.title.get()).isEqualTo("Plan for summer");
                assertThat(owner(sample)).isEqualTo(sample.text);
            });
        }

        @Test
        void comes_back_with_Esc_and_is_never_empty() {
            with(sample -> {
                var field = find(sample, ".title-field", TextField.class);
                sample.window.editTitle();
                field.setText("Something");
                press(sample, KeyCode.ESCAPE, false);
                assertThat(field.getText()).isEqualTo("Plan for spring");
                assertThat(owner(sample)).isEqualTo(sample.text);
                sample.window.editTitle();
                field.setText("  ");
                sample.text.requestFocus();
                assertThat(field.getText()).isEqualTo("Plan for spring");
                assertThat(sample.title.get()).isEqualTo("Plan for spring");
            });
        }

        @Test
        void of_others_is_shown_unless_it_is_being_typed() {
            with(sample -> {
                var field = find(sample, ".title-field", TextField.class);
                sample.title.set("Jon's plan");
                assertThat(field.getText()).isEqualTo("Jon's plan");
                sample.window.editTitle();
                field.setText("Mine");
                sample.title.set("Jon's other plan");
                assertThat(field.getText()).isEqualTo("Mine");
            });
        }

        @Test
        void of_the_window_says_what_presses() {
            with(sample -> {
                assertThat(sample.window.windowTitle().get()).isEqualTo("Plan for spring - Coscribe");
                sample.stands(Standing.LIVE.with(new Contact.Offline()).unsaved(3, Sample.NOW));
                assertThat(sample.window.windowTitle().get())
                        .isEqualTo("Plan for spring (Offline - 3 edits kept) - Coscribe");
                sample.title.set("");
                sample.stands(Standing.LIVE);
                assertThat(sample.window.windowTitle().get()).isEqualTo("Untitled - Coscribe");
            });
        }
    }

    @Nested
    class Messages {
        @Test
        void push_the_text_down_and_cover_nothing() {
            with(sample -> {
                double before = top(sample);
                sample.banners.recovered(2);
                layOut(sample);
                assertThat(top(sample)).isGreaterThan(before + 30);
                find(sample, ".banner-close", Button.class).fire();
                layOut(sample);
                assertThat(top(sample)).isEqualTo(before);
            });
        }

        private double top(Sample sample) {
            return sample.text.localToScene(0, 0).getY();
        }

        @Test
        void offer_what_can_be_done_here_and_nothing_else() {
            with(sample -> {
                sample.stands(Standing.LIVE.stopped(FailureCode.UNAUTHENTICATED).unsaved(1, Sample.NOW));
                layOut(sample);
                find(sample, ".banner-button", Button.class).fire();
                assertThat(sample.did).contains("SIGN_IN");
                sample.stands(Standing.LIVE);
                sample.banners.recovered(1);
                layOut(sample);
                assertThat(sample.window.root().lookupAll(".banner-button"))
                        .as("there are no diagnostics here")
                        .isEmpty();
            });
        }
    }

    @Nested
    class Cards {
        @Test
        void for_sharing_copy_a_link_and_the_status_line_says_so() {
            with(sample -> {
                sample.commands.run(Command.SHARE);
                layOut(sample);
                Walk.nodes(find(sample, ".share-card", Region.class)).stream()
                        .filter(node -> node instanceof Button)
                        .map(Button.class::cast)
                        .findFirst()
                        .orElseThrow()
                        .fire();
                sample.link.complete("coscribe://join/docs.example.org/7F3K-Q9TM-2XWD");
                shared = sample;
            });
            Stagehand.stage(() -> {
                assertThat(Clipboard.getSystemClipboard().getString())
                        .isEqualTo("coscribe://join/docs.example.org/7F3K-Q9TM-2XWD");
                assertThat(shared.status.shown().get().words()).isEqualTo("Link copied");
                assertThat(shared.window.root().lookup(".share-card")).isNull();
            });
        }

        @Test
        void for_sharing_say_why_there_is_no_link() {
            with(sample -> {
                sample.commands.run(Command.COPY_LINK);
                sample.link.completeExceptionally(new ClientException(FailureCode.FORBIDDEN, "no"));
                shared = sample;
            });
            Stagehand.stage(() -> assertThat(Walk.words(shared.window.root()))
                    .contains("Only an owner of this document can share it."));
        }

        private Sample shared;

        @Test
        void for_links_understand_what_people_type() {
            with(sample -> {
                link(sample, "example.org/garden");
                assertThat(sample.linked).contains("https://example.org/garden");
                link(sample, "mara@example.org");
                assertThat(sample.linked).contains("mailto:mara@example.org");
                link(sample, "javascript:alert(1)");
                assertThat(sample.linked).contains("mailto:mara@example.org");
                assertThat(Walk.words(sample.window.root()))
                        .contains("A link begins with https://, http:// or mailto:.");
                press(sample, KeyCode.ESCAPE, false);
                assertThat(owner(sample)).isEqualTo(sample.text);
                link(sample, "");
                assertThat(sample.linked).isEmpty();
            });
        }

        private void link(Sample sample, String typed) {
            sample.commands.run(Command.LINK);
            layOut(sample);
            var field = (TextField) sample.window.root().lookup(".link-card .text-field");
            field.setText(typed);
            Event.fireEvent(field, new ActionEvent());
        }

        @Test
        void of_the_status_line_are_kept_true_while_they_are_open() {
            with(sample -> {
                find(sample, ".status-label", Button.class).fire();
                sample.stands(
                        Standing.LIVE.waiting(4, Sample.NOW.plusSeconds(7)).unsaved(3, Sample.NOW));
                layOut(sample);
                assertThat(Walk.words(find(sample, ".details-card", Region.class)))
                        .contains("Reconnecting in 7s - 3 edits kept", "Nobody answers at that address.", "Try Now");
                press(sample, KeyCode.ESCAPE, false);
                assertThat(sample.window.root().lookup(".details-card")).isNull();
            });
        }
    }

    @Test
    void the_panel_comes_and_goes() {
        with(sample -> {
            sample.commands.run(Command.SHOW_PEOPLE);
            layOut(sample);
            assertThat(find(sample, ".side-panel", Region.class).isVisible()).isTrue();
            sample.commands.run(Command.HIDE_PANEL);
            assertThat(find(sample, ".side-panel", Region.class).isVisible()).isFalse();
        });
    }

    @Nested
    class The_offer_to_share {
        @Test
        void stands_beside_the_text_and_leaves_the_keyboard_there() {
            with(ENGLISH, 1180, sample -> {
                sample.text.requestFocus();
                sample.window.offerShare();
                sample.window.root().layout();
                var card = (Region) sample.window.root().lookup(".offer-card");
                double textEnds = (1180 + 680) / 2.0;
                assertThat(card.localToScene(0, 0).getX()).isGreaterThanOrEqualTo(textEnds);
                assertThat(sample.text.isFocused()).isTrue();
                ((Button) card.lookup(".accent")).fire();
                sample.link.complete("coscribe://join/x/1");
            });
        }

        @Test
        void is_not_made_where_it_would_cover_the_text_or_to_who_cannot_share() {
            with(ENGLISH, 1000, sample -> {
                sample.window.offerShare();
                assertThat(sample.window.root().lookup(".offer-card")).isNull();
            });
            with(ENGLISH, 1180, sample -> {
                sample.mayShare.set(false);
                sample.window.offerShare();
                assertThat(sample.window.root().lookup(".offer-card")).isNull();
            });
        }
    }
}
