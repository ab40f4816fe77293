package coscribe.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `./run` ends with.
class ComparisonTest {
    private static final Map<String, String> EQUAL = Map.of("a window draws", "7e55", "the relay reads back", "7e55");

    @Test
    void equal_texts_are_0() {
        var equal = new Comparison(EQUAL, Map.of("Mara", 1_012));
        assertThat(equal.exitCode()).isZero();
        assertThat(equal.told(3)).contains("7e55", "1,012 are Mara's", "All texts are equal after 3 s of writing.");
    }

    @Test
    void one_that_differs_is_1() {
        var differing = new Comparison(
                Map.of("a window draws", "7e55", "its client holds", "7e55", "the relay reads back", "5cdf"),
                Map.of("Mara", 12, "Jon", 5));
        assertThat(differing.exitCode()).isEqualTo(1);
        assertThat(differing.told(3)).contains("THE TEXTS ARE NOT EQUAL after 3 s.");
    }

    @Test
    void equal_where_one_of_two_wrote_nothing_is_1() {
        var alone = new Comparison(EQUAL, Map.of("Mara", 12, "Jon", 0));
        assertThat(alone.exitCode()).isEqualTo(1);
        assertThat(alone.told(3)).contains("NOTHING WAS WRITTEN BY Jon");
    }
}
