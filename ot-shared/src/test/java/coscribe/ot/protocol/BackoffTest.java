package coscribe.ot.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static long[] seconds(Duration asked) {
        return IntStream.rangeClosed(1, 8)
                .mapToLong(failures -> Backoff.bound(failures, asked).toSeconds())
                .toArray();
    }

    @Test
    void the_bound_doubles_to_thirty_seconds_while_nobody_answers() {
        assertThat(seconds(Duration.ZERO)).containsExactly(1, 2, 4, 8, 16, 30, 30, 30);
    }

    @Test
    void a_relay_that_says_when_to_come_back_is_not_kept_waiting_for_long_after_that() {
        assertThat(seconds(Duration.ofSeconds(1))).containsExactly(1, 2, 4, 4, 4, 4, 4, 4);
        assertThat(seconds(Duration.ofMillis(1))).containsOnly(1);
        assertThat(seconds(Duration.ofMinutes(5))).containsExactly(1, 2, 4, 8, 16, 30, 30, 30);
    }
}
