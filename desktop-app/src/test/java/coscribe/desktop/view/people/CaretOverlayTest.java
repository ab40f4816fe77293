package coscribe.desktop.view.people;

import static coscribe.desktop.view.people.Company.at;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.view.text.Mouse;
import coscribe.desktop.viewmodel.Crowd;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Everybody over a text of which every place is known, in virtual time.
class CaretOverlayTest {
    private Company company;
    private Crowd crowd;
    private CaretOverlay overlay;
    private Stage stage;
    private final SimpleObjectProperty<Optional<Person>> followed = new SimpleObjectProperty<>(Optional.empty());
    private final List<ClientId> visited = new ArrayList<>();

    @BeforeEach
    void open() {
        Fx.run(() -> {
            company = new Company(100, 20, Caret.at(at(19, 0)));
            crowd = company.crowd;
            overlay = new CaretOverlay(company.scenery, followed, visited::add);
            stage = new Stage();
            stage.setScene(new Scene(overlay.node(), Paper.WIDTH, 480));
            stage.show();
            overlay.draw();
        });
        Fx.frames(2);
    }

    @AfterEach
    void close() {
        Fx.run(() -> {
            overlay.close();
            stage.close();
        });
    }

    private void does(Runnable what) {
        Fx.run(() -> {
            what.run();
            overlay.draw();
        });
    }

    private void passes(Duration time) {
        does(() -> crowd.time.pass(time));
    }

    private ClientId joins(String name) {
        return Fx.call(() -> crowd.joins(name));
    }

    // --- what is seen

    private <T> List<T> all(Class<T> kind) {
        return Fx.call(() -> {
            var found = new ArrayList<T>();
            gather(overlay.node(), kind, found);
            return found;
        });
    }

