package coscribe.ot.document;

import static coscribe.ot.kit.Notation.d;
import static coscribe.ot.kit.Notation.plain;
import static coscribe.ot.kit.Notation.t;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.kit.Gen;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    private static final String MARA = Gen.PEOPLE.getFirst();
    private static final String THREAD = Gen.THREADS.getFirst();

    /// The flaw's code, or "" where there is none.
    private static String flaw(String notation) {
        return flaw(d(notation));
    }

    private static String flaw(Delta delta) {
        return Schema.check(Change.of(delta), delta.baseLength())
                .map(Schema.Flaw::code)
                .orElse("");
    }

    private static String flaw(String notation, Text text) {
        return Schema.checkBoundaries(d(notation), text).map(Schema.Flaw::code).orElse("");
    }

    private static String flaw(ThreadEvent event) {
        return Schema.check(new Change(Delta.identity(3), List.of(event)), 3)
                .map(Schema.Flaw::code)
                .orElse("");
    }

    @Nested
    class The_ends_of_a_text {
        @Test
        void a_change_must_be_for_the_length_that_the_text_has() {
            assertThat(Schema.check(Change.of(d("+'x' @3")), 4).orElseThrow())
                    .isEqualTo(new Schema.Flaw("length", "The change is for a text of 3 units, but the text has 4."));
        }

        @Test
        void the_closing_newline_is_never_deleted() {
            assertThat(flaw("2 -1")).isEqualTo("end");
            assertThat(flaw("-3")).isEqualTo("end");
            assertThat(flaw("-2 1")).isEmpty();
        }

        @Test
        void nothing_is_inserted_behind_the_closing_newline() {
            assertThat(flaw("3 +'x'")).isEqualTo("end");
            assertThat(flaw("2 +'x' 1")).isEmpty();
        }

        @Test
        void the_closing_newline_may_be_formatted() {
            assertThat(flaw("2 1{header=1}")).isEmpty();
        }
    }

    @Nested
    class Inserted_text {
        @ParameterizedTest
        @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d", "\ude00\ude00", "\ud83d\ud83d"})
        void has_no_lone_surrogate(String text) {
            assertThat(flaw(Delta.builder().insert(text).build(1))).isEqualTo("text");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\u0000", "\u0007", "\r", "\u001b", "\u007f", "\u0080", "\u009f"})
        void has_no_control_character(String text) {
            assertThat(flaw(Delta.builder().insert("a" + text).build(1))).isEqualTo("text");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\n", "\t", "\u00a0", "\ud83d\ude00", "e\u0301", "\u200d", "\u05d0", "\u2028"})
        void may_be_anything_else(String text) {
            assertThat(flaw(Delta.builder().insert(text).build(1))).isEmpty();
        }
    }

    @Nested
    class Attributes_of_characters {
        @ParameterizedTest
        @ValueSource(
                strings = {"bold", "italic", "underline", "strike", "code", "bold=-", "link=-", "link='https://x'"})
        void may_be_set_and_cleared(String attribute) {
            assertThat(flaw("2{" + attribute + "} 1")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"bold=1", "bold='yes'", "link", "link=1", "font='x'", "font=-", "Bold", "BOLD=-"})
        void are_on_the_list_with_the_value_that_they_have_there(String attribute) {
            assertThat(flaw("2{" + attribute + "} 1")).isEqualTo("attribute");
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://x", "https://x/y?z#a", "mailto:a@b"})
        void link_to_the_web_and_to_mail(String target) {
            assertThat(flaw("+'x'{link='" + target + "'} 1")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "javascript:alert(1)",
                    "JAVASCRIPT:alert(1)",
                    "HTTP://x",
                    "file:///etc",
                    "data:text/html,x",
                    "https:x",
                    "https://",
                    "mailto:",
                    " https://x",
                    "https://x y",
                    "https://x\\ny",
                    "x",
                    "",
                    "coscribe://x"
                })
        void do_not_link_anywhere_else(String target) {
            assertThat(flaw("+'x'{link='" + target + "'} 1")).isEqualTo("attribute");
        }

        @Test
        void link_no_further_than_2048_units() {
            String start = "https://";
            assertThat(flaw("+'x'{link='" + start + "y".repeat(2_048 - start.length()) + "'} 1"))
                    .isEmpty();
            assertThat(flaw("+'x'{link='" + start + "y".repeat(2_049 - start.length()) + "'} 1"))
                    .isEqualTo("attribute");
        }

        @Test
        void anchor_comments_by_the_id_of_their_thread() {
            assertThat(flaw("2{comment:" + THREAD + "} 1")).isEmpty();
            assertThat(flaw("2{comment:" + THREAD + "=-} 1")).isEmpty();
            assertThat(flaw("2{comment:} 1")).isEqualTo("attribute");
            assertThat(flaw("2{comment:" + THREAD.substring(1) + "X} 1")).isEqualTo("attribute");
            assertThat(flaw("2{comment:" + THREAD + "='x'} 1")).isEqualTo("attribute");
        }

        @Test
        void are_named_in_the_sentence_without_what_cannot_be_printed() {
            var delta = Delta.builder()
                    .retain(1, Attributes.of("b\u00e4d\n" + "x".repeat(100), Value.TRUE))
                    .build(2);
            assertThat(Schema.check(Change.of(delta), 2).orElseThrow().sentence())
                    .startsWith("The attribute 'b?d?xxx")
                    .hasSizeLessThan(120);
        }
    }

    @Nested
    class Many_attributes_on_one_character {
        private static Attributes comments(int from, int to) {
            var all = Attributes.NONE;
            for (int i = from; i < to; i++) {
                all = all.with("comment:%032x".formatted(i), Value.TRUE);
            }
            return all;
        }

        private static String onto(Text text, Attributes set) {
            return Schema.checkBoundaries(Delta.builder().retain(1, set).build(text.length()), text)
                    .map(Schema.Flaw::code)
                    .orElse("");
        }

        @Test
        void are_256_at_most_however_they_come_together() {
            var crowded = Text.EMPTY.apply(
                    Delta.builder().insert("x", comments(0, 200)).insert("y\n").build());
            assertThat(onto(crowded, comments(200, 256))).isEmpty();
            assertThat(onto(crowded, comments(200, 257))).isEqualTo("attribute");
            assertThat(onto(crowded, comments(0, 256))).as("the same again").isEmpty();
            assertThat(flaw(Delta.builder().insert("x", comments(0, 256)).build(1)))
                    .isEmpty();
            assertThat(flaw(Delta.builder().insert("x", comments(0, 257)).build(1)))
                    .isEqualTo("attribute");
        }

        @Test
        void do_not_count_where_the_same_change_takes_others_away() {
            var crowded = Text.EMPTY.apply(
                    Delta.builder().insert("x\n", comments(0, 256)).build());
            var exchange = comments(256, 257).with("comment:" + "0".repeat(32), Value.CLEAR);
            assertThat(onto(crowded, exchange)).isEmpty();
        }
    }

    @Nested
    class The_author {
        @Test
        void is_stamped_on_inserted_text_by_id() {
            assertThat(flaw("+'x'{author='" + MARA + "'} 1")).isEmpty();
            assertThat(flaw("+'x'{author='mara'} 1")).isEqualTo("attribute");
            assertThat(flaw("+'x'{author} 1")).isEqualTo("attribute");
        }

        @Test
        void of_existing_text_is_neither_set_nor_cleared() {
            assertThat(flaw("2{author='" + MARA + "'} 1")).isEqualTo("author");
            assertThat(flaw("2{author=-} 1")).isEqualTo("author");
        }

        @Test
        void of_everything_inserted_can_be_asked_for() {
            assertThat(Schema.stamps(d("+'x'{author='a'} 1 +'y'{author='b',bold} 1 +'z'{author='a'}")))
                    .containsExactlyInAnyOrder("a", "b");
            assertThat(Schema.stamps(d("+'x' 1"))).containsExactly("");
            assertThat(Schema.stamps(d("-2 1{bold}"))).isEmpty();
        }
    }

    @Nested
    class Attributes_of_paragraphs {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "header=1",
                    "header=4",
                    "list='bullet'",
                    "list='ordered'",
                    "list='check',checked",
                    "indent=1",
                    "indent=5",
                    "quote",
                    "code-block",
                    "align='center'",
                    "align='right'",
                    "align='justify'"
                })
        void stand_on_newlines(String attribute) {
            assertThat(flaw("+'\\n'{" + attribute + "} 1")).isEmpty();
            assertThat(flaw("2 1{" + attribute + "}")).isEmpty();
            assertThat(flaw("2 1{" + attribute + "}", plain("ab\n"))).isEmpty();
        }

        @Test
        void do_not_stand_on_other_text() {
            assertThat(flaw("+'x'{header=1} 1")).isEqualTo("attribute");
            assertThat(flaw("+'\\nx'{quote} 1")).isEqualTo("attribute");
            assertThat(flaw("1 2{header=1}", plain("ab\n"))).isEqualTo("attribute");
        }

        @Test
        void may_be_cleared_anywhere() {
            assertThat(flaw("3{header=-,list=-}")).isEmpty();
            assertThat(flaw("3{header=-,list=-}", plain("ab\n"))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "header=0",
                    "header=5",
                    "header",
                    "indent=0",
                    "indent=6",
                    "list='roman'",
                    "align='left'",
                    "checked=1"
                })
        void have_no_other_values(String attribute) {
            assertThat(flaw("+'\\n'{" + attribute + "} 1")).isEqualTo("attribute");
        }
    }

    @Nested
    class Images_and_dividers {
        private static final String BLOB = "0123456789abcdef".repeat(4);

        @Test
        void are_one_character_of_their_own() {
            assertThat(flaw("+'\\ufffc'{divider} 1")).isEmpty();
            assertThat(flaw("+'\\ufffc'{image='" + BLOB + "',width=10,height=20,alt='a cat'} 1"))
                    .isEmpty();
            assertThat(flaw("+'\\ufffc' 1")).isEqualTo("embed");
            assertThat(flaw("+'x'{divider} 1")).isEqualTo("embed");
            assertThat(flaw("+'\\ufffcx'{divider} 1")).isEqualTo("embed");
        }

        @Test
        void are_not_both() {
            assertThat(flaw("+'\\ufffc'{divider,image='" + BLOB + "'} 1")).isEqualTo("attribute");
        }

        @Test
        void are_not_made_of_existing_text() {
            assertThat(flaw("1{divider} 1")).isEqualTo("attribute");
            assertThat(flaw("1{image='" + BLOB + "'} 1")).isEqualTo("attribute");
            assertThat(flaw("1{image=-} 1")).isEqualTo("attribute");
        }

        @Test
        void alone_have_size_and_description() {
            assertThat(flaw("+'x'{width=1} 1")).isEqualTo("attribute");
            assertThat(flaw("+'\\ufffc'{divider,alt='x'} 1")).isEqualTo("attribute");
            var text = t("+'\\ufffc'{image='" + BLOB + "'} +'x\\n'");
            assertThat(flaw("1{alt='a cat'} 2", text)).isEmpty();
            assertThat(flaw("1 1{alt='a cat'} 1", text)).isEqualTo("attribute");
        }

        @Test
        void are_of_a_size_that_can_be_shown() {
            assertThat(flaw("1{width=100000} 1")).isEmpty();
            assertThat(flaw("1{width=100001} 1")).isEqualTo("attribute");
            assertThat(flaw("1{height=0} 1")).isEqualTo("attribute");
            assertThat(flaw("1{alt='" + "x".repeat(1_000) + "'} 1")).isEmpty();
            assertThat(flaw("1{alt='" + "x".repeat(1_001) + "'} 1")).isEqualTo("attribute");
            assertThat(flaw("1{alt='\\ud83d'} 1")).isEqualTo("attribute");
        }

        @Test
        void are_named_by_the_hash_of_their_bytes() {
            assertThat(flaw("+'\\ufffc'{image='https://x'} 1")).isEqualTo("attribute");
            assertThat(flaw("+'\\ufffc'{image='" + BLOB.toUpperCase(Locale.ROOT) + "'} 1"))
                    .isEqualTo("attribute");
        }
    }

    @Nested
    class Surrogate_pairs {
        private static final Text FACE = plain("a\ud83d\ude00b\n");

        @ParameterizedTest
        @ValueSource(strings = {"2 +'x' 3", "2 -1 2", "1 -1 3", "2{bold} 3", "2 2{bold} 1", "-2 3"})
        void are_not_cut(String notation) {
            assertThat(flaw(notation, FACE)).isEqualTo("surrogate");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1 +'x' 4", "1 -2 2", "3 -1 1", "1 2{bold} 2", "-4 1", "5{bold}", "5"})
        void are_kept_or_taken_whole(String notation) {
            assertThat(flaw(notation, FACE)).isEmpty();
        }
    }

    @Nested
    class Comment_events {
        @Test
        void name_thread_comment_and_author_by_id() {
            assertThat(flaw(new ThreadEvent.Opened(THREAD, "3".repeat(32), MARA, 0, "why?")))
                    .isEmpty();
            assertThat(flaw(new ThreadEvent.Opened("x", "3".repeat(32), MARA, 0, "why?")))
                    .isEqualTo("comment");
            assertThat(flaw(new ThreadEvent.Replied(THREAD, "3", MARA, 0, "why?")))
                    .isEqualTo("comment");
            assertThat(flaw(new ThreadEvent.Edited(THREAD, "3".repeat(32), "mara", 0, "why?")))
                    .isEqualTo("comment");
            assertThat(flaw(new ThreadEvent.Resolved(THREAD, "", 0))).isEqualTo("comment");
            assertThat(flaw(new ThreadEvent.Reopened(THREAD, MARA, 0))).isEmpty();
            assertThat(flaw(new ThreadEvent.Deleted("", MARA, 0))).isEqualTo("comment");
        }

        @Test
        void do_not_come_from_before_1970() {
            assertThat(flaw(new ThreadEvent.Resolved(THREAD, MARA, -1))).isEqualTo("comment");
        }

        @Test
        void hold_well_formed_text_of_at_most_10000_units() {
            assertThat(flaw(new ThreadEvent.Replied(THREAD, "3".repeat(32), MARA, 0, "x".repeat(10_000))))
                    .isEmpty();
            assertThat(flaw(new ThreadEvent.Replied(THREAD, "3".repeat(32), MARA, 0, "x".repeat(10_001))))
                    .isEqualTo("comment");
            assertThat(flaw(new ThreadEvent.Edited(THREAD, "3".repeat(32), MARA, 0, "\ud83d")))
                    .isEqualTo("comment");
            assertThat(flaw(new ThreadEvent.Opened(THREAD, "3".repeat(32), MARA, 0, "\u0000")))
                    .isEqualTo("comment");
        }
    }

    @Nested
    class A_commenter {
        @Test
        void may_set_and_clear_anchors() {
            assertThat(Schema.onlyComments(d("1 1{comment:" + THREAD + "} 1{comment:" + THREAD + "=-}")))
                    .isTrue();
            assertThat(Schema.onlyComments(Delta.identity(3))).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"+'x' 1", "-1 1", "1{bold} 1", "1{comment:1,bold} 1", "1{comment:1} -1 1"})
        void may_do_nothing_else_to_the_text(String notation) {
            assertThat(Schema.onlyComments(d(notation))).isFalse();
        }
    }
}
