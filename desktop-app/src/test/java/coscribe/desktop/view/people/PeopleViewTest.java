package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Crowd;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Avatars, the list, the ways to people and back, by keys and clicks, in virtual time.
class PeopleViewTest {
    private static final String LINE = "0123456789012345678901234567890123456789\n"; // 41
    private Crowd crowd;
    private Paper paper;
    private PeopleView view;
    private Stage stage;
    private Caret own;
    private int listsAsked;
    private final List<String> left = new ArrayList<>();
    private final SimpleBooleanProperty dark = new SimpleBooleanProperty();
    private final SimpleBooleanProperty calm = new SimpleBooleanProperty();

    @BeforeEach
    void open() {
        Fx.run(() -> {
            crowd = new Crowd(LINE.repeat(100));
            paper = new Paper(() -> crowd.client.document().text().plain(), 21);
            own = Caret.at(41 * 2);
            view = new PeopleView(
                    new Scenery(
                            crowd.people,
                            paper,
                            () -> own,
                            crowd.time,
                            dark.map(is -> Palette.of(is, false)),
                            calm,
                            Strings.of(Locale.UK)),
                    () -> listsAsked++,
                    left::add);
            stage = new Stage();
            stage.setScene(new Scene(new BorderPane(view.text(), view.avatars(), view.panel(), null, null), 800, 520));
            stage.show();
        });
    }

    @AfterEach
    void close() {
        Fx.run(() -> {
            view.close();
            stage.close();
        });
    }

    private ClientId joins(String name) {
        var who = Fx.call(() -> crowd.joins(name));
        Fx.frames(1);
        return who;
    }

    private void does(Runnable what) {
        Fx.run(what);
        Fx.frames(1);
    }

    private List<Button> avatars() {
        return Fx.call(() -> ((Parent) view.avatars())
                .getChildrenUnmodifiable().stream().map(it -> (Button) it).toList());
    }

    private List<String> spoken() {
        return avatars().stream().map(Node::getAccessibleText).toList();
    }

