package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Text;
import org.junit.jupiter.api.Test;

class HeadingsTest {
    private final DeltaBuilder written = Delta.builder();

    private HeadingsTest heading(String words) {
        written.insert(words).insert("\n", Attributes.of("header", Value.of(2)));
        return this;
    }

    private HeadingsTest body(String words) {
        written.insert(words + "\n");
        return this;
    }

    private Text text() {
        return Text.EMPTY.apply(written.build());
    }

    @Test
    void tell_the_nearest_one_at_a_place_or_before_it() {
        var text = body("Preface")
                .heading("Goals")
                .body("One")
                .heading("Budget")
                .body("Two")
                .text();
        assertThat(Headings.above(text, 3)).isEmpty();
        assertThat(Headings.above(text, 8)).contains("Goals");
        assertThat(Headings.above(text, 13)).as("at its end").contains("Goals");
        assertThat(Headings.above(text, 15)).contains("Goals");
        assertThat(Headings.above(text, 18)).contains("Budget");
        assertThat(Headings.above(text, text.length() - 1)).contains("Budget");
    }

    @Test
    void are_passed_by_where_they_have_no_words() {
        var text = heading("Goals")
                .body("One")
                .heading("")
                .heading("  ")
                .body("Two")
                .text();
        assertThat(Headings.above(text, text.length() - 2)).contains("Goals");
    }

    @Test
    void are_found_from_far_away() {
        var text = heading("Far")
                .body("x".repeat(100_000))
                .body("y\n".repeat(20_000))
                .text();
        assertThat(Headings.above(text, text.length() - 1)).contains("Far");
    }

    @Test
    void are_told_in_one_short_line() {
        var text = heading("A heading with  a tab\tand so many words that nobody reads them all")
                .text();
        assertThat(Headings.above(text, 0)).contains("A heading with a tab and so many words t\u2026");
        var emoji = new HeadingsTest().heading("\ud83c\udf31".repeat(30)).text();
        assertThat(Headings.above(emoji, 0)).contains("\ud83c\udf31".repeat(20) + "\u2026");
    }
}
