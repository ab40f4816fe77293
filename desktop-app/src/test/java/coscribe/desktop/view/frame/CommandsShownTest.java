package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Standing;
import coscribe.ot.protocol.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a window offers: in its bar, in its menus and by keys.
class CommandsShownTest extends EditorWindowFixture {
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
                                        .map(Walk::itemName))
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
        void begins_in_the_order_of_the_design() {
            with(
                    ENGLISH,
                    1_180,
                    sample -> assertThat(
                                    barButtons(sample).stream().map(Walk::name).toList())
                            .startsWith(
                                    "Undo",
                                    "Redo",
                                    "Paragraph style: Body",
                                    "Bold",
                                    "Italic",
                                    "Underline",
                                    "Strikethrough",
                                    "Inline Code",
                                    "Bulleted List",
                                    "Numbered List",
                                    "Check List",
                                    "Quote",
                                    "Link"));
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
            Fx.run(() -> {
                var commands = new Commands();
                commands.put(Command.BOLD, () -> {});
                var bar = Menus.bar(commands, ENGLISH);
                assertThat(bar.getMenus()).hasSize(1);
                assertThat(bar.getMenus().getFirst().getItems())
                        .extracting(Walk::itemName)
                        .containsExactly("Bold");
            });
        }

        @Test
        void every_command_that_is_there_is_in_a_menu() {
            with(sample -> {
                var items = find(sample, ".menu-bar", MenuBar.class).getMenus().stream()
                        .flatMap(menu -> menu.getItems().stream())
                        .map(Walk::itemName)
                        .collect(Collectors.toSet());
                for (Command command : Command.values()) {
                    assertThat(items).contains(command.label(ENGLISH));
                }
            });
        }

        @Test
        void share_is_with_the_file_and_with_the_others() {
            with(sample -> {
                var with = find(sample, ".menu-bar", MenuBar.class).getMenus().stream()
                        .filter(menu -> menu.getItems().stream()
                                .anyMatch(item -> Walk.itemName(item).equals("Share...")))
                        .map(Walk::itemName);
                assertThat(with).containsExactly("File", "Collaborate");
            });
        }

        @Test
        void every_key_is_in_the_card_of_shortcuts_once_also_those_that_are_no_command_s() {
            with(sample -> {
                sample.commands.run(Command.SHORTCUTS);
                layOut(sample);
                var words = Walk.words(find(sample, ".shortcuts-card", Region.class));
                assertThat(words).containsOnlyOnce("Share...", "Ctrl+Shift+I");
                assertThat(words)
                        .containsSequence("Next or Previous Part", "F6 or Shift+F6")
                        .containsSequence("Menus", "F10")
                        .containsSequence("Back to the Text", shown("Esc"))
                        .containsSequence("Item of a List In or Out", "Tab or Shift+Tab")
                        .containsSequence("Where a Link Leads", shown("Alt+Enter"))
                        .containsSequence("Menu at the Caret", shown("Shift+F10"));
                assertThat(sample.window.root().lookupAll(".shortcuts-card .scroll-bar").stream()
                                .filter(Node::isVisible)
                                .map(bar -> ((ScrollBar) bar).getOrientation()))
                        .as("nothing is cut off at the side")
                        .containsExactly(Orientation.VERTICAL);
            });
        }

        private String shown(String keys) {
            return KeyCombination.valueOf(keys).getDisplayText();
        }

        @Test
        void F10_leads_to_the_first_menu() {
            with(sample -> {
                var first = find(sample, ".menu-bar .menu-button", MenuButton.class);
                assertThat(first.isHover()).isFalse();
                press(sample, KeyCode.F10, false);
                assertThat(first.isHover()).as("it is the chosen one").isTrue();
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

        @Test
        void of_the_text_do_nothing_to_it_from_a_field_and_those_of_the_window_work_there() {
            with(sample -> {
                sample.window.editTitle();
                control(sample, KeyCode.B, false);
                control(sample, KeyCode.DIGIT1, false);
                control(sample, KeyCode.DIGIT7, true);
                assertThat(sample.did.toString()).isEmpty();
                control(sample, KeyCode.N, false);
                assertThat(sample.did.toString()).isEqualTo("NEW_DOCUMENT ");
                sample.commands.run(Command.LINK);
                layOut(sample);
                assertThat(owner(sample)).isInstanceOf(TextField.class);
                control(sample, KeyCode.B, false);
                control(sample, KeyCode.O, false);
                assertThat(sample.did.toString()).isEqualTo("NEW_DOCUMENT OPEN_HOME ");
                sample.text.requestFocus();
                control(sample, KeyCode.B, false);
                assertThat(sample.did.toString()).isEqualTo("NEW_DOCUMENT OPEN_HOME BOLD ");
            });
        }

        private void control(Sample sample, KeyCode code, boolean shift) {
            var to = owner(sample);
            Event.fireEvent(to, new KeyEvent(to, to, KeyEvent.KEY_PRESSED, "", "", code, shift, true, false, false));
        }

        private boolean down(ModifierValue value) {
            return value == ModifierValue.DOWN;
        }
    }
}
