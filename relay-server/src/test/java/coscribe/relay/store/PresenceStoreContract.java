package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What every {@link PresenceStore} must do.
public abstract class PresenceStoreContract {
    private static final AtomicLong CONTRACTS = new AtomicLong();
    private final RandomGenerator random = new SplittableRandom(77_000_000 + CONTRACTS.incrementAndGet());
    private final DocumentId document = DocumentId.random(random);
    private final ClientId mara = ClientId.random(random);
    private final ClientId jon = ClientId.random(random);

    protected abstract PresenceStore presence();

    /// Lets so much time pass, by the store's clock.
    protected abstract void elapse(Duration duration);

    /// How long a record lives: 30 s, or less where the store runs on a real clock.
    protected abstract Duration timeToLive();

    private Map<String, String> present(DocumentId where) {
        var texts = new HashMap<String, String>();
        await(presence().present(where))
                .forEach((client, bytes) -> texts.put(client.hex(), new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @CanIgnoreReturnValue
    private static <T> T await(CompletionStage<T> stage) {
        return DocumentStoreFixture.await(stage);
    }

    @Test
    void nobody_is_in_a_document_at_first() {
        assertThat(present(document)).isEmpty();
    }

    @Test
    void who_was_renewed_is_present_with_the_newest_record() {
        await(presence().renew(document, Map.of(mara, utf8("m1"), jon, utf8("j1"))));
        await(presence().renew(document, Map.of(mara, utf8("m2"))));
        assertThat(present(document)).isEqualTo(Map.of(mara.hex(), "m2", jon.hex(), "j1"));
    }

    @Test
    void renewing_nobody_changes_nothing() {
        await(presence().renew(document, Map.of()));
        assertThat(present(document)).isEmpty();
    }

    @Test
    void who_left_is_gone_and_may_leave_twice() {
        await(presence().renew(document, Map.of(mara, utf8("m"), jon, utf8("j"))));
        await(presence().remove(document, mara));
        await(presence().remove(document, mara));
        assertThat(present(document)).isEqualTo(Map.of(jon.hex(), "j"));
    }

    @Test
    void documents_are_kept_apart() {
        await(presence().renew(document, Map.of(mara, utf8("m"))));
        assertThat(present(DocumentId.random(random))).isEmpty();
    }

    @Test
    void who_is_not_renewed_vanishes_and_who_is_renewed_stays() {
        await(presence().renew(document, Map.of(mara, utf8("m"), jon, utf8("j"))));
        elapse(timeToLive().multipliedBy(2).dividedBy(3));
        await(presence().renew(document, Map.of(jon, utf8("j"))));
        assertThat(present(document)).containsKey(jon.hex());
        elapse(timeToLive().multipliedBy(2).dividedBy(3));
        await(presence().renew(document, Map.of(jon, utf8("j"))));
        assertThat(present(document)).isEqualTo(Map.of(jon.hex(), "j"));
        elapse(timeToLive());
        assertThat(present(document)).isEmpty();
    }

    // --- how people look

    private static final PaletteSlot WISH = new PaletteSlot(7, 3);

    private PaletteSlot seat(PersonId person, PersonId... here) {
        return await(presence().seat(document, person, WISH, Set.of(here), timeToLive()));
    }

    private PersonId somebody() {
        return PersonId.random(random);
    }

    @Test
    void the_first_to_come_looks_as_they_wish() {
        assertThat(seat(somebody())).isEqualTo(WISH);
    }

    @Test
    void who_comes_again_looks_as_before_whatever_they_wish() {
        var person = somebody();
        var first = seat(person);
        assertThat(await(presence().seat(document, person, new PaletteSlot(1, 1), Set.of(), timeToLive())))
                .isEqualTo(first);
    }

    @Test
    void the_first_eight_have_colours_of_their_own_and_32_differ() {
        var seats = new ArrayList<PaletteSlot>();
        var here = new ArrayList<PersonId>();
        for (int i = 0; i < 32; i++) {
            var person = somebody();
            seats.add(seat(person, here.toArray(PersonId[]::new)));
            here.add(person);
        }
        assertThat(seats.subList(0, 8).stream().map(PaletteSlot::colour)).containsExactly(7, 0, 1, 2, 3, 4, 5, 6);
        assertThat(seats).doesNotHaveDuplicates();
        assertThat(seat(somebody(), here.toArray(PersonId[]::new))).isEqualTo(WISH);
    }

    @Test
    void who_is_here_counts_before_all_who_are_away() {
        for (int i = 0; i < 7; i++) {
            var _ = seat(somebody());
        }
        var away = somebody();
        var here = somebody();
        assertThat(seat(here).colour()).isEqualTo(6);
        var _ = seat(away, here);
        assertThat(seat(somebody(), here).colour()).isNotEqualTo(6);
    }

    @Test
    void a_look_is_kept_for_its_time_after_the_person_was_last_seen() {
        var person = somebody();
        var _ = seat(person);
        elapse(timeToLive().multipliedBy(2).dividedBy(3));
        var _ = seat(person);
        elapse(timeToLive().multipliedBy(2).dividedBy(3));
        assertThat(seat(somebody())).isNotEqualTo(WISH);
        elapse(timeToLive().multipliedBy(2));
        assertThat(seat(somebody())).isEqualTo(WISH);
    }

    @Test
    void who_is_here_loses_no_look_to_time() {
        var person = somebody();
        var _ = seat(person);
        elapse(timeToLive().multipliedBy(4).dividedBy(3));
        assertThat(seat(somebody(), person)).isNotEqualTo(WISH);
        assertThat(seat(person)).isEqualTo(WISH);
    }

    @Test
    void looks_of_other_documents_do_not_count() {
        var _ = seat(somebody());
        assertThat(await(presence().seat(DocumentId.random(random), somebody(), WISH, Set.of(), timeToLive())))
                .isEqualTo(WISH);
    }
}
