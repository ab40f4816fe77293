package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A bound of two seconds, of which the last half second is kept for what is under way.
class UnconfirmedTest {
    /// Any clock may begin anywhere.
    private long now = Long.MAX_VALUE - 1_000_000_000;

    private final Unconfirmed unconfirmed = new Unconfirmed(Duration.ofSeconds(2), () -> now);

    private void pass(long millis) {
        now += millis * 1_000_000;
    }

    private void nothingIsTold() {
        assertThatThrownBy(unconfirmed::tell)
                .isInstanceOf(StoreUnsafeException.class)
                .hasMessageContaining("no more than 2 seconds");
    }

    @Test
    void nothing_told_is_at_risk_for_no_time() {
        pass(100_000);
        assertThat(unconfirmed.doubt()).isEmpty();
        assertThat(unconfirmed.isSomething()).isFalse();
    }

    @Test
    void nothing_is_begun_a_margin_before_nothing_is_told() {
        unconfirmed.tell();
        pass(1_500);
        assertThat(unconfirmed.doubt()).isEmpty();
        pass(1);
        assertThat(unconfirmed.doubt()).isPresent();
        unconfirmed.tell();
        pass(499);
        unconfirmed.tell();
        pass(1);
        nothingIsTold();
    }

    @Test
    void what_was_told_before_the_question_is_covered_by_its_answer_and_what_was_told_since_is_not() {
        unconfirmed.tell();
        pass(1_000);
        unconfirmed.asking();
        pass(100);
        unconfirmed.tell();
        pass(300);
        unconfirmed.answered(Optional.empty());
        assertThat(unconfirmed.isSomething()).isTrue();
        pass(1_200);
        assertThat(unconfirmed.doubt()).isEmpty();
        pass(1);
        assertThat(unconfirmed.doubt()).isPresent();
        unconfirmed.asking();
        unconfirmed.answered(Optional.empty());
        assertThat(unconfirmed.doubt()).isEmpty();
        assertThat(unconfirmed.isSomething()).isFalse();
    }

    @Test
    void a_question_that_was_not_answered_leaves_the_oldest() {
        unconfirmed.tell();
        pass(1_000);
        unconfirmed.asking();
        unconfirmed.tell();
        unconfirmed.answered(Optional.of("0 of 1 replicas"));
        pass(1_001);
        nothingIsTold();
        assertThat(unconfirmed.doubt()).get().asString().endsWith(" Last heard: 0 of 1 replicas.");
        unconfirmed.asking();
        nothingIsTold();
        unconfirmed.answered(Optional.empty());
        unconfirmed.tell();
    }
}