    private static <T> void gather(Node node, Class<T> kind, List<T> into) {
        if (!node.isVisible()) {
            return;
        }
        if (kind.isInstance(node)) {
            into.add(kind.cast(node));
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> gather(child, kind, into));
        }
    }

    private Optional<Flag> flag(String name) {
        return all(Flag.class).stream().filter(it -> it.words().equals(name)).findFirst();
    }

    private Marker marker(ClientId who) {
        return Fx.call(() -> overlay.marker(who).orElseThrow());
    }

    private Bounds bounds(Node node) {
        return Fx.call(() -> overlay.node().sceneToLocal(node.localToScene(node.getLayoutBounds())));
    }

    @Nested
    class A_caret {
        @Test
        void is_two_pixels_wide_as_high_as_its_line_and_stands_at_its_place() {
            var mara = joins("Mara");
            does(() -> crowd.stands(mara, at(3, 7)));
            var caret = ((Parent) marker(mara).pin()).getChildrenUnmodifiable().getFirst();
            assertThat(caret.getLayoutBounds().getWidth()).isEqualTo(2);
            assertThat(caret.getLayoutBounds().getHeight()).isEqualTo(Paper.LINE);
            assertThat(bounds(caret).getCenterX()).isEqualTo(70);
            assertThat(bounds(caret).getMinY()).isEqualTo(3 * Paper.LINE);
        }

        @Test
        void moves_with_what_is_typed_here() {
            var mara = joins("Mara");
            does(() -> crowd.stands(mara, at(3, 7)));
            does(() -> crowd.iType(at(3, 0), "ab"));
            assertThat(marker(mara).pin().getLayoutX()).isEqualTo(89);
        }

        @Test
        void is_half_as_strong_after_five_idle_minutes() {
            var mara = joins("Mara");
            does(() -> crowd.stands(mara, at(3, 7)));
            passes(Duration.ofMinutes(5).minusSeconds(1));
            assertThat(marker(mara).pin().getOpacity()).isEqualTo(1);
            passes(Duration.ofSeconds(1));
            assertThat(marker(mara).pin().getOpacity()).isEqualTo(0.5);
        }

        @Test
        void glides_along_its_line_and_jumps_to_another() {
            var mara = joins("Mara");
            does(() -> crowd.stands(mara, at(3, 7)));
            passes(Duration.ofSeconds(1));
            does(() -> crowd.types(mara, at(3, 7), "abc"));
            assertThat(marker(mara).pin().getLayoutX()).isEqualTo(69);
            passes(Duration.ofMillis(30));
            assertThat(marker(mara).pin().getLayoutX()).isBetween(70.0, 98.0);
            passes(Duration.ofMillis(30));
            assertThat(marker(mara).pin().getLayoutX()).isEqualTo(99);
            does(() -> crowd.stands(mara, at(5, 0)));
            assertThat(marker(mara).pin().getLayoutX()).isEqualTo(379);
        }

        @Test
        void is_there_at_once_with_reduced_motion() {
            does(() -> company.calm.set(true));
            var mara = joins("Mara");
            does(() -> crowd.stands(mara, at(3, 7)));
            does(() -> crowd.types(mara, at(3, 7), "abc"));
            assertThat(marker(mara).pin().getLayoutX()).isEqualTo(99);
        }

        @Test
        void goes_when_its_owner_leaves() {
            var mara = joins("Mara");
            does(() -> crowd.stands(mara, at(3, 7)));
            does(() -> crowd.leaves(mara));
            assertThat(Fx.call(() -> overlay.marker(mara))).isEmpty();
            assertThat(flag("Mara")).isEmpty();
        }
    }

    @Nested
    class A_flag {
        private ClientId mara;

        @BeforeEach
        void mara_stands_in_line_5() {
            mara = joins("Mara");
            does(() -> crowd.stands(mara, at(5, 7)));
        }

        @Test
        void is_seen_for_four_seconds_after_joining_and_fades() {
            passes(Duration.ofMillis(3999));
            assertThat(flag("Mara").orElseThrow().getOpacity()).isEqualTo(1);
            passes(Duration.ofMillis(101));
            assertThat(flag("Mara").orElseThrow().getOpacity()).isBetween(0.4, 0.6);
            passes(Duration.ofMillis(100));
            assertThat(flag("Mara")).isEmpty();
        }

        @Test
        void comes_back_for_three_seconds_with_a_keystroke_or_a_jump() {
            passes(Duration.ofSeconds(10));
            does(() -> crowd.types(mara, at(5, 7), "x"));
            passes(Duration.ofMillis(2999));
            assertThat(flag("Mara")).isPresent();
            passes(Duration.ofMillis(300));
            assertThat(flag("Mara")).isEmpty();
            does(() -> crowd.stands(mara, at(9, 1)));
            assertThat(flag("Mara")).isPresent();
        }

        @Test
        void does_not_fade_with_reduced_motion() {
            does(() -> company.calm.set(true));
            passes(Duration.ofMillis(4000));
            assertThat(flag("Mara")).isEmpty();
        }

        @Test
        void is_seen_while_the_pointer_is_within_six_pixels() {
            passes(Duration.ofSeconds(10));
            assertThat(flag("Mara")).isEmpty();
            points(70 + 5, 5 * Paper.LINE + 3);
            assertThat(flag("Mara")).isPresent();
            passes(Duration.ofMinutes(1));
            assertThat(flag("Mara")).isPresent();
            points(70 + 20, 5 * Paper.LINE + 3);
            passes(Duration.ofMillis(300));
            assertThat(flag("Mara")).isEmpty();
        }

        private void points(double x, double y) {
            Fx.run(() -> {
                MouseEvent.fireEvent(overlay.node(), Mouse.pointer(MouseEvent.MOUSE_MOVED, x, y));
                overlay.draw();
            });
        }

        @Test
        void shrinks_to_the_head_near_my_own_caret() {
            does(() -> company.own = Caret.at(at(5, 5)));
            assertThat(flag("Mara")).isEmpty();
            assertThat(marker(mara).pin().isVisible()).isTrue();
            does(() -> company.own = Caret.at(at(12, 5)));
            assertThat(flag("Mara")).isPresent();
        }

        @Test
        void is_seen_when_somebody_went_there() {
            passes(Duration.ofSeconds(10));
            does(() -> overlay.call(mara));
            passes(Duration.ofMillis(3999));
            assertThat(flag("Mara")).isPresent();
        }

        @Test
        void is_seen_over_words_only_when_somebody_went_there_and_as_long_as_that_is_news() {
            var jon = joins("Jon");
            does(() -> {
                for (int line = 19; line >= 0; line--) {
                    crowd.types(jon, at(line, 40), "0".repeat(24)); // no white is left
                }
            });
            passes(Duration.ofSeconds(10));
            does(() -> crowd.types(mara, crowd.find(mara).caret().orElseThrow().head(), "x"));
            assertThat(flag("Mara")).as("typing alone").isEmpty();
            does(() -> overlay.call(mara));
            passes(Duration.ofMillis(3999));
            assertThat(flag("Mara")).isPresent();
            passes(Duration.ofMillis(300));
            assertThat(flag("Mara")).isEmpty();
        }

        @Test
        void is_always_seen_while_its_owner_is_followed() {
            passes(Duration.ofSeconds(10));
            var person = crowd.find(mara).person();
            does(() -> followed.set(Optional.of(person)));
            passes(Duration.ofMinutes(10));
            assertThat(flag("Mara")).isPresent();
            does(() -> followed.set(Optional.empty()));
            passes(Duration.ofMillis(300));
            assertThat(flag("Mara")).isEmpty();
        }

        @Test
        void is_no_longer_than_24_characters() {
            var long1 = joins("Maximiliane von Hohenstein-Waldburg");
            does(() -> crowd.stands(long1, at(9, 7)));
            assertThat(flag("Maximiliane von Hohenste…")).isPresent();
        }

        @Test
        void takes_neither_clicks_nor_room() {
            var flag = flag("Mara").orElseThrow();
            assertThat(flag.isManaged()).isFalse();
            assertThat(flag.getParent().isMouseTransparent()).isTrue();
            assertThat(flag.getParent().isManaged()).isFalse();
        }
    }

    @Nested
    class A_selection {
        private ClientId mara;

        @BeforeEach
        void mara_selects() {
            mara = joins("Mara");
            does(() -> crowd.selects(mara, at(5, 2), at(5, 12)));
        }

        @Test
        void is_tinted_and_underlined() {
            assertThat(bounds(marker(mara).tint()).getWidth()).isEqualTo(100);
            assertThat(marker(mara).tint().getOpacity()).isEqualTo(Palette.LIGHT.tint());
            assertThat(bounds(marker(mara).underline()).getHeight()).isEqualTo(2);
            assertThat(bounds(marker(mara).underline()).getMaxY()).isEqualTo(6 * Paper.LINE);
            assertThat(marker(mara).underline().getOpacity()).isEqualTo(1);
        }

        @Test
        void fades_after_thirty_seconds_and_is_gone_after_five_minutes() {
            passes(Duration.ofSeconds(30));
            assertThat(marker(mara).tint().getOpacity()).isEqualTo(Palette.OLD_TINT);
            passes(Duration.ofSeconds(270));
            assertThat(marker(mara).tint().isVisible()).isFalse();
            assertThat(marker(mara).underline().isVisible()).isFalse();
            assertThat(marker(mara).pin().isVisible()).isTrue();
        }

        @Test
        void lies_on_older_ones_with_its_underline_beside_theirs() {
            passes(Duration.ofSeconds(1));
            var jon = joins("Jon");
            does(() -> crowd.selects(jon, at(5, 6), at(5, 20)));
            assertThat(marker(jon).tint().getViewOrder())
                    .isLessThan(marker(mara).tint().getViewOrder());
            assertThat(bounds(marker(jon).underline()).getMaxY()).isEqualTo(6 * Paper.LINE);
            assertThat(bounds(marker(mara).underline()).getMaxY()).isEqualTo(6 * Paper.LINE + 3);
        }

        @Test
        void leaves_out_what_i_selected_myself() {
            does(() -> company.own = new Caret(at(5, 2), at(5, 7)));
            assertThat(bounds(marker(mara).tint()).getMinX()).isEqualTo(70);
            assertThat(bounds(marker(mara).tint()).getWidth()).isEqualTo(50);
        }
    }

    @Nested
    class At_the_edges {
        @Test
        void who_types_out_of_view_is_told_with_the_line() {
            var aiko = joins("Aiko");
            does(() -> crowd.types(aiko, at(40, 0), "x"));
            var chip = all(Button.class);
            assertThat(chip).extracting(Button::getText).containsExactly("Aiko is typing, line 41");
            Fx.frames(2);
            assertThat(bounds(chip.getFirst()).getMinY()).isGreaterThan(400);
            Fx.run(chip.getFirst()::fire);
            assertThat(visited).containsExactly(aiko);
        }

        @Test
        void at_most_two_are_told_and_not_for_long() {
            for (String name : List.of("Aiko", "Jon", "Mara")) {
                var who = joins(name);
                does(() -> crowd.types(who, at(40, 0), "x"));
            }
            assertThat(all(Button.class)).hasSize(2);
            passes(Duration.ofSeconds(3));
            assertThat(all(Button.class)).isEmpty();
        }

        @Test
        void who_types_above_is_told_at_the_top() {
            var aiko = joins("Aiko");
            does(() -> company.paper.top = 50);
            does(() -> crowd.types(aiko, at(1, 0), "x"));
            Fx.frames(2);
            assertThat(bounds(all(Button.class).getFirst()).getMinY()).isLessThan(40);
        }
    }

    @Test
    void carets_can_be_hidden_and_shown() {
        var mara = joins("Mara");
        does(() -> crowd.selects(mara, at(5, 2), at(5, 12)));
        does(() -> overlay.shown().set(false));
        assertThat(flag("Mara")).isEmpty();
        assertThat(marker(mara).pin().isVisible()).isFalse();
        assertThat(marker(mara).tint().isVisible()).isFalse();
        does(() -> overlay.shown().set(true));
        assertThat(marker(mara).pin().isVisible()).isTrue();
    }

    @Test
    void of_a_crowd_the_twelve_most_recently_active_are_drawn() {
        var everybody = new ArrayList<ClientId>();
        for (int i = 0; i < 25; i++) {
            var who = joins("Person " + i);
            everybody.add(who);
            int line = i % 18;
            does(() -> crowd.stands(who, at(line, 3)));
            passes(Duration.ofSeconds(1));
        }
        for (int i = 0; i < 25; i++) {
            var who = everybody.get(i);
            boolean drawn = Fx.call(
                    () -> overlay.marker(who).filter(it -> it.pin().isVisible()).isPresent());
            assertThat(drawn).as("person %d", i).isEqualTo(i >= 13);
        }
    }

    @Test
    void of_twenty_people_with_the_writer_all_are_drawn_and_of_one_more_twelve() {
        for (int i = 0; i < 19; i++) {
            var who = joins("Person " + i);
            int line = i % 18;
            does(() -> crowd.stands(who, at(line, 3)));
        }
        assertThat(drawn()).isEqualTo(19);
        var last = joins("Person 19");
        does(() -> crowd.stands(last, at(1, 5)));
        assertThat(drawn()).isEqualTo(12);
        does(() -> crowd.leaves(last));
        assertThat(drawn()).isEqualTo(19);
    }

    private long drawn() {
        return Fx.call(() -> crowd.people.everyone().get().stream()
                .filter(who -> overlay.marker(who.client())
                        .filter(it -> it.pin().isVisible())
                        .isPresent())
                .count());
    }

    @Test
    void the_theme_changes_colours_at_once() {
        var mara = Fx.call(() -> crowd.joins("Mara", Role.EDITOR, new PaletteSlot(2, 1)));
        does(() -> crowd.stands(mara, at(5, 2)));
        does(() -> company.looks.set(Palette.of(true, false)));
        var caret = (javafx.scene.shape.Rectangle)
                ((Parent) marker(mara).pin()).getChildrenUnmodifiable().getFirst();
        assertThat(caret.getFill()).isEqualTo(Palette.DARK.of(new PaletteSlot(2, 1)));
    }

    @Test
    void nothing_is_drawn_where_nothing_happens() {
        for (int i = 0; i < 20; i++) {
            var who = joins("Person " + i);
            int line = i % 18;
            does(() -> crowd.stands(who, at(line, 3)));
        }
        passes(Duration.ofSeconds(10));
        Fx.frames(3);
        long before = Fx.call(overlay::drawn);
        Fx.frames(30);
        assertThat(Fx.call(overlay::drawn)).isEqualTo(before);
    }

    @Test
    void nodes_are_moved_and_not_made_anew() {
        var mara = joins("Mara");
        does(() -> crowd.selects(mara, at(5, 2), at(5, 12)));
        var before = all(Node.class);
        for (int i = 0; i < 20; i++) {
            int column = i;
            does(() -> crowd.selects(mara, at(6, column), at(6, column + 3)));
        }
        assertThat(all(Node.class)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void closed_it_listens_to_nothing() {
        assertThat(company.paper.listeners()).isEqualTo(1);
        Fx.run(overlay::close);
        assertThat(company.paper.listeners()).isZero();
        long before = Fx.call(overlay::drawn);
        var _ = joins("Mara");
        Fx.run(() -> {
            company.looks.set(Palette.of(true, false));
            crowd.time.pass(Duration.ofMinutes(10));
        });
        Fx.frames(3);
        assertThat(Fx.call(overlay::drawn)).isEqualTo(before);
    }
}
