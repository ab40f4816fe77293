package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.view.text.Mouse;
import coscribe.desktop.viewmodel.Crowd;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Circle;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Avatars, the list, the ways to people and back, by keys and clicks, in virtual time.
class PeopleViewTest {
    private Company company;
    private Crowd crowd;
    private Paper paper;
    private PeopleView view;
    private Stage stage;
    private int listsAsked;
    private final List<String> left = new ArrayList<>();

    @BeforeEach
    void open() {
        Fx.run(() -> {
            company = new Company(100, 21, Caret.at(at(2)));
            crowd = company.crowd;
            paper = company.paper;
            view = new PeopleView(company.scenery, () -> listsAsked++, left::add);
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

    /// What the menu of somebody offers, as if it were open.
    private static List<MenuItem> menu(Control of) {
        return Fx.call(() -> {
            var menu = of.getContextMenu();
            Event.fireEvent(menu, new WindowEvent(menu, WindowEvent.WINDOW_SHOWING));
            return menu.getItems().stream()
                    .flatMap(item -> item instanceof Menu inner ? inner.getItems().stream() : Stream.of(item))
                    .filter(item -> item.getText() != null)
                    .toList();
        });
    }

    private static void choose(List<MenuItem> menu, String words) {
        Fx.run(() -> menu.stream()
                .filter(item -> words.equals(item.getText()))
                .findFirst()
                .orElseThrow()
                .fire());
        Fx.frames(1);
    }

    @Test
    void a_person_gets_another_colour_by_their_menu_for_this_writer_only() {
        var who = Fx.call(() -> crowd.joins("Jon", Role.EDITOR, new PaletteSlot(2, 1)));
        Fx.frames(1);
        choose(menu(avatars().getFirst()), "Rose");
        assertThat(Fx.call(() -> crowd.find(who).slot())).isEqualTo(new PaletteSlot(6, 1));
        assertThat(menu(avatars().getFirst()).stream()
                        .filter(item -> item instanceof RadioMenuItem radio && radio.isSelected())
                        .map(MenuItem::getText))
                .containsExactly("Rose");
        choose(menu(avatars().getFirst()), "As Everybody Sees It");
        assertThat(Fx.call(() -> crowd.find(who).slot())).isEqualTo(new PaletteSlot(2, 1));
    }

    private void press(Node node, KeyCode code) {
        does(() ->
                KeyEvent.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
    }

    private int at(int line) {
        return Company.at(line, 0);
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

        private String heading() {
            return Fx.call(() -> ((Label) view.panel().lookup(".people-heading")).getText());
        }

        private String counted() {
            return Fx.call(() -> ((Button) view.count()).getText());
        }

        @Test
        void has_oneself_also_where_nobody_else_is() {
            assertThat(heading()).isEqualTo("1 person");
            does(() -> crowd.presentsMe());
            assertThat(names()).containsExactly("Me");
            assertThat(heading()).isEqualTo("1 person").isEqualTo(counted());
            var _ = joins("Mara");
            assertThat(heading()).isEqualTo("2 people").isEqualTo(counted());
        }

        @Test
        void tells_ones_own_role_as_it_is_now() {
            does(() -> crowd.presentsMe());
            does(() -> crowd.letsMe(Role.VIEWER));
            var list = list();
            assertThat(Fx.call(() -> list.getItems().getFirst().role())).isEqualTo(Role.VIEWER);
        }

        @Test
        void tells_that_one_is_there_on_another_device_too_and_of_no_stranger() {
            does(() -> crowd.presentsMe());
            var phone = Fx.call(() -> crowd.joins(new Person(Crowd.ME, "Me", new PaletteSlot(5, 1)), Role.EDITOR));
            does(() -> crowd.stands(phone, at(3)));
            var _ = joins("Mara");
            assertThat(names()).containsExactly("Me", "Mara");
            assertThat(heading()).isEqualTo("2 people").isEqualTo(counted());
            assertThat(spoken()).as("avatars").containsExactly("Mara, editor");
            var me = Fx.call(() -> list().getItems().getFirst());
            assertThat(me.devices()).isEqualTo(2);
            assertThat(me.state(company.scenery.strings())).isEqualTo("editor, also on another device");
            assertThat(Fx.call(() -> view.marker(phone)).orElseThrow().at())
                    .as("its caret")
                    .isPresent();
            does(() -> crowd.leaves(phone));
            assertThat(Fx.call(() -> list().getItems().getFirst().devices())).isEqualTo(1);
        }

        @Test
        void is_no_way_to_follow_oneself() {
            does(() -> crowd.presentsMe());
            var phone = Fx.call(() -> crowd.joins(new Person(Crowd.ME, "Me", new PaletteSlot(5, 1)), Role.EDITOR));
            does(() -> crowd.stands(phone, at(50)));
            does(view::followNext);
            assertThat(view.whom().get()).isEmpty();
            does(view::goToNext);
            assertThat(paper.top).isZero();
        }

        /// New ones would be kept, and there is one such change a day at least.
        @Test
        void keeps_its_rows_where_only_the_colours_change() {
            var _ = joins("Mara");
            var before = rows();
            assertThat(before).isNotEmpty();
            var colour = disc(before);
            does(() -> company.looks.set(Palette.of(true, false)));
            assertThat(rows()).isEqualTo(before);
            assertThat(disc(before)).isNotEqualTo(colour);
        }

        private List<Node> rows() {
            return Fx.call(() -> view.panel().lookupAll(".people-row").stream()
                    .map(Node::getParent)
                    .map(Node.class::cast)
                    .toList());
        }

        private Paint disc(List<Node> rows) {
            return Fx.call(() -> ((Circle) rows.getFirst().lookup("Circle")).getFill());
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
            does(() -> Event.fireEvent(avatar, Mouse.pointer(MouseEvent.MOUSE_ENTERED, 5, 5)));
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
            assertThat(words()).containsExactly("Mara Klein", "editor", "editing line 41");
            does(() -> crowd.types(mara, at(50), "x"));
            assertThat(words()).containsExactly("Mara Klein", "typing...", "editing line 51");
        }

        @Test
        void goes_on_to_say_where_they_are_while_it_is_open() {
            does(() -> {
                heading(30, "Budget");
                paper.moved();
            });
            assertThat(words()).last().isEqualTo("editing 'Budget', line 41");
            does(() -> crowd.stands(mara, at(20)));
            assertThat(words()).last().isEqualTo("editing line 21");
            does(() -> crowd.stands(mara, at(60)));
            assertThat(words()).last().isEqualTo("editing 'Budget', line 61");
            does(() -> {
                crowd.iType(0, "\n\n");
                paper.moved();
            });
            assertThat(words()).last().isEqualTo("editing 'Budget', line 63");
        }

        @Test
        void stays_inside_the_window() {
            does(() -> Event.fireEvent(avatars().getFirst(), Mouse.pointer(MouseEvent.MOUSE_PRESSED, 5, 5)));
            assertThat(card()).isEmpty();
            does(() -> view.avatars().setTranslateX(750));
            points();
            var popup = Fx.call(() -> card().orElseThrow().getScene().getWindow());
            assertThat(popup.getX() + popup.getWidth()).isLessThanOrEqualTo(stage.getX() + stage.getWidth());
            assertThat(popup.getX()).isGreaterThan(stage.getX() + 400);
        }

        @Test
        void does_not_lie_over_the_menu_that_the_right_button_opens() {
            var avatar = avatars().getFirst();
            does(() -> Event.fireEvent(avatar, Mouse.pointer(MouseEvent.MOUSE_PRESSED, 5, 5)));
            assertThat(card()).isEmpty();
            var menu = Fx.call(avatar::getContextMenu);
            does(() -> menu.show(avatar, 40, 40));
            does(() -> Event.fireEvent(avatar, Mouse.pointer(MouseEvent.MOUSE_ENTERED, 5, 5))); // as it comes back
            await().during(Duration.ofMillis(600))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> card().isEmpty());
            does(menu::hide);
        }

        @Test
        void says_that_who_may_not_write_reads() {
            does(() -> crowd.leaves(mara));
            mara = Fx.call(() -> crowd.joins("Mara Klein", Role.VIEWER, new PaletteSlot(1, 1)));
            does(() -> crowd.stands(mara, at(3)));
            points();
            assertThat(words()).containsExactly("Mara Klein", "viewer", "reading line 4");
        }

        /// Makes a line of the text a heading of these words, as the writer.
        private void heading(int line, String words) {
            int length = crowd.client.document().length();
            var done = crowd.client.run(it -> it.edit(
                    Change.of(Delta.builder()
                            .retain(at(line))
                            .insert(words)
                            .delete(40)
                            .retain(1, Attributes.of("header", Value.of(2)))
                            .insert(".".repeat(34), Attributes.NONE)
                            .build(length)),
                    Intent.EDIT,
                    false,
                    Optional.empty()));
            crowd.time.settle();
            done.join();
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
            assertThat(words()).containsExactly("Mara Klein", "editor", "not in the text");
            assertThat(way("Go to").isDisabled()).isTrue();
            assertThat(way("Follow").isDisabled()).isTrue();
            does(() -> crowd.leaves(mara));
            assertThat(card()).isEmpty();
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
            assertThat(company.own).isEqualTo(Caret.at(at(2)));
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
            does(() -> crowd.types(mara, 0, Company.LINE.repeat(3)));
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
