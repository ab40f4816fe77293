package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.PersonId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// In virtual time.
class AuthorshipTest {
    private final Crowd crowd = new Crowd("Nobody's\n");
    private final EditorModel model = new EditorModel(crowd.client, crowd.time);
    private final Authorship authorship = new Authorship(model, crowd.time, Runnable::run);

    private void passes() {
        crowd.time.pass(Duration.ofSeconds(1));
    }

    private PersonId person(ClientId device) {
        return crowd.find(device).person().id();
    }

    @Test
    void is_looked_for_only_while_somebody_wants_to_know() {
        crowd.iType(0, "mine ");
        passes();
        assertThat(authorship.authors().get()).isEmpty();
        authorship.wanted().set(true);
        passes();
        assertThat(authorship.authors().get()).containsExactly(Crowd.ME);
        authorship.wanted().set(false);
        var jon = crowd.joins("Jon");
        crowd.types(jon, 0, "his");
        passes();
        assertThat(authorship.authors().get()).containsExactly(Crowd.ME);
    }

    @Test
    void names_who_wrote_most_first_and_who_has_words_left() {
        authorship.wanted().set(true);
        var jon = crowd.joins("Jon");
        var mara = crowd.joins("Mara");
        crowd.types(jon, 0, "many words ");
        crowd.types(mara, 0, "few ");
        crowd.iType(0, "a ");
        passes();
        assertThat(authorship.authors().get()).containsExactly(person(jon), person(mara), Crowd.ME);
        crowd.deletes(mara, 2, 6);
        crowd.types(mara, 0, "\n\n\n\n");
        passes();
        assertThat(authorship.authors().get())
                .as("lines without words are nobody's")
                .containsExactly(person(jon), Crowd.ME);
    }

    @Test
    void follows_the_caret_and_what_comes_in_there() {
        authorship.wanted().set(true);
        var jon = crowd.joins("Jon");
        crowd.types(jon, 0, "his");
        assertThat(authorship.atCaret().get())
                .as("at the beginning of a line: behind it")
                .contains(person(jon));
        var done = crowd.client.run(it -> model.select(Caret.at(3)));
        crowd.time.settle();
        done.join();
        assertThat(authorship.atCaret().get()).contains(person(jon));
        var typed = crowd.client.run(it -> model.type("mine"));
        crowd.time.settle();
        typed.join();
        assertThat(authorship.atCaret().get()).contains(Crowd.ME);
        assertThat(authorship.at(0)).contains(person(jon));
        assertThat(authorship.at(9)).isEmpty();
        assertThat(authorship.at(10_000)).isEmpty();
    }
}
