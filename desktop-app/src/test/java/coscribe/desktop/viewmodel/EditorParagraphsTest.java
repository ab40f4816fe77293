package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.export.Alignment;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EditorParagraphsTest {
    private final Seat mara = new Seat();

    @Nested
    class Enter {
        @Test
        void at_the_beginning_of_a_ticked_item_opens_an_unticked_one_above() {
            mara.types("[x] milk");
            mara.selects(0, 0);
            mara.types("\n");
            assertThat(mara.paragraph(0).list()).contains(ListKind.CHECK);
            assertThat(mara.paragraph(0).checked()).isFalse();
            assertThat(mara.paragraph(1).checked()).isTrue();
        }

        @Test
        void in_a_quote_goes_on_and_in_an_empty_one_leaves_it() {
            mara.types("> said\nmore\n\nbody");
            assertThat(mara.paragraph(1).quote()).isTrue();
            assertThat(mara.paragraph(2).isBody()).isTrue();
            assertThat(mara.seen()).isEqualTo("said\nmore\nbody|");
        }

        @Test
        void keeps_indent_and_alignment() {
            mara.types("a");
            mara.does(EditorModel::indent);
            mara.does(it -> it.align(Alignment.CENTER));
            mara.types("\nb");
            assertThat(mara.paragraph(1).indent()).isEqualTo(1);
            assertThat(mara.paragraph(1).alignment()).isEqualTo(Alignment.CENTER);
        }
    }

    @Nested
    class Backspace_at_the_beginning {
        @Test
        void of_an_indented_heading_or_quote_makes_it_body_text_first() {
            mara.types("# a");
            mara.does(EditorModel::indent);
            mara.selects(0, 0);
            mara.does(EditorModel::backspace);
            assertThat(mara.paragraph(0).isBody()).isTrue();
            assertThat(mara.paragraph(0).indent()).isEqualTo(1);
        }
    }

    @Nested
    class An_empty_inner_item {
        @Test
        void goes_up_a_level_with_Enter_and_leaves_the_list_from_the_first() {
            mara.types("- a\n");
            mara.does(it -> it.tab(false));
            mara.types("\n");
            assertThat(mara.paragraph(1).list()).contains(ListKind.BULLET);
            assertThat(mara.paragraph(1).indent()).isZero();
            mara.types("\n");
            assertThat(mara.paragraph(1).isBody()).isTrue();
        }
    }

    @Nested
    class Code {
        @Test
        void a_further_line_joins_the_one_before_and_the_first_becomes_body_text() {
            mara.types("```ab\ncd");
            mara.selects(3, 3);
            mara.does(EditorModel::backspace);
            assertThat(mara.seen()).isEqualTo("ab|cd");
            mara.selects(0, 0);
            mara.does(EditorModel::backspace);
            assertThat(mara.paragraph(0).isBody()).isTrue();
        }

        @Test
        void tab_is_typed_and_sets_selected_lines_further_in() {
            mara.types("```a\t\nb");
            assertThat(mara.seen()).isEqualTo("a\t\nb|");
            mara.selects(1, 4);
            mara.does(it -> it.tab(false));
            assertThat(mara.seen()).isEqualTo("\ta[\t\n\tb]");
            assertThat(mara.paragraph(0).indent()).isZero();
            mara.does(it -> it.tab(true));
            assertThat(mara.seen()).isEqualTo("a[\t\nb]");
        }

        @Test
        void shift_tab_takes_a_tab_or_four_spaces_and_no_letter() {
            mara.does(it -> it.pastePlain("      a\n  b\nc"));
            mara.does(EditorModel::selectAll);
            mara.does(EditorModel::codeBlock);
            mara.does(it -> it.tab(true));
            assertThat(mara.text().plain()).isEqualTo("  a\nb\nc\n");
        }

        @Test
        void is_typed_plain_whatever_style_is_asked_for() {
            mara.types("```");
            mara.does(it -> it.toggle(InlineStyle.BOLD));
            mara.types("x");
            assertThat(mara.text().attributesAt(0).has("bold")).isFalse();
        }

        @Test
        void takes_only_characters_from_the_clipboard() {
            mara.types("# **Head**\n---");
            mara.does(EditorModel::divider);
            mara.does(EditorModel::selectAll);
            var copied = mara.model.copy();
            mara.does(EditorModel::backspace);
            mara.does(EditorModel::codeBlock);
            mara.does(it -> it.paste(copied));
            assertThat(mara.text().plain()).isEqualTo("Head\n---\n\n\n");
            assertThat(mara.paragraph(0).code()).isTrue();
            assertThat(mara.text().attributesAt(0).has("bold")).isFalse();
        }
    }

    @Nested
    class Divider {
        @Test
        void goes_as_one_thing_from_behind_and_from_before() {
            mara.types("ab");
            mara.selects(1, 1);
            mara.does(EditorModel::divider);
            assertThat(mara.seen()).isEqualTo("a\n\ufffc\n|b");
            mara.does(EditorModel::backspace);
            assertThat(mara.seen()).isEqualTo("a\n|b");
            mara.does(EditorModel::undo);
            mara.selects(1, 1);
            mara.does(EditorModel::delete);
            assertThat(mara.seen()).isEqualTo("a|\nb");
        }

        @Test
        void at_the_end_of_the_text_goes_with_the_newline_before_it() {
            mara.types("a\n");
            mara.does(EditorModel::divider);
            mara.does(EditorModel::delete);
            mara.does(EditorModel::backspace);
            mara.does(it -> it.pastePlain("x"));
            assertThat(mara.text().plain()).isEqualTo("a\nx\n");
        }

        @Test
        void what_is_typed_beside_it_stands_in_a_paragraph_of_its_own() {
            mara.does(EditorModel::divider);
            mara.selects(1, 1);
            mara.types("below");
            assertThat(mara.seen()).isEqualTo("\ufffc\nbelow|\n");
            mara.selects(0, 0);
            mara.types("above");
            assertThat(mara.seen()).isEqualTo("above|\n\ufffc\nbelow\n");
        }
    }

    @Nested
    class Moving {
        @Test
        void down_past_the_end_takes_a_selection_that_reaches_the_next_line_along() {
            mara.types("a\nb");
            mara.selects(0, 2);
            mara.does(it -> it.moveParagraph(false));
            assertThat(mara.text().plain()).isEqualTo("b\na\n");
            assertThat(mara.model.selection()).isEqualTo(new Caret(2, 3));
        }

        @Test
        void selected_text_goes_elsewhere_with_its_writer_and_stays_selected() {
            mara.jonInserts(0, "one two three");
            mara.selects(4, 8);
            mara.does(it -> it.moveSelection(0));
            assertThat(mara.seen()).isEqualTo("[two ]one three");
            assertThat(mara.text().attributesAt(0)).isEqualTo(mara.text().attributesAt(5));
            mara.does(it -> it.moveSelection(13));
            assertThat(mara.seen()).isEqualTo("one three[two ]");
            mara.does(it -> it.moveSelection(11));
            assertThat(mara.seen()).isEqualTo("one three[two ]");
            mara.does(EditorModel::undo);
            mara.does(EditorModel::undo);
            assertThat(mara.text().plain()).isEqualTo("one two three\n");
            assertThat(mara.relay.text.text()).isEqualTo(mara.text());
        }

        @Test
        void text_that_falls_somewhere_is_one_step_and_is_selected() {
            mara.types("one three");
            mara.does(it -> it.drop(4, Fragment.ofPlain("two ")));
            assertThat(mara.seen()).isEqualTo("one [two ]three");
            mara.does(EditorModel::undo);
            assertThat(mara.text().plain()).isEqualTo("one three\n");
            mara.does(it -> it.dropPlain(99, " four\nfive"));
            assertThat(mara.seen()).isEqualTo("one three[ four\nfive]");
            mara.does(EditorModel::undo);
            assertThat(mara.text().plain()).isEqualTo("one three\n");
        }

        @Test
        void the_others_carets_keep_their_places_when_text_moves_around_them() {
            var jon = new Seat(mara.time, mara.relay, "b2");
            mara.types("one two three");
            jon.selects(8, 11); // thr
            mara.selects(0, 4);
            mara.does(it -> it.moveSelection(13));
            assertThat(jon.seen()).isEqualTo("two [thr]eeone ");
            mara.does(it -> it.moveSelection(0));
            assertThat(jon.seen()).isEqualTo("one two [thr]ee");
            assertThat(jon.text()).isEqualTo(mara.text());
        }
    }
}