    private void press(Node node, KeyCode code) {
        does(() ->
                KeyEvent.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
    }

    private int at(int line) {
        return 41 * line;
    }

    @Nested
    class Avatars {
        @Test
        void are_five_in_the_order_they_came_and_a_number() {
            for (String name : List.of("Mara", "Jon", "Aiko", "Lena", "Omar", "Ines", "Tom")) {
                var _ = joins(name);
            }
            assertThat(spoken())
                    .containsExactly(
                            "Mara, editor",
                            "Jon, editor",
                            "Aiko, editor",
                            "Lena, editor",
                            "Omar, editor",
                            "2 more people. Show everybody");
            assertThat(avatars().getLast().getText()).isEqualTo("+2");
            var more = avatars().getLast();
            does(more::fire);
            assertThat(listsAsked).isEqualTo(1);
        }

        @Test
        void say_who_types_and_who_is_idle() {
            var mara = joins("Mara Klein");
            does(() -> crowd.types(mara, 0, "x"));
            assertThat(spoken()).containsExactly("Mara Klein, editor, typing");
            does(() -> crowd.time.pass(Duration.ofMillis(1501)));
            assertThat(spoken()).containsExactly("Mara Klein, editor");
            does(() -> crowd.time.pass(Duration.ofMinutes(2)));
            assertThat(spoken()).containsExactly("Mara Klein, editor, idle");
        }

        @Test
        void say_who_only_looks_on_and_who_has_two_devices() {
            does(() -> crowd.joins("Lena", Role.VIEWER, new PaletteSlot(1, 1)));
            var jon = new Person(PersonId.random(new SplittableRandom(5)), "Jon", new PaletteSlot(2, 2));
            does(() -> crowd.joins(jon, Role.EDITOR));
            does(() -> crowd.joins(jon, Role.EDITOR));
            assertThat(spoken()).containsExactly("Lena, viewer", "Jon, editor, on 2 devices");
        }

        @Test
        void are_one_tab_stop_with_arrow_keys_inside_and_enter_goes_there() {
            var mara = joins("Mara");
            var jon = joins("Jon");
            does(() -> crowd.stands(mara, at(10)));
            does(() -> crowd.stands(jon, at(60)));
            assertThat(avatars().stream().filter(Node::isFocusTraversable)).hasSize(1);
            var first = avatars().getFirst();
            does(first::requestFocus);
            press(first, KeyCode.RIGHT);
            assertThat(avatars().get(1).isFocused()).isTrue();
            assertThat(avatars().stream().filter(Node::isFocusTraversable))
                    .containsExactly(avatars().get(1));
            press(avatars().get(1), KeyCode.ENTER);
            assertThat(paper.top).isEqualTo(60 - 7);
        }

        @Test
        void stay_the_same_nodes_while_people_type() {
            var mara = joins("Mara");
            var before = avatars();
            for (int i = 0; i < 10; i++) {
                does(() -> crowd.types(mara, 0, "x"));
            }
            assertThat(avatars()).isEqualTo(before);
        }

        @Test
        void show_the_first_letters_of_names() {
            assertThat(AvatarFace.initials("Mara Klein")).isEqualTo("MK");
            assertThat(AvatarFace.initials("  jon  van der  tveit ")).isEqualTo("JT");
            assertThat(AvatarFace.initials("Aiko")).isEqualTo("A");
            assertThat(AvatarFace.initials("佐藤 愛子")).isEqualTo("佐愛");
            assertThat(AvatarFace.initials(" ")).isEqualTo("?");
        }
    }

    @Nested
    class The_list {
        @SuppressWarnings("unchecked")
        private ListView<PersonRow> list() {
            return (ListView<PersonRow>) Fx.call(() -> view.panel().lookup(".people-list"));
        }

        private List<String> names() {
            var list = list();
            return Fx.call(() -> list.getItems().stream().map(PersonRow::name).toList());
        }

        @Test
        void has_everybody_and_oneself_first() {
            for (int i = 0; i < 30; i++) {
                var _ = joins("Person " + i);
            }
            does(() -> crowd.presentsMe());
            var _ = joins("Last");
            assertThat(names()).hasSize(32).startsWith("Me", "Person 0").endsWith("Person 29", "Last");
        }

        @Test
        void takes_out_who_leaves() {
            var mara = joins("Mara");
            var _ = joins("Jon");
            does(() -> crowd.leaves(mara));
            assertThat(names()).containsExactly("Jon");
        }

        @Test
        void keeps_its_selection_while_people_type_and_enter_goes_there() {
            var mara = joins("Mara");
            var jon = joins("Jon");
            does(() -> crowd.stands(jon, at(50)));
            var list = list();
            does(() -> list.getSelectionModel().select(1));
            does(() -> crowd.types(mara, 0, "x"));
            assertThat(list.getSelectionModel().getSelectedIndex()).isEqualTo(1);
            press(list, KeyCode.ENTER);
            assertThat(paper.top).isEqualTo(50 - 7);
        }
    }

    @Nested
    class The_card {
        private ClientId mara;

        @BeforeEach
        void the_pointer_rests_on_an_avatar() {
            mara = joins("Mara Klein");
            does(() -> crowd.stands(mara, at(40)));
            points();
        }

        private void points() {
            var avatar = avatars().getFirst();
            does(() -> Event.fireEvent(avatar, pointer(MouseEvent.MOUSE_ENTERED)));
            await().atMost(Duration.ofSeconds(30)).until(() -> card().isPresent());
        }

        private Optional<Parent> card() {
            return Fx.call(() -> javafx.stage.Window.getWindows().stream()
                    .map(it -> it.getScene().getRoot().lookup(".person-card"))
                    .filter(Objects::nonNull)
                    .map(it -> (Parent) it)
                    .findFirst());
        }

        private List<String> words() {
            return Fx.call(() -> card().orElseThrow().lookupAll(".label").stream()
                    .map(it -> ((Label) it).getText())
                    .filter(it -> it.length() > 2)
                    .toList());
        }

        private Button way(String words) {
            return Fx.call(() -> card().orElseThrow().lookupAll(".button").stream()
                    .map(it -> (Button) it)
                    .filter(it -> it.getText().equals(words))
                    .findFirst()
                    .orElseThrow());
        }

        @Test
        void says_who_they_are_and_where() {
            assertThat(words()).containsExactly("Mara Klein", "editor", "Line 41");
            does(() -> crowd.types(mara, at(50), "x"));
            assertThat(words()).containsExactly("Mara Klein", "typing...", "Line 51");
        }

        @Test
        void leads_there_and_goes_away() {
            var go = way("Go to");
            does(go::fire);
            assertThat(paper.top).isEqualTo(40 - 7);
            assertThat(card()).isEmpty();
        }

        @Test
        void follows_and_stops() {
            var follow = way("Follow");
            does(follow::fire);
            assertThat(view.whom().get().map(Person::name)).contains("Mara Klein");
            assertThat(card()).isEmpty();
            points();
            var stop = way("Stop following");
            does(stop::fire);
            assertThat(view.whom().get()).isEmpty();
        }

        @Test
        void leads_nowhere_where_they_are_not_in_the_text_and_goes_when_they_leave() {
            does(() -> crowd.leavesTheText(mara));
            assertThat(words()).containsExactly("Mara Klein", "editor", "Not in the text");
            assertThat(way("Go to").isDisabled()).isTrue();
            assertThat(way("Follow").isDisabled()).isTrue();
            does(() -> crowd.leaves(mara));
            assertThat(card()).isEmpty();
        }

        private static MouseEvent pointer(EventType<MouseEvent> type) {
            return new MouseEvent(
                    type,
                    5,
                    5,
                    5,
                    5,
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
                    false,
                    null);
        }
    }

    @Nested
    class Going_to_people {
        @Test
        void puts_their_caret_at_a_third_of_the_height_and_mine_stays() {
            var mara = joins("Mara");
            does(() -> crowd.stands(mara, at(40)));
            does(view::goToNext);
            assertThat(paper.scrolledTo).isEqualTo(1 / 3.0);
            assertThat(paper.top).isEqualTo(40 - 7);
            assertThat(own).isEqualTo(Caret.at(at(2)));
        }

        @Test
        void goes_round_in_the_order_they_came_and_leaves_out_who_is_not_in_the_text() {
            var mara = joins("Mara");
            var _ = joins("Nobody in the text");
            var jon = joins("Jon");
            does(() -> crowd.stands(mara, at(40)));
            does(() -> crowd.stands(jon, at(70)));
            var tops = new ArrayList<Integer>();
            for (int i = 0; i < 3; i++) {
                does(view::goToNext);
                tops.add(paper.top);
            }
            assertThat(tops).containsExactly(33, 63, 33);
        }

        @Test
        void and_back_to_where_the_first_visit_began() {
            var mara = joins("Mara");
            var jon = joins("Jon");
            does(() -> crowd.stands(mara, at(40)));
            does(() -> crowd.stands(jon, at(70)));
            assertThat(view.canGoBack().get()).isFalse();
            does(view::goToNext);
            does(view::goToNext);
            assertThat(view.canGoBack().get()).isTrue();
            does(view::goBack);
            assertThat(paper.top).isZero();
            assertThat(view.canGoBack().get()).isFalse();
        }

        @Test
        void back_finds_the_place_also_where_my_caret_was_out_of_view() {
            var mara = joins("Mara");
            does(() -> crowd.stands(mara, at(40)));
            does(() -> paper.top = 60);
            does(view::goToNext);
            does(view::goBack);
            assertThat(paper.top).isEqualTo(60);
        }

        @Test
        void back_finds_the_place_also_where_others_wrote_above_it_meanwhile() {
            var mara = joins("Mara");
            does(() -> crowd.stands(mara, at(40)));
            does(() -> paper.top = 60);
            does(view::goToNext);
            does(() -> crowd.types(mara, 0, LINE.repeat(3)));
            does(view::goBack);
            assertThat(paper.top).isEqualTo(63);
        }

        @Test
        void nobody_there_is_nobody_to_go_to() {
            var _ = joins("Mara");
            does(view::goToNext);
            does(view::goBack);
            assertThat(paper.top).isZero();
        }
    }

    @Test
    void closed_it_listens_to_nothing() {
        var mara = joins("Mara");
        Fx.run(view::close);
        var before = spoken();
        does(() -> crowd.types(mara, 0, "x"));
        does(() -> crowd.time.pass(Duration.ofMinutes(10)));
        assertThat(spoken()).isEqualTo(before);
        assertThat(paper.listeners()).isZero();
    }
}
