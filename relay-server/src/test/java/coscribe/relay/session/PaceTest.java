package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.PersonId;
import coscribe.relay.session.Pace.Turn.After;
import coscribe.relay.session.Pace.Turn.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The laws of a bucket, on a clock of the test's.
class PaceTest {
    private static final int AT_ONCE = 10;
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final SplittableRandom RANDOM = new SplittableRandom(7);

    private Instant now = Instant.parse("2026-11-24T09:00:00Z");
    private final Pace pace = new Pace(() -> now, AT_ONCE, EVERY);
    private final PersonId mara = PersonId.random(RANDOM);
    private final PersonId jon = PersonId.random(RANDOM);

    private record Passed(Instant at, long cost) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void in_no_stretch_of_time_does_more_pass_than_the_bucket_holds_and_what_ran_in_meanwhile(long seed) {
        var random = new SplittableRandom(seed);
        var passed = new ArrayList<Passed>();
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            now = now.plusMillis(random.nextInt(100) < 3 ? random.nextLong(3_000) : random.nextLong(150));
            long cost = random.nextLong(4);
            switch (pace.take(mara, cost)) {
                case After(var wait) -> {
                    assertThat(wait).isBetween(Duration.ZERO, Pace.PATIENCE);
                    passed.add(new Passed(now.plus(wait), cost));
                }
                case Refused(var wait) -> {
                    refused++;
                    assertThat(wait).isGreaterThan(Pace.PATIENCE);
                }
            }
        }
        assertThat(refused)
                .as("a history in which nobody is refused shows little")
                .isPositive();
        for (int from = 0; from < passed.size(); from++) {
            long sum = 0;
            for (int to = from; to < Math.min(passed.size(), from + 200); to++) {
                sum += passed.get(to).cost();
                var stretch =
                        Duration.between(passed.get(from).at(), passed.get(to).at());
                assertThat(sum * EVERY.toMillis()).isLessThanOrEqualTo(AT_ONCE * EVERY.toMillis() + stretch.toMillis());
            }
        }
    }

    @Test
    void what_is_refused_costs_nothing() {
        while (pace.take(mara) instanceof After) {}
        for (int i = 0; i < 1_000; i++) {
            assertThat(pace.take(mara)).isInstanceOf(Refused.class);
        }
        now = now.plus(EVERY);
        assertThat(pace.take(mara)).isEqualTo(new After(Pace.PATIENCE));
    }

    @Test
    void whoever_comes_back_when_told_is_let_through() {
        while (pace.take(mara) instanceof After) {}
        now = now.plus(((Refused) pace.take(mara)).retryAfter());
        assertThat(pace.take(mara)).isInstanceOf(After.class);
    }

    @Test
    void nobody_pays_for_somebody_else() {
        while (pace.take(mara) instanceof After) {}
        assertThat(pace.take(jon)).isEqualTo(new After(Duration.ZERO));
    }

    @Test
    void one_thing_never_costs_more_than_all_that_may_be_asked_for_at_once() {
        assertThat(pace.take(mara, 1_000_000)).isEqualTo(new After(Duration.ZERO));
        assertThat(pace.take(mara, 1)).isEqualTo(new After(EVERY));
    }

    @Test
    void a_clock_that_is_set_back_makes_nobody_wait_for_hours() {
        while (pace.take(mara) instanceof After) {}
        now = now.minus(Duration.ofHours(3));
        assertThat(pace.take(mara)).isEqualTo(new Refused(Pace.PATIENCE.plus(EVERY)));
        now = now.plus(EVERY);
        assertThat(pace.take(mara)).isInstanceOf(After.class);
    }

    @Test
    void whoever_asks_for_nothing_is_forgotten() {
        for (int i = 0; i < 50_000; i++) {
            now = now.plus(EVERY);
            var _ = pace.take(PersonId.random(RANDOM));
        }
        assertThat(pace.remembered()).isLessThanOrEqualTo(10_000);
    }
}
