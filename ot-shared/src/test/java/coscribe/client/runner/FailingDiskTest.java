package coscribe.client.runner;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.client.journal.Journal;
import coscribe.client.journal.JournalException;
import coscribe.ot.delta.Op;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.session.JournalRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Editing goes on when the disk does not, and a crash in the middle of that commits nothing twice.
class FailingDiskTest {
    private final VirtualTime time = new VirtualTime();
    private final TinyRelay relay = new TinyRelay(time);
    private final Desk mara = new Desk(time, relay, "11");
    private final UnforcedJournal journal = new UnforcedJournal(List.of());

    private String relayText() {
        String plain = relay.text.text().plain();
        return plain.substring(0, plain.length() - 1);
    }

    private void diskIsFull() {
        journal.fails = Optional.of(JournalException.Kind.FULL);
    }

    private void diskHasRoom() {
        journal.fails = Optional.empty();
    }

    private void goesAway() {
        relay.reachable = false;
        relay.cut();
        mara.waits(Duration.ofSeconds(1));
    }

    private void comesBack() {
        relay.reachable = true;
        mara.waits(Duration.ofSeconds(31));
    }

    @Test
    void edits_are_saved_at_the_relay_while_the_disk_is_full_and_the_status_says_so() {
        mara.opens(journal).types("a");
        diskIsFull();
        mara.types("b");
        assertThat(relayText()).isEqualTo("ab");
        assertThat(mara.document.status().journal()).isInstanceOf(Journal.State.Failing.class);
        diskHasRoom();
        mara.waits(Duration.ofSeconds(6));
        assertThat(mara.document.status().journal()).isEqualTo(new Journal.State.OnDisk());
        goesAway();
        mara.crashes(journal.records).opens(new UnforcedJournal(List.copyOf(journal.records)));
        assertThat(mara.document.text()).isEqualTo("ab");
    }

    @Test
    void written_says_whether_the_journal_has_what_was_typed() {
        mara.opens(journal);
        var typed = mara.document.run(it -> it.append("a"));
        var written = mara.document.written().thenApply(nothing -> texts(journal));
        time.settle();
        assertThat(typed).isCompleted();
        assertThat(written).isCompletedWithValue(List.of("a"));
        goesAway();
        diskIsFull();
        mara.types("b");
        var refused = mara.document.written();
        time.settle();
        assertThat(refused).isCompletedExceptionally();
        assertThat(texts(journal)).containsExactly("a");
        diskHasRoom();
        mara.waits(Duration.ofSeconds(6));
        var again = mara.document.written();
        time.settle();
        assertThat(again).isCompleted();
        mara.crashes(journal.records).opens(new UnforcedJournal(List.copyOf(journal.records)));
        assertThat(mara.document.text()).isEqualTo("ab");
        var closing = mara.document.shutDown();
        var late = mara.document.written();
        time.settle();
        assertThat(closing).isCompleted();
        assertThat(late).isCompletedExceptionally();
    }

    @Test
    void closing_loses_what_neither_the_disk_nor_the_relay_has_and_nothing_else() {
        mara.opens(journal).types("a");
        assertThat(losesByClosing()).isFalse();
        goesAway();
        mara.types("b");
        assertThat(losesByClosing()).as("it is in the journal").isFalse();
        diskIsFull();
        mara.types("c");
        assertThat(losesByClosing()).isTrue();
        diskHasRoom();
        assertThat(losesByClosing()).as("the disk is asked at once").isFalse();
        mara.crashes(journal.records).opens(new UnforcedJournal(List.copyOf(journal.records)));
        assertThat(mara.document.text()).isEqualTo("abc");
    }

    @Test
    void closing_loses_nothing_on_a_full_disk_where_the_relay_has_it_all() {
        mara.opens(journal).types("a");
        diskIsFull();
        mara.types("b");
        assertThat(mara.document.status().journal()).isInstanceOf(Journal.State.Failing.class);
        assertThat(losesByClosing()).isFalse();
    }

    /// What the operating system took may still be refused by the disk.
    @Test
    void closing_loses_what_was_written_and_cannot_be_forced() {
        mara.opens(journal).types("a");
        goesAway();
        mara.types("b");
        diskIsFull();
        assertThat(losesByClosing()).isTrue();
    }

    @Test
    void closing_loses_a_copy_that_the_disk_does_not_take() {
        var stubborn = new StubbornCopies();
        mara.copies = stubborn;
        mara.opens(journal).types("kept ");
        relay.refuses = Optional.of(Refusal.INVALID);
        stubborn.full = true;
        mara.types("and refused");
        relay.refuses = Optional.empty();
        assertThat(losesByClosing()).isTrue();
        stubborn.full = false;
        mara.waits(Duration.ofSeconds(6));
        assertThat(losesByClosing()).isFalse();
    }

    private boolean losesByClosing() {
        var answer = mara.document.losesByClosing();
        time.settle();
        return answer.getNow(false);
    }

    private static List<String> texts(UnforcedJournal journal) {
        return journal.records.stream()
                .filter(JournalRecord.Edited.class::isInstance)
                .map(entry -> ((JournalRecord.Edited) entry).change().delta())
                .map(delta -> delta.ops().stream()
                        .filter(Op.Insert.class::isInstance)
                        .map(op -> ((Op.Insert) op).text())
                        .collect(Collectors.joining()))
                .toList();
    }

    @Test
    void what_was_typed_while_the_disk_was_full_is_in_the_journal_once_it_has_room() {
        mara.opens(journal).types("a");
        goesAway();
        diskIsFull();
        mara.types("b");
        diskHasRoom();
        mara.waits(Duration.ofSeconds(6));
        mara.types("c");
        mara.crashes(journal.records).opens(new UnforcedJournal(List.copyOf(journal.records)));
        assertThat(mara.document.text()).isEqualTo("abc");
        comesBack();
        assertThat(relayText()).isEqualTo("abc");
    }

