package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EditorUndoTest {
    private final Seat mara = new Seat();

    private void waits(long millis) {
        mara.time.pass(Duration.ofMillis(millis));
    }

    @Test
    void behind_a_typing_aid_the_caret_stays_in_its_line() {
        mara.types("\nlast");
        mara.selects(0, 0);
        mara.types("## ");
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("## |\nlast");
    }

    @Test
    void of_a_paragraph_s_look_leaves_a_caret_in_it_where_it_is_and_else_goes_there() {
        mara.types("one\ntwo\nthree");
        mara.selects(5, 5);
        mara.does(it -> it.heading(1));
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("one\nt|wo\nthree");
        mara.does(EditorModel::redo);
        mara.selects(0, 0);
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("one\ntwo|\nthree");
    }

    @Test
    void brings_back_what_was_typed_over_together_with_what_replaced_it() {
        mara.types("one two");
        mara.selects(4, 7);
        mara.types("three");
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("one two|");
    }

    @Test
    void takes_back_deleting_without_a_pause_at_once() {
        mara.types("one two");
        mara.selects(7, 7);
        mara.does(EditorModel::backspace);
        mara.does(EditorModel::backspace);
        mara.does(EditorModel::backspaceWord);
        assertThat(mara.seen()).isEqualTo("one |");
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("one two|");
    }

    @Test
    void a_jump_of_the_caret_and_enter_end_what_is_taken_back_at_once() {
        mara.types("ab");
        mara.selects(0, 0);
        mara.types("cd\nef");
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("cd\n|ab");
        mara.does(EditorModel::undo);
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("|ab");
    }

    @Test
    void takes_back_words_and_not_all_that_was_typed_without_a_pause() {
        for (int i = 0; i < 9; i++) {
            mara.types("ab ");
            waits(900);
        }
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("ab ab ab ab ab ab |");
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("|");
    }

    @Test
    void a_paste_and_a_style_are_steps_of_their_own() {
        mara.types("a");
        mara.does(it -> it.pastePlain("b"));
        mara.types("c");
        mara.does(it -> it.toggle(InlineStyle.BOLD));
        mara.types("d");
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("abc|");
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("ab|");
        mara.does(EditorModel::undo);
        assertThat(mara.seen()).isEqualTo("a|");
    }
}
