package coscribe.relay.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two people, 1 and 2, who type; 3 reads.
class DeliveriesTest {
    private final Deliveries deliveries = new Deliveries();
    private final List<String> reached = new ArrayList<>();

    @BeforeEach
    void join() {
        for (int i = 0; i < 3; i++) {
            deliveries.join();
        }
    }

    private void told(long revision, int author, long seq) {
        deliveries.told(revision, author, seq, this::reached);
    }

    private boolean has(long revision, int client, long now) {
        return deliveries.has(revision, client, now, this::reached);
    }

    private void reached(long struck, long now, boolean author) {
        reached.add(struck + " after " + (now - struck) + (author ? " saved" : ""));
    }

    @Test
    void what_was_struck_goes_with_the_next_submission_and_reaches_everybody() {
        deliveries.struck(1, 10);
        deliveries.submitted(1, 1);
        deliveries.struck(1, 20);
        deliveries.struck(1, 25);
        told(7, 1, 1);
        assertThat(has(7, 2, 13)).isFalse();
        assertThat(has(7, 1, 15)).isTrue();
        deliveries.submitted(1, 2);
        assertThat(has(7, 3, 30)).isFalse();
        assertThat(reached).containsExactly("10 after 3", "10 after 5 saved", "10 after 20");
        reached.clear();
        told(8, 1, 2);
        assertThat(has(8, 1, 40)).isTrue();
        assertThat(reached).containsExactly("20 after 20 saved", "25 after 15 saved");
    }

    @Test
    void a_submission_that_is_sent_again_is_still_the_first_one() {
        deliveries.struck(1, 10);
        deliveries.submitted(1, 1);
        deliveries.struck(1, 20);
        deliveries.submitted(1, 1);
        told(1, 1, 1);
        assertThat(has(1, 2, 30)).isFalse();
        assertThat(reached).containsExactly("10 after 20");
    }

    @Test
    void a_slow_reader_has_it_in_a_range_before_anybody_said_whose_it_is() {
        deliveries.struck(1, 10);
        deliveries.submitted(1, 1);
        assertThat(has(1, 3, 18)).isFalse();
        assertThat(reached).isEmpty();
        told(1, 1, 1);
        assertThat(reached).containsExactly("10 after 8");
        assertThat(has(1, 1, 20)).isTrue();
    }

    @Test
    void what_everybody_has_is_forgotten() {
        for (int seq = 1; seq <= 100; seq++) {
            deliveries.struck(1, seq);
            deliveries.submitted(1, seq);
            told(seq, 1, seq);
            for (int client = 1; client <= 3; client++) {
                assertThat(has(seq, client, seq)).isEqualTo(client == 1);
            }
        }
        assertThat(deliveries.underWay()).isZero();
    }

    @Test
    void nobody_waits_for_who_left() {
        deliveries.struck(1, 1);
        deliveries.submitted(1, 1);
        told(1, 1, 1);
        deliveries.leave();
        assertThat(deliveries.underWay()).isZero();
        deliveries.struck(1, 2);
        deliveries.submitted(1, 2);
        told(2, 1, 2);
        assertThat(has(2, 1, 5)).isTrue();
        assertThat(has(2, 2, 5)).isFalse();
        assertThat(deliveries.underWay()).isZero();
    }
}