    /// The edit is on the disk, the new id is not: after a restart the edit would go out again.
    @Test
    void an_edit_kept_while_away_is_not_committed_twice_by_a_crash_on_a_full_disk() {
        mara.opens(journal).types("a");
        goesAway();
        mara.types("b");
        diskIsFull();
        comesBack();
        assertThat(relayText()).isEqualTo("ab");
        mara.crashes(journal.records).opens(new UnforcedJournal(List.copyOf(journal.records)));
        mara.waits(Duration.ofSeconds(31));
        assertThat(relayText()).isEqualTo("ab");
        assertThat(mara.document.text()).isEqualTo("ab");
    }

    @Test
    void where_the_old_journal_cannot_even_be_moved_such_an_edit_waits_for_the_disk() {
        mara.opens(journal).types("a");
        goesAway();
        mara.types("b");
        diskIsFull();
        journal.asideFails = true;
        comesBack();
        assertThat(relayText()).isEqualTo("a");
        assertThat(mara.document.session().allSaved()).isFalse();
        diskHasRoom();
        mara.waits(Duration.ofSeconds(20));
        assertThat(relayText()).isEqualTo("ab");
    }

    @Test
    void a_paste_that_goes_in_two_parts_survives_a_crash_between_them_at_any_record() {
        String paste = "x".repeat(Limits.SUBMISSION_UNITS) + "y".repeat(10);
        for (int cut = 0; ; cut++) {
            var when = new VirtualTime();
            var there = new TinyRelay(when);
            var desk = new Desk(when, there, "11");
            var kept = new UnforcedJournal(List.of());
            desk.opens(kept);
            there.loses = message -> message instanceof Committed;
            desk.types(paste);
            there.loses = message -> false;
            int left = kept.forced + cut;
            if (left > kept.records.size()) {
                assertThat(cut).isPositive();
                return;
            }
            var records = List.copyOf(kept.records.subList(0, left));
            desk.crashes(records).opens(new UnforcedJournal(records));
            desk.waits(Duration.ofSeconds(31));
            assertThat(there.text.text().plain()).isEqualTo(paste + "\n");
        }
    }

    /// The refusal takes the edit out of the journal; what else is waiting must not go with it.
    @Test
    void a_title_that_was_asked_for_survives_a_crash_at_any_record_of_a_refused_edit() {
        for (int cut = 0; ; cut++) {
            var when = new VirtualTime();
            var there = new TinyRelay(when);
            var desk = new Desk(when, there, "11");
            var kept = new UnforcedJournal(List.of());
            desk.opens(kept);
            there.swallows = message -> message instanceof ClientMessage.Rename;
            var _ = desk.document.rename("Asked for");
            when.settle();
            int left = kept.records.size() + cut;
            there.refuses = Optional.of(Refusal.INVALID);
            desk.types("refused");
            if (left > kept.records.size()) {
                assertThat(cut).isGreaterThan(3);
                return;
            }
            var records = List.copyOf(kept.records.subList(0, left));
            desk.crashes(records).opens(new UnforcedJournal(records));
            assertThat(desk.document.title()).as("after %s", records).isEqualTo("Asked for");
        }
    }

    @Test
    void text_is_not_forgotten_before_its_copy_is_on_the_disk() {
        var stubborn = new StubbornCopies();
        mara.copies = stubborn;
        mara.opens(journal).types("kept ");
        relay.refuses = Optional.of(Refusal.INVALID);
        stubborn.full = true;
        mara.types("and refused");
        relay.refuses = Optional.empty();
        mara.waits(Duration.ofSeconds(20));
        assertThat(mara.copies.list()).isEmpty();
        assertThat(mara.document.status().journal())
                .as("what is typed now is in memory only")
                .isEqualTo(new Journal.State.Failing(JournalException.Kind.FULL, "The disk is full."));
        var before = Recovery.textOf(mara.person, relay.document, List.copyOf(journal.records));
        assertThat(before.map(text -> text.text().plain())).contains("kept and refused\n");
        stubborn.full = false;
        mara.waits(Duration.ofSeconds(6));
        assertThat(mara.copies.list())
                .singleElement()
                .satisfies(copy -> assertThat(copy.document().text().plain()).isEqualTo("kept and refused\n"));
        assertThat(mara.document.status().journal()).isEqualTo(new Journal.State.OnDisk());
        assertThat(journal.records).first().isInstanceOf(JournalRecord.Checkpoint.class);
        assertThat(mara.document.text()).isEqualTo("kept ");
    }

    private static final class StubbornCopies implements Copies {
        private final MemoryCopies copies = new MemoryCopies();
        private boolean full;

        @Override
        public KeptCopy keep(Document document, KeptCopy.Reason reason, String title, Instant at) {
            if (full) {
                throw new JournalException(JournalException.Kind.FULL, "The disk is full.");
            }
            return copies.keep(document, reason, title, at);
        }

        @Override
        public List<KeptCopy> list() {
            return copies.list();
        }
    }

    @Test
    void a_journal_that_grew_is_written_anew_from_a_checkpoint() {
        mara.opens(journal);
        for (int i = 0; i < 100; i++) {
            mara.types("x");
        }
        mara.waits(Duration.ofSeconds(1));
        assertThat(journal.records.size()).isLessThan(210);
        mara.crashes(journal.records).opens(new UnforcedJournal(List.copyOf(journal.records)));
        assertThat(mara.document.text()).hasSize(100);
    }
}
