package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.link.LinkLoss;
import coscribe.client.runner.ClientException;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.DocumentListModel;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.FailureCode;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.application.ColorScheme;
import javafx.event.ActionEvent;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScreensTest {
    private static final Strings ENGLISH = Strings.of(Locale.UK);

    private static <T extends Region> void on(T screen, Consumer<T> test) {
        var stage = new Stage();
        var scene = new Scene(screen, 860, 680);
        Theme.of(ColorScheme.LIGHT).dress(scene);
        stage.setScene(scene);
        stage.show();
        layOut(screen);
        try {
            test.accept(screen);
        } finally {
            stage.hide();
        }
    }

    private static void layOut(Region screen) {
        screen.applyCss();
        screen.layout();
    }

    private static Node owner(Region screen) {
        return screen.getScene().getFocusOwner();
    }

    private static void press(Region screen, KeyCode code) {
        var to = owner(screen);
        Event.fireEvent(to, new KeyEvent(to, to, KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    private static void assertNamed(Region screen) {
        var controls = Walk.controls(screen);
        assertThat(controls).isNotEmpty();
        assertThat(controls.stream().filter(node -> Walk.spoken(node).isBlank()))
                .isEmpty();
    }

    @Nested
    class The_way_in {
        @Test
        void is_gone_with_paste_Enter_Enter() {
            Fx.run(() -> {
                var sample = new SampleLists();
                var model = sample.welcome(ENGLISH);
                on(new WelcomeScreen(model, SampleLists.words(ENGLISH)), screen -> {
                    screen.focusIn();
                    assertThat(Walk.name(owner(screen))).isEqualTo("Paste an invite link");
                    ((TextField) owner(screen)).setText(SampleLists.LINK);
                    Event.fireEvent(owner(screen), new ActionEvent());
                    layOut(screen);
                    assertThat(Walk.words(screen)).contains("Join docs.example.org?");
                    var name = (TextField) owner(screen);
                    assertThat(name.getSelectedText()).as("typing replaces it").isEqualTo("Mara Klein");
                    Event.fireEvent(name, new ActionEvent());
                    assertThat(sample.did).containsExactly("join 7F3K-Q9TM-2XWD as Mara Klein");
                    assertThat(((Button) screen.lookup(".welcome-column .accent")).getText())
                            .isNotEmpty();
                });
            });
        }

        @Test
        void goes_back_with_Esc() {
            Fx.run(() -> {
                var model = new SampleLists().welcome(ENGLISH);
                on(new WelcomeScreen(model, SampleLists.words(ENGLISH)), screen -> {
                    model.link().set(SampleLists.LINK);
                    model.next();
                    layOut(screen);
                    press(screen, KeyCode.ESCAPE);
                    assertThat(model.card().get()).isEmpty();
                    assertThat(Walk.name(owner(screen))).isEqualTo("Paste an invite link");
                });
            });
        }

        @Test
        void says_that_a_link_is_from_the_clipboard() {
            Fx.run(() -> {
                var model = new SampleLists().welcome(ENGLISH);
                on(new WelcomeScreen(model, SampleLists.words(ENGLISH)), screen -> {
                    assertThat(Walk.words(screen)).doesNotContain("from your clipboard");
                    model.offer(SampleLists.LINK);
                    assertThat(Walk.words(screen)).contains("from your clipboard");
                });
            });
        }

        @Test
        void opens_what_was_open_before() {
            Fx.run(() -> {
                var sample = new SampleLists();
                var model = sample.welcome(ENGLISH);
                on(new WelcomeScreen(model, SampleLists.words(ENGLISH)), screen -> {
                    model.recent(SampleLists.twelve());
                    layOut(screen);
                    var rows = screen.lookupAll(".list-row");
                    assertThat(rows).as("the newest").hasSize(5);
                    assertNamed(screen);
                    ((Button) rows.iterator().next()).fire();
                    assertThat(sample.did).containsExactly("open Plan for spring");
                });
            });
        }
    }

    @Nested
    class The_list {
        private void with(List<DocumentEntry> documents, Consumer<Shown> test) {
            Fx.run(() -> {
                var sample = new SampleLists();
                var model = sample.list(ENGLISH, documents);
                on(
                        new DocumentListScreen(
                                model,
                                SampleLists.words(ENGLISH),
                                () -> sample.did.add("join"),
                                proxy -> sample.did.add("sign in to " + proxy)),
                        screen -> {
                            model.refresh();
                            layOut(screen);
                            screen.focusIn();
                            test.accept(new Shown(sample, model, screen));
                        });
            });
        }

        private record Shown(SampleLists sample, DocumentListModel model, DocumentListScreen screen) {}

        @Test
        void says_what_to_do_when_it_is_empty() {
            with(List.of(), shown -> {
                assertThat(Walk.words(shown.screen()))
                        .contains("No documents yet. Write something, or paste an invite link.");
                assertThat(Walk.name(owner(shown.screen()))).isEqualTo("New Document");
                assertNamed(shown.screen());
            });
        }

        @Test
        void opens_with_Enter() {
            with(SampleLists.twelve(), shown -> {
                press(shown.screen(), KeyCode.DOWN);
                press(shown.screen(), KeyCode.ENTER);
                assertThat(shown.sample().did).containsExactly("open Minutes, 17 November");
            });
        }

        @Test
        void renames_in_its_place_with_F2() {
            with(SampleLists.twelve(), shown -> {
                assertNamed(shown.screen());
                press(shown.screen(), KeyCode.F2);
                layOut(shown.screen());
                assertThat(owner(shown.screen())).isInstanceOf(TextField.class);
                assertThat(Walk.name(owner(shown.screen()))).isEqualTo("Rename Plan for spring");
                var field = (TextField) owner(shown.screen());
                assertThat(field.getSelectedText()).isEqualTo("Plan for spring");
                field.setText("Plan for summer");
                Event.fireEvent(field, new ActionEvent());
                assertThat(shown.sample().did).containsExactly("rename Plan for spring to Plan for summer");
                assertThat(shown.model().entries().getFirst().title()).isEqualTo("Plan for summer");
                assertThat(owner(shown.screen())).isInstanceOf(ListView.class);
            });
        }

        @Test
        void leaves_the_title_alone_after_Esc() {
            with(SampleLists.twelve(), shown -> {
                press(shown.screen(), KeyCode.F2);
                layOut(shown.screen());
                ((TextField) owner(shown.screen())).setText("Something");
                press(shown.screen(), KeyCode.ESCAPE);
                assertThat(shown.sample().did).isEmpty();
            });
        }

        @Test
        void says_what_one_may_do_where_that_is_not_to_write() {
            with(
                    SampleLists.twelve(),
                    shown -> assertThat(Walk.words(shown.screen()))
                            .contains("docs.example.org \u00b7 can view", "docs.example.org \u00b7 can comment"));
        }

        @Test
        void says_above_what_failed_until_that_is_read_and_takes_no_room_then() {
            with(SampleLists.twelve(), shown -> {
                var notices = shown.screen().lookup(".list-notices");
                assertThat(notices.isVisible() || notices.isManaged()).isFalse();
                press(shown.screen(), KeyCode.ENTER);
                shown.sample().answer.completeExceptionally(new ClientException(FailureCode.NO_ACCESS, "no"));
                layOut(shown.screen());
                assertThat(notices.isVisible() && notices.isManaged()).isTrue();
                assertThat(Walk.words(shown.screen()))
                        .contains(
                                "There is no such document at docs.example.org, or it isn't shared with you. Nothing"
                                        + " was changed. Ask the person who sent you here.",
                                "CS-10");
                assertNamed(shown.screen());
                var dismiss = (Button) shown.screen().lookup(".list-notice .banner-close");
                dismiss.fire();
                assertThat(notices.isVisible()).isFalse();
            });
        }

        @Test
        void says_above_which_server_is_away_and_asks_it_again_when_one_wants() {
            with(SampleLists.twelve(), shown -> {
                var away = SampleLists.away();
                shown.sample().asked = List.of(away);
                shown.model().refresh();
                layOut(shown.screen());
                assertThat(Walk.words(shown.screen()))
                        .contains("Can't reach docs.example.org. You see the documents that are kept on this computer."
                                + " Coscribe is trying again.");
                shown.sample().asked = List.of();
                var again = (Button) shown.screen().lookup(".list-notice .banner-button");
                assertThat(Walk.name(again)).isEqualTo("Try Now");
                again.fire();
                assertThat(shown.screen().lookup(".list-notices").isVisible()).isFalse();
            });
        }

        @Test
        void offers_to_sign_in_to_a_proxy_that_asks() {
            with(SampleLists.twelve(), shown -> {
                shown.model()
                        .fail(
                                new ClientException(new LinkLoss.Unreachable(
                                        LinkLoss.Trouble.PROXY_SIGN_IN, "internal", "proxy.example.org:3128")),
                                "docs.example.org");
                layOut(shown.screen());
                assertThat(Walk.words(shown.screen()))
                        .contains(
                                "Your network's proxy, proxy.example.org:3128, asks you to sign in. Nothing was changed."
                                        + " Sign in to it, then try again.");
                ((Button) shown.screen().lookup(".list-notice .banner-button")).fire();
                assertThat(shown.sample().did).contains("sign in to proxy.example.org:3128");
                shown.model().dismiss();
                layOut(shown.screen());
                assertThat(Walk.words(shown.screen())).doesNotContain("Sign In to Proxy");
            });
        }

        @Test
        void keeps_the_chosen_document_while_the_list_changes_around_it() {
            with(SampleLists.twelve(), shown -> {
                press(shown.screen(), KeyCode.DOWN);
                press(shown.screen(), KeyCode.DOWN);
                var fresh = SampleLists.twelve().get(0).withTitle("Fresh");
                shown.sample().asked = List.of(SampleLists.says(SampleLists.elsewhere(fresh)));
                shown.model().refresh();
                layOut(shown.screen());
                assertThat(shown.model().entries()).hasSize(13);
                press(shown.screen(), KeyCode.ENTER);
                assertThat(shown.sample().did).singleElement().asString().startsWith("open Garden beds");
            });
        }

        @Test
        void gives_the_keyboard_to_the_documents_when_they_come_and_nobody_went_elsewhere() {
            with(List.of(), shown -> {
                assertThat(Walk.name(owner(shown.screen()))).isEqualTo("New Document");
                comes(shown, SampleLists.twelve().getFirst());
                assertThat(owner(shown.screen())).isInstanceOf(ListView.class);
                press(shown.screen(), KeyCode.ENTER);
                assertThat(shown.sample().did).containsExactly("open Plan for spring");
            });
            with(List.of(), shown -> {
                var join = shown.screen().lookupAll(".button").stream()
                        .filter(button -> Walk.name(button).equals("Join with a Link"))
                        .findFirst()
                        .orElseThrow();
                join.requestFocus();
                comes(shown, SampleLists.twelve().getFirst());
                assertThat(owner(shown.screen())).isSameAs(join);
            });
        }

        private void comes(Shown shown, DocumentEntry document) {
            shown.sample().asked = List.of(SampleLists.says(document));
            shown.model().refresh();
            layOut(shown.screen());
        }

        @Test
        void lets_nothing_come_between_while_a_title_is_typed() {
            with(SampleLists.twelve(), shown -> {
                press(shown.screen(), KeyCode.F2);
                layOut(shown.screen());
                var field = (TextField) owner(shown.screen());
                field.setText("Plan for sum");
                var fresh =
                        SampleLists.elsewhere(SampleLists.twelve().getFirst().withTitle("Fresh"));
                shown.sample().asked = List.of(SampleLists.says(fresh));
                shown.model().refresh();
                layOut(shown.screen());
                assertThat(owner(shown.screen())).isSameAs(field);
                assertThat(field.getText()).isEqualTo("Plan for sum");
                assertThat(shown.model().entries()).hasSize(12);
                field.setText("Plan for summer");
                Event.fireEvent(field, new ActionEvent());
                assertThat(shown.model().entries())
                        .extracting(DocumentEntry::title)
                        .hasSize(13)
                        .startsWith("Fresh", "Plan for summer");
            });
        }

        @Test
        void reads_a_row_as_a_whole() {
            with(
                    SampleLists.twelve(),
                    shown -> assertThat(Walk.words(shown.screen()))
                            .contains("Minutes, 17 November, this computer, opened 13:22, 3 edits waiting"));
        }
    }

    @Test
    void everything_on_both_is_out_of_the_bundle() {
        Fx.run(() -> {
            var strings = Strings.pseudo();
            var known = List.of("coscribe://join/docs.example.org/7F3K-Q9TM-2XWD");
            var model = new SampleLists().welcome(strings);
            model.offer(SampleLists.LINK);
            on(new WelcomeScreen(model, SampleLists.words(strings)), screen -> {
                assertThat(Walk.words(screen).stream()
                                .filter(words -> !words.startsWith("[") && !known.contains(words)))
                        .isEmpty();
                model.next();
                layOut(screen);
                assertThat(Walk.words(screen).stream()
                                .filter(words -> !words.startsWith("[") && !known.contains(words)))
                        .isEmpty();
            });
            var list = new SampleLists().list(strings, List.of());
            on(new DocumentListScreen(list, SampleLists.words(strings), () -> {}, proxy -> {}), screen -> {
                list.refresh();
                assertThat(Walk.words(screen).stream().filter(words -> !words.startsWith("[")))
                        .isEmpty();
            });
        });
    }
}
