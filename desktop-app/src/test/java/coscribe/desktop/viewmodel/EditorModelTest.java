package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.runner.Desk;
import coscribe.desktop.viewmodel.EditorModel.Notice;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Role;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EditorModelTest {
    private final Seat mara = new Seat();

    @Test
    void may_be_made_while_its_document_is_on_its_way_and_shows_it_from_the_beginning_when_it_is_there() {
        mara.types("Good morning");
        var desk = new Desk(mara.time, mara.relay, "b2").begins();
        var surface = new ModelSurface();
        var made = desk.document.call(it -> {
            assertThat(it.session().hasDocument()).isFalse();
            var model = new EditorModel(it, mara.time);
            model.attach(surface);
            model.type("nowhere yet");
            assertThat(model.editableProperty().get()).isFalse();
            return model;
        });
        mara.time.settle();
        var model = made.join();

        assertThat(surface.text()).isEqualTo(mara.text());
        assertThat(model.selection()).isEqualTo(Caret.at(0));
        assertThat(model.editableProperty().get()).isTrue();
        desk.does(_ -> model.type("A "));
        assertThat(surface.text().plain()).isEqualTo("A Good morning\n");
        assertThat(mara.text()).isEqualTo(surface.text());
        assertThat(mara.desk.document.members())
                .as("the others see the caret")
                .allSatisfy(member -> assertThat(member.caret()).isPresent());
    }

    @Nested
    class Typing {
        @Test
        void what_is_typed_stands_at_the_caret_on_the_surface_and_at_the_relay() {
            mara.types("Good morning");
            mara.selects(5, 12);
            mara.types("day");

            assertThat(mara.seen()).isEqualTo("Good day|");
            assertThat(mara.surface.text()).isEqualTo(mara.text());
            assertThat(mara.relay.text.contentHash())
                    .isEqualTo(mara.model.document().contentHash());
        }

        @Test
        void is_marked_as_the_writers_own() {
            mara.types("x");
            assertThat(mara.text().attributesAt(0).get(Schema.AUTHOR)).contains(Value.of("a1".repeat(16)));
        }

        @Test
        void goes_on_in_the_style_of_the_character_before_and_not_in_its_link() {
            mara.types("bold");
            mara.selects(0, 4);
            mara.does(it -> it.toggle(InlineStyle.BOLD));
            mara.does(it -> it.link(Optional.of("https://example.org/")));
            mara.selects(4, 4);
            mara.types("er");

            assertThat(mara.text().attributesAt(5).has("bold")).isTrue();
            assertThat(mara.text().attributesAt(5).has("link")).isFalse();
        }

        @Test
        void inside_a_link_becomes_part_of_it() {
            mara.does(it -> it.link(Optional.of("https://example.org/")));
            mara.selects(8, 8);
            mara.types("x");
            assertThat(mara.text().attributesAt(8).has("link")).isTrue();
        }

        @Test
        void a_style_asked_for_at_the_caret_lasts_until_the_caret_is_put_elsewhere() {
            mara.types("a");
            mara.does(it -> it.toggle(InlineStyle.ITALIC));
            assertThat(mara.model.formattingProperty().get().styles()).containsExactly(InlineStyle.ITALIC);
            mara.types("bc");
            mara.selects(1, 1);
            mara.types("d");

            assertThat(mara.text().attributesAt(2).has("italic")).isTrue();
            assertThat(mara.text().attributesAt(3).has("italic")).isTrue();
            assertThat(mara.text().attributesAt(1).has("italic")).isFalse();
        }

        @Test
        void leaves_out_what_a_document_cannot_hold() {
            mara.does(it -> it.type("a\u0007\ud800b\ufffc"));
            assertThat(mara.seen()).isEqualTo("ab|");
        }

        @Test
        void does_nothing_for_somebody_who_may_only_read() {
            mara.relay.role = Role.VIEWER;
            mara.relay.cut();
            mara.pauses();
            mara.types("x");
            mara.does(EditorModel::enter);

            assertThat(mara.model.editableProperty().get()).isFalse();
            assertThat(mara.seen()).isEqualTo("|");
        }
    }

    @Nested
    class Deleting {
        @Test
        void takes_one_character_as_people_see_them() {
            String family = "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67";
            mara.does(it -> it.type("e\u0301" + family));
            mara.does(EditorModel::backspace);
            assertThat(mara.seen()).isEqualTo("e\u0301|");
            mara.does(EditorModel::backspace);
            assertThat(mara.seen()).isEqualTo("|");
        }

        @Test
        void forward_takes_the_whole_character_behind_the_caret() {
            mara.does(it -> it.type("\ud83d\ude00x"));
            mara.selects(0, 0);
            mara.does(EditorModel::delete);
            assertThat(mara.seen()).isEqualTo("|x");
        }

        @Test
        void by_word_takes_the_spaces_between_too() {
            mara.types("one two  ");
            mara.does(EditorModel::backspaceWord);
            assertThat(mara.seen()).isEqualTo("one |");
            mara.selects(0, 0);
            mara.does(EditorModel::deleteWord);
            assertThat(mara.seen()).isEqualTo("| ");
        }

        @Test
        void at_the_beginning_of_an_item_first_makes_it_body_text_then_outdents_then_joins() {
            mara.types("a\n- b");
            mara.does(EditorModel::indent);
            mara.selects(2, 2);
            mara.does(EditorModel::backspace);
            assertThat(mara.paragraph(1).isBody()).isTrue();
            assertThat(mara.paragraph(1).indent()).isEqualTo(1);
            mara.does(EditorModel::backspace);
            assertThat(mara.paragraph(1).indent()).isZero();
            mara.does(EditorModel::backspace);
            assertThat(mara.seen()).isEqualTo("a|b");
        }

        @Test
        void across_paragraphs_leaves_the_look_of_the_first() {
            mara.types("# Head\nbody");
            mara.selects(2, 6);
            mara.does(EditorModel::backspace);
            assertThat(mara.seen()).isEqualTo("He|ody");
            assertThat(mara.paragraph(0).heading()).isEqualTo(1);
        }

        @Test
        void never_takes_the_closing_newline() {
            mara.does(EditorModel::delete);
            mara.does(EditorModel::backspace);
            mara.does(EditorModel::selectAll);
            mara.does(EditorModel::backspace);
            assertThat(mara.text().plain()).isEqualTo("\n");
        }

        @Test
        void a_caret_inside_a_surrogate_pair_is_moved_in_front_of_it() {
            mara.does(it -> it.type("\ud83d\ude00"));
            mara.selects(1, 1);
            assertThat(mara.model.selection()).isEqualTo(Caret.at(0));
        }
    }

    @Nested
    class Paragraph {
        @Test
        void behind_a_heading_body_text_goes_on() {
            mara.types("# Head\nbody");
            assertThat(mara.paragraph(0).heading()).isEqualTo(1);
            assertThat(mara.paragraph(1).isBody()).isTrue();
        }

        @Test
        void a_heading_cut_in_two_stays_two_headings_and_one_opened_above_is_body() {
            mara.types("# Head");
            mara.selects(2, 2);
            mara.types("\n");
            assertThat(mara.paragraph(0).heading()).isEqualTo(1);
            assertThat(mara.paragraph(1).heading()).isEqualTo(1);
            mara.selects(0, 0);
            mara.types("\n");
            assertThat(mara.paragraph(0).isBody()).isTrue();
            assertThat(mara.paragraph(1).heading()).isEqualTo(1);
        }

        @Test
        void a_list_goes_on_and_ends_at_an_empty_item() {
            mara.types("- one\ntwo\n\nout");
            assertThat(mara.paragraph(1).list()).contains(ListKind.BULLET);
            assertThat(mara.paragraph(2).list()).isEmpty();
            assertThat(mara.seen()).isEqualTo("one\ntwo\nout|");
        }

        @Test
        void an_empty_inner_item_moves_out_a_level_first() {
            mara.types("- one\n");
            mara.does(it -> it.tab(false));
            assertThat(mara.paragraph(1).indent()).isEqualTo(1);
            mara.types("\n");
            assertThat(mara.paragraph(1).indent()).isZero();
            assertThat(mara.paragraph(1).list()).contains(ListKind.BULLET);
        }

        @Test
        void the_item_behind_a_ticked_one_is_not_ticked() {
            mara.types("[] milk");
            mara.does(EditorModel::tick);
            mara.types("\nbread");
            assertThat(mara.paragraph(0).checked()).isTrue();
            assertThat(mara.paragraph(1).checked()).isFalse();
            assertThat(mara.paragraph(1).list()).contains(ListKind.CHECK);
        }

        @Test
        void items_have_five_levels() {
            mara.types("- deep");
            for (int i = 0; i < 9; i++) {
                mara.does(it -> it.tab(false));
            }
            assertThat(mara.paragraph(0).indent()).isEqualTo(4);
            mara.does(it -> it.tab(true));
            assertThat(mara.paragraph(0).indent()).isEqualTo(3);
        }

        @Test
        void code_goes_on_with_its_indentation_until_two_empty_lines_end_it() {
            mara.types("```  a\n");
            assertThat(mara.seen()).isEqualTo("  a\n  |");
            mara.does(EditorModel::backspace);
            mara.does(EditorModel::backspace);
            mara.types("\n\n");
            assertThat(mara.seen()).isEqualTo("  a\n|");
            assertThat(mara.paragraph(0).code()).isTrue();
            assertThat(mara.paragraph(1).isBody()).isTrue();
        }

        @Test
        void is_a_heading_or_an_item_or_a_quote_and_never_two_of_them() {
            mara.types("x");
            mara.does(it -> it.list(ListKind.ORDERED));
            mara.does(it -> it.heading(2));
            assertThat(mara.paragraph(0)).isEqualTo(BlockStyle.of(mara.text().attributesAt(1)));
            assertThat(mara.paragraph(0).list()).isEmpty();
            mara.does(EditorModel::quote);
            assertThat(mara.paragraph(0).heading()).isZero();
            mara.does(EditorModel::quote);
            assertThat(mara.paragraph(0).isBody()).isTrue();
        }

        @Test
        void changes_places_with_the_one_above_and_below() {
            mara.types("# one\ntwo\nthree");
            mara.selects(4, 5);
            mara.does(it -> it.moveParagraph(true));
            assertThat(mara.seen()).isEqualTo("[t]wo\none\nthree");
            assertThat(mara.paragraph(1).heading()).isEqualTo(1);
            mara.does(it -> it.moveParagraph(false));
            mara.does(it -> it.moveParagraph(false));
            assertThat(mara.seen()).isEqualTo("one\nthree\n[t]wo");
            assertThat(mara.paragraph(0).heading()).isEqualTo(1);
            mara.does(it -> it.moveParagraph(false));
            assertThat(mara.seen()).isEqualTo("one\nthree\n[t]wo");
        }

        @Test
        void moved_past_the_end_takes_its_look_along() {
            mara.types("# one\ntwo");
            mara.selects(0, 0);
            mara.does(it -> it.moveParagraph(false));
            assertThat(mara.seen()).isEqualTo("two\n|one");
            assertThat(mara.paragraph(0).isBody()).isTrue();
            assertThat(mara.paragraph(1).heading()).isEqualTo(1);
        }

        @Test
        void a_line_across_the_page_stands_alone() {
            mara.types("ab");
            mara.selects(1, 1);
            mara.does(EditorModel::divider);
            assertThat(mara.seen()).isEqualTo("a\n\ufffc\n|b");
            assertThat(mara.text().attributesAt(2).has("divider")).isTrue();
        }
    }

    @Nested
    class TypingAid {
        @Test
        void formats_what_was_typed_and_one_undo_brings_back_the_signs() {
            mara.types("# ");
            assertThat(mara.paragraph(0).heading()).isEqualTo(1);
            assertThat(mara.seen()).isEqualTo("|");
            mara.does(EditorModel::undo);
            assertThat(mara.seen()).isEqualTo("# |");
            assertThat(mara.paragraph(0).isBody()).isTrue();
        }

        @Test
        void bold_and_code_lose_their_signs_and_end_there() {
            mara.types("so **very good** and `x()` is");
            assertThat(mara.seen()).isEqualTo("so very good and x() is|");
            assertThat(mara.text().attributesAt(4).has("bold")).isTrue();
            assertThat(mara.text().attributesAt(13).has("bold")).isFalse();
            assertThat(mara.text().attributesAt(18).has("code")).isTrue();
            assertThat(mara.text().attributesAt(22).has("code")).isFalse();
        }

        @Test
        void undone_once_leaves_the_signs_of_bold_as_typed() {
            mara.types("**x**");
            mara.does(EditorModel::undo);
            assertThat(mara.seen()).isEqualTo("**x**|");
            assertThat(mara.text().attributesAt(2).has("bold")).isFalse();
        }

        @Test
        void is_not_offered_inside_code() {
            mara.types("```# x");
            assertThat(mara.seen()).isEqualTo("# x|");
            assertThat(mara.paragraph(0).code()).isTrue();
        }
    }

    @Nested
    class Undo {
        @Test
        void takes_back_what_was_typed_without_a_pause() {
            mara.types("one");
            mara.pauses();
            mara.types("two");
            mara.does(EditorModel::undo);
            assertThat(mara.seen()).isEqualTo("one|");
            mara.does(EditorModel::undo);
            assertThat(mara.seen()).isEqualTo("|");
            mara.does(EditorModel::redo);
            assertThat(mara.seen()).isEqualTo("one|");
        }

        @Test
        void typing_and_deleting_are_two_steps() {
            mara.types("one");
            mara.does(EditorModel::backspace);
            mara.does(EditorModel::backspace);
            mara.does(EditorModel::undo);
            assertThat(mara.seen()).isEqualTo("one|");
        }

        @Test
        void leaves_what_somebody_else_typed_meanwhile_inside_mine() {
            mara.types("Good day");
            mara.jonInserts(4, ", sunny");
            mara.does(EditorModel::undo);
            assertThat(mara.seen()).isEqualTo(", sunny|");
        }

        @Test
        void goes_on_joining_when_somebody_types_above() {
            mara.types("ab");
            mara.jonInserts(0, "above\n");
            mara.types("cd");
            mara.does(EditorModel::undo);
            assertThat(mara.seen()).isEqualTo("above\n|");
        }

        @Test
        void of_a_style_selects_what_it_was() {
            mara.types("one two");
            mara.selects(4, 7);
            mara.does(it -> it.toggle(InlineStyle.BOLD));
            mara.selects(0, 0);
            mara.does(EditorModel::undo);
            assertThat(mara.seen()).isEqualTo("one [two]");
        }
    }

    @Nested
    class Others {
        @Test
        void includes_other_parts_of_this_program() {
            mara.types("said");
            mara.selects(2, 2);
            mara.desk.does(it -> it.insert(0, "he "));
            assertThat(mara.seen()).isEqualTo("he sa|id");
            assertThat(mara.surface.text()).isEqualTo(mara.relay.text.text());
        }

        @Test
        void typing_at_my_caret_goes_behind_it() {
            mara.types("ab");
            mara.jonInserts(2, "X");
            assertThat(mara.seen()).isEqualTo("ab|X");
        }

        @Test
        void typing_at_the_ends_of_my_selection_stays_outside() {
            mara.types("abc");
            mara.selects(1, 2);
            mara.jonInserts(1, "X");
            mara.jonInserts(3, "Y");
            assertThat(mara.seen()).isEqualTo("aX[b]Yc");
        }

        @Test
        void deleting_my_selection_leaves_the_caret_there() {
            mara.types("abcd");
            mara.selects(1, 3);
            mara.jonDeletes(0, 4);
            assertThat(mara.seen()).isEqualTo("|");
        }
    }

    @Nested
    class Clipboard {
        @Test
        void a_fragment_comes_back_with_its_looks_and_as_the_paster_s_own() {
            mara.types("# Head\nbody **b**");
            mara.does(EditorModel::selectAll);
            var copied = Fragment.parse(mara.model.copy().json()).orElseThrow();
            assertThat(copied.json()).doesNotContain(Schema.AUTHOR);
            mara.does(EditorModel::backspace);
            mara.does(it -> it.paste(copied));

            assertThat(mara.seen()).isEqualTo("Head\nbody b|");
            assertThat(mara.paragraph(0).heading()).isEqualTo(1);
            assertThat(mara.text().attributesAt(10).has("bold")).isTrue();
            assertThat(mara.text().attributesAt(0).has(Schema.AUTHOR)).isTrue();
            mara.does(EditorModel::undo);
            assertThat(mara.seen()).isEqualTo("|");
        }

        @Test
        void lists_and_quotes_read_as_such_in_plain_text() {
            mara.types("1. one\ntwo\n\n> said\n\n[x] done\n");
            mara.does(EditorModel::selectAll);
            assertThat(mara.model.copy().plain()).isEqualTo("1. one\n2. two\n> said\n[x] done\n");
        }

        @Test
        void plain_text_with_any_line_ends_becomes_paragraphs_like_the_one_it_lands_in() {
            mara.types("- a");
            mara.does(it -> it.pastePlain("b\r\nc\rd\u0000"));
            assertThat(mara.seen()).isEqualTo("ab\nc\nd|");
            assertThat(mara.paragraph(2).list()).contains(ListKind.BULLET);
        }

        @Test
        void what_is_no_fragment_is_none() {
            assertThat(Fragment.parse("{\"delta\":[{\"insert\":\"x\",\"attributes\":{\"evil\":1}}]}"))
                    .isEmpty();
            assertThat(Fragment.parse("nonsense")).isEmpty();
        }

        @Test
        void a_paste_that_would_make_the_document_too_long_is_refused_and_said() {
            var notices = new ArrayList<Notice>();
            mara.model.onNotice(notices::add);
            mara.types("kept");
            mara.does(it -> it.pastePlain("x".repeat(2_000_000)));
            assertThat(notices).containsExactly(Notice.TOO_LONG);
            assertThat(mara.seen()).isEqualTo("kept|");
        }
    }

    @Nested
    class Link {
        @Test
        void opens_nothing_but_the_web_and_mail() {
            var notices = new ArrayList<Notice>();
            mara.model.onNotice(notices::add);
            mara.does(it -> it.link(Optional.of("javascript:alert(1)")));
            assertThat(notices).containsExactly(Notice.BAD_LINK);
            assertThat(mara.seen()).isEqualTo("|");
        }

        @Test
        void without_a_selection_all_of_it_is_changed() {
            mara.does(it -> it.link(Optional.of("https://a.example/")));
            mara.selects(3, 3);
            mara.does(it -> it.link(Optional.empty()));
            assertThat(mara.text().attributesAt(0).has("link")).isFalse();
            assertThat(mara.text().attributesAt(17).has("link")).isFalse();
            assertThat(mara.model.selection()).isEqualTo(Caret.at(3));
        }
    }
}
