package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.viewmodel.Finding.Found;
import coscribe.ot.presence.Caret;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FindingTest {
    private final Seat mara = new Seat();
    private final Finding finding = new Finding(mara.model, mara.time, mara.time);

    @BeforeEach
    void writes() {
        mara.types("bed and bed and bed");
        mara.selects(0, 0);
    }

    private void finds(String words) {
        mara.does(it -> finding.begin());
        mara.does(it -> finding.words().set(words));
        mara.time.settle();
    }

    /// A moment in which the text is looked through again.
    private void passes() {
        mara.time.pass(Duration.ofMillis(Finding.PAUSE_MILLIS));
    }

    private String count() {
        Found found = finding.found().get();
        return found.current() + 1 + " of " + found.matches().size();
    }

    @Test
    void tells_which_of_how_many_and_leaves_the_caret_where_it_is() {
        mara.selects(2, 2);
        finds("bed");
        assertThat(count()).isEqualTo("2 of 3");
        assertThat(mara.model.selection()).isEqualTo(Caret.at(2));
        finds("beds");
        assertThat(count()).isEqualTo("0 of 0");
    }

    @Test
    void goes_to_the_one_that_is_meant_then_on_and_round_the_end() {
        finds("bed");
        mara.does(it -> finding.next());
        assertThat(mara.seen()).isEqualTo("[bed] and bed and bed");
        assertThat(count()).isEqualTo("1 of 3");
        mara.does(it -> finding.next());
        assertThat(mara.seen()).isEqualTo("bed and [bed] and bed");
        mara.does(it -> finding.previous());
        mara.does(it -> finding.previous());
        assertThat(mara.seen()).isEqualTo("bed and bed and [bed]");
        mara.does(it -> finding.next());
        assertThat(count()).isEqualTo("1 of 3");
    }

    @Test
    void looks_for_what_is_selected() {
        mara.selects(4, 7);
        mara.does(it -> finding.begin());
        mara.time.settle();
        assertThat(finding.words().get()).isEqualTo("and");
        assertThat(count()).isEqualTo("1 of 2");
    }

    @Test
    void goes_along_with_what_others_write_at_once_and_finds_what_is_new_in_it_a_moment_later() {
        mara.selects(1, 1);
        finds("bed");
        mara.jonInserts(0, "A bed. ");
        assertThat(finding.found().get().matches().start(0))
                .as("the old ones moved")
                .isEqualTo(7);
        passes();
        assertThat(count()).isEqualTo("3 of 4");
        mara.jonDeletes(8, 9);
        assertThat(finding.found().get().matches().size()).isEqualTo(3);
    }

    @Test
    void what_was_written_while_it_was_looked_for_is_not_missed() {
        mara.does(it -> finding.begin());
        mara.does(it -> {
            finding.words().set("bed"); // the search begins
            it.type("xx");
        });
        mara.time.settle();
        assertThat(finding.found().get().matches().start(0)).isEqualTo(2);
        passes();
        assertThat(finding.found().get().matches().start(0)).isEqualTo(2);
    }

    @Test
    void replaces_one_and_goes_to_the_next() {
        finds("bed");
        mara.does(it -> finding.replace("pot"));
        assertThat(mara.seen()).as("first it is seen").isEqualTo("[bed] and bed and bed");
        mara.does(it -> finding.replace("pot"));
        assertThat(mara.seen()).isEqualTo("pot and [bed] and bed");
    }

    @Test
    void replaces_all_as_one_step_that_looks_as_before() {
        mara.selects(8, 11);
        mara.does(it -> it.toggle(InlineStyle.BOLD));
        finds("bed");
        int[] replaced = new int[1];
        mara.does(it -> replaced[0] = finding.replaceAll("beds"));
        assertThat(replaced[0]).isEqualTo(3);
        assertThat(mara.text().plain()).isEqualTo("beds and beds and beds\n");
        assertThat(mara.text().attributesAt(12).has("bold")).isTrue();
        assertThat(mara.text().attributesAt(3).has("bold")).isFalse();
        mara.does(EditorModel::undo);
        assertThat(mara.text().plain()).isEqualTo("bed and bed and bed\n");
    }

    @Test
    void replaces_all_where_what_goes_makes_room_for_what_comes() {
        String row = "b".repeat(1_000);
        mara.does(it -> it.pastePlain((row + "\n").repeat(1_500)));
        finds(row);
        int[] replaced = new int[1];
        mara.does(it -> replaced[0] = finding.replaceAll("p".repeat(1_000)));
        assertThat(replaced[0]).isEqualTo(1_500);
        finds("p".repeat(1_000));
        mara.does(it -> replaced[0] = finding.replaceAll("b".repeat(1_400)));
        assertThat(replaced[0]).as("there is no room for these").isZero();
        mara.does(it -> replaced[0] = finding.replaceAll("b".repeat(1_431_656 + 1_000))); // more than an int holds
        assertThat(replaced[0]).isZero();
    }

    @Test
    void marks_nothing_once_it_was_ended() {
        finds("bed");
        mara.does(it -> finding.end());
        mara.types("bed");
        passes();
        assertThat(finding.found().get()).isEqualTo(Found.NOTHING);
    }
}
