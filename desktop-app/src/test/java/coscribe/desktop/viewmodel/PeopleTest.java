package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private final Crowd crowd = new Crowd("one two three\nfour five six");
    private final People people = crowd.people;

    @Test
    void somebody_has_the_colour_that_this_writer_gave_them_and_keeps_their_shape() {
        var jon = crowd.joins("Jon", Role.EDITOR, new PaletteSlot(2, 3));
        var id = crowd.find(jon).person().id();
        crowd.colours.choose(id, Optional.of(6));
        assertThat(crowd.find(jon).slot()).isEqualTo(new PaletteSlot(6, 3));
        crowd.stands(jon, 1);
        assertThat(crowd.find(jon).slot()).as("also when they move").isEqualTo(new PaletteSlot(6, 3));
        assertThat(people.met().get().get(id).slot())
                .as("also where they wrote")
                .isEqualTo(new PaletteSlot(6, 3));
        crowd.colours.choose(id, Optional.empty());
        assertThat(crowd.find(jon).slot()).isEqualTo(new PaletteSlot(2, 3));
    }

    @Test
    void others_are_listed_in_the_order_they_came_with_role_name_and_slot() {
        crowd.joins("Mara", Role.OWNER, new PaletteSlot(3, 2));
        var jon = crowd.joins("Jon", Role.VIEWER, new PaletteSlot(1, 0));
        crowd.joins("Aiko");
        assertThat(people.everyone().get()).extracting(Collaborator::name).containsExactly("Mara", "Jon", "Aiko");
        assertThat(crowd.find(jon).isViewer()).isTrue();
        assertThat(crowd.find(jon).slot()).isEqualTo(new PaletteSlot(1, 0));
    }

    @Test
    void who_does_something_stays_in_their_place() {
        var mara = crowd.joins("Mara");
        var jon = crowd.joins("Jon");
        crowd.types(jon, 0, "x");
        crowd.stands(mara, 3);
        assertThat(people.everyone().get()).extracting(Collaborator::name).containsExactly("Mara", "Jon");
    }

    @Test
    void who_leaves_is_gone() {
        var mara = crowd.joins("Mara");
        crowd.joins("Jon");
        crowd.leaves(mara);
        assertThat(people.everyone().get()).extracting(Collaborator::name).containsExactly("Jon");
        assertThat(people.find(mara)).isEmpty();
    }

    @Test
    void who_was_here_stays_known_as_they_looked() {
        var mara = crowd.joins("Mara", Role.OWNER, new PaletteSlot(3, 2));
        var person = crowd.find(mara).person();
        assertThat(people.isHere(person.id())).isTrue();
        crowd.leaves(mara);
        assertThat(people.isHere(person.id())).isFalse();
        assertThat(people.met().get()).containsEntry(person.id(), person);
        var renamed = new Person(person.id(), "Mara Klein", new PaletteSlot(5, 0));
        crowd.joins(renamed, Role.EDITOR);
        assertThat(people.met().get()).containsEntry(person.id(), renamed);
        crowd.presentsMe();
        assertThat(people.met().get()).containsKey(Crowd.ME).hasSize(2);
    }

    @Test
    void whom_the_relay_names_as_an_author_is_known_and_not_here() {
        var mara = new Person(PersonId.random(new java.util.SplittableRandom(1)), "Mara", new PaletteSlot(3, 2));
        crowd.names(mara);
        assertThat(people.met().get()).containsEntry(mara.id(), mara);
        assertThat(people.isHere(mara.id())).isFalse();
        crowd.joins(new Person(mara.id(), "Mara", new PaletteSlot(5, 0)), Role.EDITOR);
        crowd.names(mara);
        assertThat(people.met().get().get(mara.id()).slot())
                .as("as they were seen here")
                .isEqualTo(new PaletteSlot(5, 0));
    }

    @Test
    void devices_of_one_person_are_one_participant() {
        var mara = new Person(PersonId.random(new java.util.SplittableRandom(1)), "Mara", new PaletteSlot(0, 0));
        crowd.joins(mara, Role.EDITOR);
        crowd.joins("Jon");
        var second = crowd.joins(mara, Role.EDITOR);
        crowd.types(second, 0, "x");
        assertThat(people.participants()).extracting(Participant::name).containsExactly("Mara", "Jon");
        var both = people.participants().getFirst();
        assertThat(both.devices()).hasSize(2);
        assertThat(both.newest().client()).isEqualTo(second);
        assertThat(both.isTyping(people.now())).isTrue();
    }

    @Test
    void another_device_of_this_writer_is_nobody_else_and_has_a_caret_in_their_colour() {
        var me = new Person(Crowd.ME, "Me", new PaletteSlot(5, 1));
        var phone = crowd.joins(me, Role.EDITOR);
        crowd.stands(phone, 3);
        crowd.joins("Jon");
        assertThat(people.participants()).extracting(Participant::name).containsExactly("Jon");
        assertThat(people.ownDevices()).extracting(Collaborator::client).containsExactly(phone);
        assertThat(crowd.find(phone).caret()).contains(Caret.at(3));
        assertThat(crowd.find(phone).slot()).isEqualTo(new PaletteSlot(5, 1));
        crowd.leaves(phone);
        assertThat(people.ownDevices()).isEmpty();
    }

    @Test
    void this_writer_is_known_once_the_relay_presents_them() {
        assertThat(people.self()).isEmpty();
        crowd.presentsMe();
        assertThat(people.self().orElseThrow().person().slot()).isEqualTo(new PaletteSlot(5, 1));
        assertThat(people.self().orElseThrow().role()).isEqualTo(Role.EDITOR);
        crowd.letsMe(Role.VIEWER);
        assertThat(people.self().orElseThrow().role()).as("as it is now").isEqualTo(Role.VIEWER);
        assertThat(people.everyone().get()).isEmpty();
    }

    @Nested
    class Carets {
        @Test
        void stand_where_their_owner_put_them() {
            var mara = crowd.joins("Mara");
            crowd.selects(mara, 4, 7);
            assertThat(crowd.find(mara).caret()).contains(new Caret(4, 7));
        }

        @Test
        void move_with_what_is_typed_here_before_it_is_acknowledged() {
            var mara = crowd.joins("Mara");
            crowd.stands(mara, 4);
            crowd.acknowledges = false;
            crowd.iType(0, "abc");
            assertThat(crowd.find(mara).caret()).contains(Caret.at(7));
        }

        @Test
        void stay_behind_what_was_typed_in_front_of_them_when_it_is_acknowledged() {
            var mara = crowd.joins("Mara");
            crowd.stands(mara, 4);
            crowd.iType(0, "abc");
            assertThat(crowd.find(mara).caret()).contains(Caret.at(7));
        }

        @Test
        void stay_in_front_of_what_is_typed_at_them() {
            var mara = crowd.joins("Mara");
            crowd.stands(mara, 4);
            crowd.iType(4, "abc");
            assertThat(crowd.find(mara).caret()).contains(Caret.at(4));
        }

        @Test
        void move_with_what_a_third_person_does() {
            var mara = crowd.joins("Mara");
            var jon = crowd.joins("Jon");
            crowd.stands(mara, 4);
            crowd.types(jon, 0, "abc");
            assertThat(crowd.find(mara).caret()).contains(Caret.at(7));
            assertThat(crowd.find(jon).caret()).contains(Caret.at(3));
        }
    }

    @Nested
    class What_they_did {
        @Test
        void a_keystroke_shows_for_a_second_and_a_half() {
            var mara = crowd.joins("Mara");
            crowd.types(mara, 0, "x");
            assertThat(crowd.find(mara).isTyping(people.now())).isTrue();
            crowd.time.pass(Duration.ofMillis(1499));
            assertThat(crowd.find(mara).isTyping(people.now())).isTrue();
            crowd.time.pass(Duration.ofMillis(1));
            assertThat(crowd.find(mara).isTyping(people.now())).isFalse();
        }

        @Test
        void deleting_is_typing_too() {
            var mara = crowd.joins("Mara");
            crowd.deletes(mara, 0, 1);
            assertThat(crowd.find(mara).isTyping(people.now())).isTrue();
        }

        @Test
        void moving_the_caret_is_not_typing_and_does_count_as_active() {
            var mara = crowd.joins("Mara");
            crowd.time.pass(Duration.ofMinutes(3));
            assertThat(crowd.find(mara).isIdle(people.now())).isTrue();
            crowd.stands(mara, 3);
            assertThat(crowd.find(mara).isTyping(people.now())).isFalse();
            assertThat(crowd.find(mara).isIdle(people.now())).isFalse();
        }

        @Test
        void being_pushed_by_somebody_else_is_nothing_they_did() {
            var mara = crowd.joins("Mara");
            var jon = crowd.joins("Jon");
            crowd.stands(mara, 4);
            var moved = crowd.find(mara).movedAt();
            crowd.time.pass(Duration.ofMinutes(3));
            crowd.types(jon, 0, "abc");
            crowd.iType(0, "abc");
            assertThat(crowd.find(mara).movedAt()).isEqualTo(moved);
            assertThat(crowd.find(mara).isIdle(people.now())).isTrue();
        }

        @Test
        void two_minutes_of_nothing_is_idle_and_five_are_away() {
            var mara = crowd.joins("Mara");
            crowd.types(mara, 0, "x");
            crowd.time.pass(Duration.ofSeconds(119));
            assertThat(crowd.find(mara).isIdle(people.now())).isFalse();
            crowd.time.pass(Duration.ofSeconds(1));
            assertThat(crowd.find(mara).isIdle(people.now())).isTrue();
            assertThat(crowd.find(mara).isAway(people.now())).isFalse();
            crowd.time.pass(Duration.ofMinutes(3));
            assertThat(crowd.find(mara).isAway(people.now())).isTrue();
        }

        @Test
        void a_way_to_another_line_is_a_jump_and_a_step_is_none() {
            var mara = crowd.joins("Mara");
            crowd.stands(mara, 4);
            var first = crowd.find(mara).jumpedAt();
            crowd.time.pass(Duration.ofSeconds(10));
            crowd.stands(mara, 5);
            assertThat(crowd.find(mara).jumpedAt()).isEqualTo(first);
            crowd.stands(mara, 20);
            assertThat(crowd.find(mara).jumpedAt()).contains(people.now());
        }

        @Test
        void typing_is_no_jump() {
            var mara = crowd.joins("Mara");
            crowd.stands(mara, 4);
            crowd.time.pass(Duration.ofSeconds(10));
            crowd.types(mara, 20, "x");
            assertThat(crowd.find(mara).jumpedAt().orElseThrow()).isBefore(people.now());
        }
    }

    @Nested
    class Time {
        @Test
        void the_next_moment_that_changes_something_is_told() {
            assertThat(people.untilChange()).isEmpty();
            var mara = crowd.joins("Mara");
            assertThat(people.untilChange()).contains(Collaborator.IDLE);
            crowd.types(mara, 0, "x");
            assertThat(people.untilChange()).contains(Collaborator.TYPING);
            crowd.time.pass(Collaborator.TYPING);
            assertThat(people.untilChange()).contains(Collaborator.IDLE.minus(Collaborator.TYPING));
        }

        @Test
        void without_a_connection_everybody_is_gone_after_half_a_minute_and_comes_back_with_it() {
            crowd.joins("Mara");
            crowd.networkIs(false);
            crowd.time.pass(Duration.ofSeconds(29));
            people.refresh();
            assertThat(people.everyone().get()).hasSize(1);
            crowd.time.pass(Duration.ofSeconds(1));
            people.refresh();
            assertThat(people.everyone().get()).isEmpty();
            crowd.networkIs(true);
            crowd.time.pass(Duration.ofSeconds(60));
            assertThat(people.everyone().get()).extracting(Collaborator::name).isEqualTo(List.of("Mara"));
        }

        @Test
        void nobody_is_told_of_a_look_that_found_nothing_new() {
            crowd.joins("Mara");
            var before = people.everyone().get();
            people.refresh();
            crowd.iType(0, "");
            people.refresh();
            assertThat(people.everyone().get()).isSameAs(before);
            assertThat(Optional.of(before)).isPresent();
        }
    }
}
