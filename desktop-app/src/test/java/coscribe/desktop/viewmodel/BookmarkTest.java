package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BookmarkTest {
    private static final String PLAN = "Plan\nThe beds wait for March.\nThe wall needs lime.\n\nThe key is with Jon.";

    private static Text text(String plain) {
        return Document.EMPTY
                .apply(Change.of(Delta.builder().insert(plain).build(1)))
                .text();
    }

    private static int at(String words) {
        return PLAN.indexOf(words);
    }

    /// Where somebody is in `later` who was in front of `words` in the plan.
    private static int found(String words, String later) {
        var noted = Bookmark.of(text(PLAN), at(words), 0, 0).written();
        return Bookmark.read(noted).orElseThrow().caret().in(text(later));
    }

    @Test
    void it_is_read_as_it_was_written_and_holds_no_word_of_the_text() {
        var mark = Bookmark.of(text(PLAN), at("lime"), at("The wall"), -7.4);
        assertThat(mark.written()).matches("-?[0-9]+( -?[0-9]+){6}");
        assertThat(Bookmark.read(mark.written())).contains(mark);
        assertThat(mark.above()).isEqualTo(-7);
        assertThat(mark.top().in(text(PLAN))).isEqualTo(at("The wall"));
        assertThat(mark.caret().in(text(PLAN))).isEqualTo(at("lime"));
    }

    @Test
    void what_nobody_wrote_here_is_none() {
        for (String other :
                new String[] {"", "1", "1 2 3 4 5 6", "1 2 3 4 5 6 x", "-1 2 3 4 5 6 7", "1 2 3 4 5 6 7 8"}) {
            assertThat(Bookmark.read(other)).as(other).isEmpty();
        }
    }

    @Nested
    class in_a_text_that_was_changed_meanwhile {
        @Test
        void the_words_are_found_where_they_are_now() {
            String later = "A new line above.\n" + PLAN;
            assertThat(found("lime", later)).isEqualTo(later.indexOf("lime"));
            assertThat(found("lime", "The wall needs lime.")).isEqualTo("The wall needs ".length());
        }

        @Test
        void of_two_places_with_the_same_words_it_is_the_nearer_one() {
            String line = "The wall needs lime.\n";
            String later = line + "\n".repeat(at("The wall") + 8 - line.length()) + line + "The end";
            assertThat(found("lime", later)).isEqualTo(later.lastIndexOf("lime"));
        }

        @Test
        void where_the_words_are_no_more_it_is_as_far_from_the_beginning_as_before() {
            assertThat(found("lime", PLAN.replace("needs", "wants"))).isEqualTo(at("lime"));
            assertThat(found("\nThe key", PLAN + "\n\n"))
                    .as("an empty line has no words")
                    .isEqualTo(at("\nThe key"));
        }

        @Test
        void a_shorter_text_has_its_end() {
            assertThat(found("lime", "Gone")).isEqualTo(4);
            assertThat(found("lime", "")).isZero();
        }
    }
}
