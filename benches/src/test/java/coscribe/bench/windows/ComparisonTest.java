package coscribe.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `./run` ends with.
class ComparisonTest {
    @Test
    void equal_texts_are_0() {
        var equal = new Comparison(Map.of("a window draws", "7e55", "the relay reads back", "7e55"), 12);
        assertThat(equal.exitCode()).isZero();
        assertThat(equal.told(3)).contains("7e55", "12 characters", "All texts are equal after 3 s of writing.");
    }

    @Test
    void one_that_differs_is_1() {
        var differing = new Comparison(
                Map.of("a window draws", "7e55", "its client holds", "7e55", "the relay reads back", "5cdf"), 12);
        assertThat(differing.exitCode()).isEqualTo(1);
        assertThat(differing.told(3)).contains("THE TEXTS ARE NOT EQUAL after 3 s.");
    }

    @Test
    void equal_because_nothing_was_written_is_1() {
        var empty = new Comparison(Map.of("a window draws", "5cdf", "the relay reads back", "5cdf"), 0);
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.told(3)).contains("NOTHING WAS WRITTEN");
    }
}
