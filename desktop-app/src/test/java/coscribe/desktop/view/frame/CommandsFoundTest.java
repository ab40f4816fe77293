package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What a window can do, by letters, by names, and by the keys of another system; and what it does
/// not promise.
class CommandsFoundTest extends EditorWindowFixture {
    @Nested
    class Menus_and_keys {
        @Test
        void are_chosen_by_a_letter_that_no_other_has_beside_it() {
            with(sample -> {
                var menus = find(sample, ".menu-bar", MenuBar.class).getMenus();
                assertLetters(menus.stream().map(Menu::getText).toList());
                for (Menu menu : menus) {
                    assertThat(menu.isMnemonicParsing()).isTrue();
                    assertLetters(menu.getItems().stream()
                            .filter(item -> !(item instanceof SeparatorMenuItem))
                            .map(item -> Optional.ofNullable(item.getText()).orElse(""))
                            .toList());
                }
            });
        }

        private void assertLetters(List<String> words) {
            var letters = words.stream()
                    .map(each -> each.charAt(each.indexOf('_') + 1))
                    .map(Character::toLowerCase)
                    .toList();
            assertThat(words).allSatisfy(each -> assertThat(each).containsOnlyOnce("_"));
            assertThat(letters).as("%s", words).doesNotHaveDuplicates();
        }

        @Test
        void elsewhere_stand_without_the_sign_of_their_letter() {
            with(sample -> {
                sample.commands.run(Command.SHORTCUTS);
                layOut(sample);
                assertThat(Walk.words(find(sample, ".shortcuts-card", Region.class)))
                        .contains("File", "New Document")
                        .allSatisfy(words -> assertThat(words).doesNotContain("_"));
            });
        }

        @Test
        void on_macos_are_those_that_people_know_there() {
            assertThat(Command.SHOW_PEOPLE.keys(true)).containsExactly(KeyCombination.valueOf("Alt+Shortcut+4"));
            assertThat(Command.GO_BACK.keys(true)).containsExactly(KeyCombination.valueOf("Ctrl+Shortcut+Left"));
            assertThat(Command.FULL_SCREEN.keys(true)).containsExactly(KeyCombination.valueOf("Ctrl+Shortcut+F"));
            assertThat(Command.REDO.keys(true)).containsExactly(KeyCombination.valueOf("Shortcut+Shift+Z"));
            assertThat(Command.BOLD.keys(true)).isEqualTo(Command.BOLD.keys(false));
        }
    }

    @Nested
    class The_palette {
        private CommandPalette opens(Sample sample) {
            sample.commands.run(Command.PALETTE);
            layOut(sample);
            return find(sample, ".palette-card", CommandPalette.class);
        }

        private TextField field(Sample sample) {
            return find(sample, ".palette-card .text-field", TextField.class);
        }

        @Test
        void has_the_keyboard_and_runs_what_was_typed_from_the_text() {
            with(sample -> {
                var _ = opens(sample);
                assertThat(owner(sample)).isEqualTo(field(sample));
                field(sample).setText("underl");
                press(sample, KeyCode.ENTER, false);
                assertThat(sample.did.toString()).isEqualTo("UNDERLINE ");
                assertThat(sample.window.root().lookup(".palette-card")).isNull();
                assertThat(owner(sample)).isEqualTo(sample.text);
            });
        }

        @Test
        void finds_by_parts_of_words_and_what_begins_so_comes_first() {
            with(sample -> {
                assertThat(CommandPalette.matching("head 2", sample.commands, ENGLISH))
                        .containsExactly(Command.HEADING_2);
                assertThat(CommandPalette.matching("co", sample.commands, ENGLISH))
                        .startsWith(Command.COPY_LINK, Command.COPY, Command.SHOW_CARETS, Command.CODE_BLOCK)
                        .contains(Command.INLINE_CODE);
                assertThat(CommandPalette.matching("", sample.commands, ENGLISH))
                        .hasSize(Command.values().length - 1)
                        .doesNotContain(Command.PALETTE);
                assertThat(CommandPalette.matching("xyzzy", sample.commands, ENGLISH))
                        .isEmpty();
            });
        }

        @Test
        void tells_what_cannot_be_done_and_stays() {
            with(sample -> {
                sample.canUndo.set(false);
                var palette = opens(sample);
                field(sample).setText("undo");
                layOut(sample);
                press(sample, KeyCode.ENTER, false);
                layOut(sample);
                assertThat(sample.did.toString()).isEmpty();
                assertThat(Walk.words(palette)).contains("Undo is not possible just now", "not now");
            });
        }

        @Test
        void shows_keys_and_is_gone_with_Esc() {
            with(sample -> {
                var palette = opens(sample);
                field(sample).setText("bold");
                layOut(sample);
                assertThat(Walk.words(palette)).contains("Bold", "Ctrl+B");
                press(sample, KeyCode.ESCAPE, false);
                assertThat(sample.window.root().lookup(".palette-card")).isNull();
                assertThat(owner(sample)).isEqualTo(sample.text);
            });
        }
    }

    @Nested
    class Cards {
        private Sample shared;

        @Test
        void for_sharing_promise_nothing_to_others_where_the_server_is_for_this_computer_only() {
            with(() -> new Sample(ENGLISH, true), 1180, sample -> {
                sample.commands.run(Command.SHARE);
                layOut(sample);
                assertThat(String.join(" ", Walk.words(find(sample, ".share-card", Region.class))))
                        .contains("people at this computer only", "coscribe-relay serve --lan")
                        .doesNotContain("Whoever opens the link");
                press(sample, KeyCode.ESCAPE, false);
                sample.window.offerShare();
                layOut(sample);
                assertThat(String.join(" ", Walk.words(find(sample, ".offer-card", Region.class))))
                        .contains("people at this computer only");
                sample.commands.run(Command.COPY_LINK);
                sample.link.complete("coscribe://join/127.0.0.1:7450/7F3K-Q9TM-2XWD");
                shared = sample;
            });
            Fx.run(() ->
                    assertThat(shared.status.shown().get().words()).isEqualTo("Link copied - for this computer only"));
        }
    }
}
