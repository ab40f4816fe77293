package coscribe.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.kit.Gen;
import coscribe.ot.session.JournalRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every journal does. A subclass opens one, and opens it again with what the first one left.
public abstract class JournalContract {
    private final Gen gen = new Gen(3);

    protected abstract Journal open();

    /// Closes the journal and opens what it left.
    protected abstract Journal reopen(Journal journal);

    private static void append(Journal journal, List<JournalRecord> records) {
        records.forEach(journal::append);
    }

    @Test
    void a_new_journal_holds_nothing() {
        try (var journal = open()) {
            assertThat(journal.opening().records()).isEmpty();
            assertThat(journal.opening().leftovers()).isEmpty();
            assertThat(journal.state()).isEqualTo(new Journal.State.OnDisk());
        }
    }

    @Test
    void what_was_appended_is_there_in_its_order() {
        var records = Records.some(gen, 200);
        var journal = open();
        append(journal, records);
        try (var again = reopen(journal)) {
            assertThat(again.opening().records()).isEqualTo(records);
        }
    }

    @Test
    void what_is_appended_after_reopening_stands_behind_the_rest() {
        var first = Records.some(gen, 10);
        var second = Records.some(gen, 10);
        var journal = open();
        append(journal, first);
        var again = reopen(journal);
        append(again, second);
        try (var third = reopen(again)) {
            assertThat(third.opening().records())
                    .hasSize(20)
                    .startsWith(first.toArray(JournalRecord[]::new))
                    .endsWith(second.toArray(JournalRecord[]::new));
        }
    }

    @Test
    void forcing_says_that_all_is_on_the_disk() {
        try (var journal = open()) {
            append(journal, Records.some(gen, 5));
            journal.force();
            assertThat(journal.state()).isEqualTo(new Journal.State.OnDisk());
            journal.force();
            assertThat(journal.state()).isEqualTo(new Journal.State.OnDisk());
        }
    }

    @Test
    void a_rewrite_puts_new_records_in_the_place_of_all_others() {
        var fresh = Records.some(gen, 7);
        var more = Records.some(gen, 3);
        var journal = open();
        append(journal, Records.some(gen, 100));
        journal.rewrite(fresh);
        append(journal, more);
        try (var again = reopen(journal)) {
            assertThat(again.opening().records())
                    .hasSize(10)
                    .startsWith(fresh.toArray(JournalRecord[]::new))
                    .endsWith(more.toArray(JournalRecord[]::new));
        }
    }

    @Test
    void what_was_set_aside_is_not_taken_for_what_happened() {
        var journal = open();
        append(journal, Records.some(gen, 20));
        journal.setAside();
        try (var again = reopen(journal)) {
            assertThat(again.opening().records()).isEmpty();
        }
    }

    @Test
    void after_setting_aside_a_rewrite_goes_on() {
        var fresh = Records.some(gen, 4);
        var journal = open();
        append(journal, Records.some(gen, 20));
        journal.setAside();
        journal.rewrite(fresh);
        try (var again = reopen(journal)) {
            assertThat(again.opening().records()).isEqualTo(fresh);
            assertThat(again.opening().leftovers()).isEmpty();
        }
    }
}
