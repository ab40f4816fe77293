package coscribe.bench.editor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// What ends the hour of typing before its time.
class EditorMainTest {
    @Test
    void a_heap_that_grew_by_as_much_as_it_must_not_ends_the_run() {
        assertThatCode(() -> EditorMain.requireLess(-1_000, 5_000_000)).doesNotThrowAnyException();
        assertThatCode(() -> EditorMain.requireLess(4_999_999, 5_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> EditorMain.requireLess(5_000_000, 5_000_000))
                .hasMessage("the heap grew by 5.0 MB, and must by less than 5.0");
    }
}
