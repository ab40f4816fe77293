package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.DocumentId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastEndTest {
    private static final DocumentId PLAN = new DocumentId("a1".repeat(16));
    private static final DocumentId LIST = new DocumentId("b2".repeat(16));

    @TempDir
    Path data;

    @Test
    void behind_an_unexpected_end_each_document_tells_once_what_was_left() {
        assertThat(LastEnd.begin(data).left(PLAN)).as("the first start ever").isFalse();
        var later = LastEnd.begin(data); // the first never ended
        assertThat(later.left(PLAN)).isTrue();
        assertThat(later.left(PLAN)).as("what is unsent now was typed since").isFalse();
        assertThat(later.left(LIST)).isTrue();
    }

    @Test
    void behind_a_proper_end_nothing_was_left() {
        LastEnd.begin(data).end();
        assertThat(LastEnd.begin(data).left(PLAN)).isFalse();
    }
}
