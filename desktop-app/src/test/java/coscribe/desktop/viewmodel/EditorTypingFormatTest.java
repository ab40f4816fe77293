package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.export.ListKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EditorTypingFormatTest {
    private static final String COMMENT = Schema.COMMENT_PREFIX + "0c".repeat(16);

    private final Seat mara = new Seat();

    private boolean has(int position, String attribute) {
        return mara.text().attributesAt(position).has(attribute);
    }

    private static Optional<String> link(Seat seat, int position) {
        return seat.text().attributesAt(position).get("link").map(it -> ((Value.Text) it).text());
    }

    @Test
    void a_style_asked_for_outlasts_a_slip_of_the_finger() {
        mara.does(it -> it.toggle(InlineStyle.BOLD));
        mara.types("x");
        mara.does(EditorModel::backspace);
        mara.types("so");
        assertThat(has(0, "bold")).isTrue();
    }

    @Test
    void a_style_goes_on_behind_enter_and_code_does_not() {
        mara.does(it -> it.toggle(InlineStyle.BOLD));
        mara.does(it -> it.toggle(InlineStyle.CODE));
        mara.types("a\nb");
        assertThat(has(0, "code")).isTrue();
        assertThat(has(2, "bold")).isTrue();
        assertThat(has(2, "code")).isFalse();
    }

    @Test
    void a_heading_s_style_ends_with_it() {
        mara.types("# ");
        mara.does(it -> it.toggle(InlineStyle.ITALIC));
        mara.types("a\nb");
        assertThat(has(0, "italic")).isTrue();
        assertThat(has(2, "italic")).isFalse();
    }

    @Test
    void a_style_asked_for_outlasts_a_typing_aid() {
        mara.does(it -> it.toggle(InlineStyle.ITALIC));
        mara.types("# a **b** c");
        assertThat(mara.seen()).isEqualTo("a b c|");
        assertThat(has(0, "italic")).isTrue();
        assertThat(has(4, "italic")).isTrue();
        assertThat(has(4, "bold")).isFalse();
    }

    @Test
    void at_the_beginning_of_a_paragraph_it_is_that_of_the_first_character() {
        mara.types("a\n**b**");
        mara.selects(2, 2);
        mara.types("c");
        assertThat(has(2, "bold")).isTrue();
    }

    @Test
    void over_a_selection_it_is_that_of_the_first_selected_character_without_its_link() {
        mara.types("one two");
        mara.selects(4, 7);
        mara.does(it -> it.toggle(InlineStyle.BOLD));
        mara.does(it -> it.link(Optional.of("example.org")));
        mara.types("x");
        assertThat(mara.seen()).isEqualTo("one x|");
        assertThat(has(4, "bold")).isTrue();
        assertThat(has(4, "link")).isFalse();
    }

    @Test
    void a_comment_does_not_grow_with_what_is_typed_in_it() {
        mara.types("said");
        mara.jonFormats(0, 4, Attributes.of(COMMENT, Value.TRUE));
        mara.selects(2, 2);
        mara.types("x");
        assertThat(mara.text().plain()).isEqualTo("saxid\n");
        assertThat(has(1, COMMENT)).isTrue();
        assertThat(has(2, COMMENT)).isFalse();
    }

    @Test
    void clearing_takes_characters_plain_and_a_paragraph_only_where_it_is_selected_whole() {
        mara.types("# **a** b");
        mara.selects(0, 1);
        mara.does(EditorModel::clearFormatting);
        assertThat(has(0, "bold")).isFalse();
        assertThat(mara.paragraph(0).heading()).isEqualTo(1);
        mara.selects(0, 3);
        mara.does(EditorModel::clearFormatting);
        assertThat(mara.paragraph(0).isBody()).isTrue();
    }

    @Test
    void a_toolbar_sees_what_all_selected_characters_have() {
        mara.types("**ab** cd");
        mara.selects(0, 2);
        assertThat(mara.model.formattingProperty().get().styles()).containsExactly(InlineStyle.BOLD);
        mara.selects(1, 4);
        assertThat(mara.model.formattingProperty().get().styles()).isEmpty();
        mara.does(it -> it.toggle(InlineStyle.BOLD));
        assertThat(has(3, "bold")).isTrue();
        mara.does(it -> it.toggle(InlineStyle.BOLD));
        assertThat(has(1, "bold")).isFalse();
        assertThat(has(0, "bold")).isTrue();
    }

    @Test
    void an_item_of_a_list_becomes_one_to_tick() {
        mara.types("- [] house\n");
        assertThat(mara.seen()).isEqualTo("house\n|");
        assertThat(mara.paragraph(0).list()).contains(ListKind.CHECK);
        mara.types("- x");
        assertThat(mara.text().plain()).as("other marks are text in a list").isEqualTo("house\n- x\n");
        var jon = new Seat();
        jon.types("# [] x");
        assertThat(jon.text().plain()).as("and all are in a heading").isEqualTo("[] x\n");
    }

    @Test
    void an_address_becomes_a_link_once_it_is_written() {
        mara.types("see (https://example.org/a_(b)?c=d), www.example.org. Or");
        assertThat(link(mara, 5)).contains("https://example.org/a_(b)?c=d");
        assertThat(link(mara, 34)).isEmpty();
        assertThat(link(mara, 37)).contains("https://www.example.org");
        assertThat(link(mara, 52)).as("not the full stop").isEmpty();
        assertThat(has(55, "link")).isFalse();
    }

    @Test
    void enter_ends_an_address_too_and_one_undo_takes_only_the_link_away() {
        mara.types("https://example.org\n");
        assertThat(mara.seen()).isEqualTo("https://example.org\n|");
        assertThat(link(mara, 0)).contains("https://example.org");
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).as("with what changed selected").isEqualTo("[https://example.org]\n");
        assertThat(link(mara, 0)).isEmpty();
    }

    @Test
    void no_link_is_made_of_code_of_mere_words_or_of_what_is_one_already() {
        mara.types("e.g. a/b.c `https://example.org` x");
        for (int at = 0; at < mara.text().length() - 1; at++) {
            assertThat(has(at, "link"))
                    .as("at %d of %s", at, mara.text().plain())
                    .isFalse();
        }
        var jon = new Seat();
        jon.types("www.a.org");
        jon.selects(0, 9);
        jon.does(it -> it.link(Optional.of("https://b.org")));
        jon.selects(9, 9);
        jon.types(" ");
        assertThat(link(jon, 0)).contains("https://b.org");
    }
}
