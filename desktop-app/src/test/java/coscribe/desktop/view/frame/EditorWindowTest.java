package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.runner.Status.Contact;
import coscribe.desktop.view.text.Mouse;
import coscribe.desktop.viewmodel.Standing;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.FailureCode;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.event.ActionEvent;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What a window is for everybody: with keys alone, in any words, with messages above its text.
class EditorWindowTest extends EditorWindowFixture {
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
        void finds_a_name_on_every_control() {
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
            var controls = Walk.controls(root);
            assertThat(controls).isNotEmpty();
            assertThat(controls.stream().filter(node -> Walk.spoken(node).isBlank()))
                    .isEmpty();
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
        void that_somebody_else_changed_is_not_changed_back_by_who_only_looked() {
            with(sample -> {
                var field = find(sample, ".title-field", TextField.class);
                sample.window.editTitle();
                sample.title.set("Jon's plan");
                assertThat(field.getText()).isEqualTo("Jon's plan");
                assertThat(field.getSelectedText()).as("as before").isEqualTo("Jon's plan");
                sample.text.requestFocus();
                assertThat(sample.title.get()).isEqualTo("Jon's plan");
            });
        }

        @Test
        void that_was_typed_and_taken_back_is_no_other_one() {
            with(sample -> {
                var field = find(sample, ".title-field", TextField.class);
                sample.window.editTitle();
                field.setText("Mine");
                sample.title.set("Jon's plan");
                field.setText("Plan for spring");
                sample.text.requestFocus();
                assertThat(sample.title.get()).isEqualTo("Jon's plan");
                assertThat(field.getText()).isEqualTo("Jon's plan");
            });
        }

        @Test
        void of_the_window_says_what_presses() {
            with(sample -> {
                assertThat(sample.window.windowTitle().get()).isEqualTo("Plan for spring - Coscribe");
                sample.stands(Standing.LIVE.with(new Contact.Offline()).unsaved(3, Sample.NOW));
                assertThat(sample.window.windowTitle().get())
                        .isEqualTo("Plan for spring (Offline - 3 edits kept) - Coscribe");
                for (int seconds : new int[] {7, 6}) {
                    sample.stands(Standing.LIVE
                            .waiting(4, Sample.NOW.plusSeconds(seconds))
                            .unsaved(3, Sample.NOW));
                    assertThat(sample.window.windowTitle().get())
                            .as("it does not count")
                            .isEqualTo("Plan for spring (Reconnecting...) - Coscribe");
                }
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

    @Test
    void esc_leads_back_to_the_text_from_the_list_of_people() {
        with(sample -> {
            var list = new ListView<>(FXCollections.observableArrayList("Mara", "Jon"));
            ((VBox) sample.people).getChildren().add(list);
            sample.commands.run(Command.SHOW_PEOPLE);
            layOut(sample);
            list.requestFocus();
            assertThat(owner(sample)).isEqualTo(list);
            press(sample, KeyCode.ESCAPE, false);
            assertThat(owner(sample)).isEqualTo(sample.text);
        });
    }

    @Nested
    class A_click {
        /// With the mouse, as the toolkit tells it.
        private void clicks(Node node) {
            var at = node.localToScene(node.getLayoutBounds());
            for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
                Event.fireEvent(node, Mouse.primaryOn(node, type, at.getCenterX(), at.getCenterY()));
            }
        }

        @Test
        void on_any_button_leaves_the_keyboard_in_the_text() {
            with(ENGLISH, 760, sample -> {
                sample.banners.recovered(1);
                layOut(sample);
                var buttons = Walk.nodes(sample.window.root()).stream()
                        .filter(node -> node instanceof ButtonBase && node.isVisible() && !node.isDisabled())
                        .map(ButtonBase.class::cast)
                        .toList();
                assertThat(buttons).hasSizeGreaterThan(15);
                var asking = new ArrayList<String>(); // with a card that takes the keyboard
                for (ButtonBase button : buttons) {
                    sample.text.requestFocus();
                    boolean stop = button.isFocusTraversable();
                    clicks(button);
                    if (Focus.isIn(sample.window.root().lookup(".float-layer"))) {
                        asking.add(button.getText().isEmpty() ? button.getAccessibleText() : button.getText());
                    } else {
                        assertThat(owner(sample)).as("%s", button).isEqualTo(sample.text);
                    }
                    assertThat(button.isFocusTraversable()).as("%s", button).isEqualTo(stop);
                    if (button instanceof MenuButton menu) {
                        menu.hide();
                    }
                    press(sample, KeyCode.ESCAPE, false);
                }
                assertThat(asking).containsExactlyInAnyOrder("Share", "Link");
            });
        }

        @Test
        void on_a_button_takes_it_from_elsewhere() {
            with(sample -> {
                var field = find(sample, ".title-field", TextField.class);
                field.requestFocus();
                var stop = barButtons(sample).stream()
                        .filter(Node::isFocusTraversable)
                        .findFirst()
                        .orElseThrow();
                clicks(stop);
                assertThat(owner(sample)).isEqualTo(stop);
            });
        }
    }

    @Test
    void an_empty_field_says_what_it_is_for_also_with_the_keyboard_in_it() {
        with(sample -> {
            sample.commands.run(Command.PALETTE);
            layOut(sample);
            var field = (TextField) owner(sample);
            assertThat(field.getPromptText()).isEqualTo("Type what you want to do");
            assertThat(field.lookupAll(".text").stream()
                            .map(node -> (Text) node)
                            .filter(text -> text.getText().equals(field.getPromptText()))
                            .map(Text::getFill))
                    .isNotEmpty()
                    .doesNotContain(Color.TRANSPARENT);
        });
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
}
