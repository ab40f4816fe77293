package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FollowingTest {
    private final Crowd crowd = new Crowd("one two three\nfour five six");
    private final List<String> left = new ArrayList<>();
    private final Following following = new Following(crowd.people, left::add);

    @CanIgnoreReturnValue
    private ClientId standing(String name, int position) {
        var who = crowd.joins(name);
        crowd.stands(who, position);
        return who;
    }

    private PersonId person(ClientId who) {
        return crowd.find(who).person().id();
    }

    private Optional<String> whom() {
        return following.whom().get().map(Person::name);
    }

    @Test
    void goes_round_in_the_order_they_came_and_leaves_out_who_is_not_in_the_text() {
        following.followNext();
        assertThat(whom()).isEmpty();
        standing("Mara", 3);
        crowd.joins("Nobody in the text");
        standing("Jon", 5);
        var names = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            following.followNext();
            names.add(whom().orElseThrow());
        }
        assertThat(names).containsExactly("Mara", "Jon", "Mara");
    }

    @Test
    void goes_on_behind_whom_it_followed_last() {
        standing("Mara", 3);
        var jon = standing("Jon", 5);
        standing("Aiko", 7);
        following.follow(person(jon));
        following.stop();
        assertThat(whom()).isEmpty();
        following.followNext();
        assertThat(whom()).contains("Aiko");
    }

    @Test
    void nobody_follows_who_is_not_in_the_text() {
        following.follow(person(crowd.joins("Mara")));
        assertThat(whom()).isEmpty();
    }

    @Test
    void knows_where_they_are_also_on_their_other_device() {
        var mara = new Person(PersonId.random(new SplittableRandom(1)), "Mara", new PaletteSlot(0, 0));
        crowd.stands(crowd.joins(mara, Role.EDITOR), 3);
        following.follow(mara.id());
        crowd.time.pass(Duration.ofSeconds(1));
        var second = crowd.joins(mara, Role.EDITOR);
        crowd.types(second, 0, "x");
        assertThat(following.device().orElseThrow().client()).isEqualTo(second);
        crowd.leaves(second);
        assertThat(whom()).contains("Mara");
        assertThat(left).isEmpty();
    }

    @Test
    void ends_when_they_leave_and_says_who_it_was() {
        var mara = standing("Mara", 3);
        standing("Jon", 3);
        following.follow(person(mara));
        crowd.leaves(mara);
        assertThat(whom()).isEmpty();
        assertThat(left).containsExactly("Mara");
    }

    @Test
    void says_nothing_of_others_who_leave_or_when_nobody_is_followed() {
        var mara = standing("Mara", 3);
        var jon = standing("Jon", 3);
        following.follow(person(mara));
        crowd.leaves(jon);
        following.stop();
        crowd.leaves(mara);
        assertThat(left).isEmpty();
    }

    @Test
    void ends_without_a_word_where_nobody_knows_who_is_here() {
        following.follow(person(standing("Mara", 3)));
        crowd.networkIs(false);
        crowd.time.pass(Duration.ofSeconds(31));
        crowd.people.refresh();
        assertThat(whom()).isEmpty();
        assertThat(left).isEmpty();
    }
}
