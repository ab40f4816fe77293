package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EditorTypingFormatTest {
    private static final String COMMENT = Schema.COMMENT_PREFIX + "0c".repeat(16);

    private final Seat mara = new Seat();

    private boolean has(int position, String attribute) {
        return mara.text().attributesAt(position).has(attribute);
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
}
