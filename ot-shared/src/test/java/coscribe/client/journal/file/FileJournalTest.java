package coscribe.client.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.client.VirtualTime;
import coscribe.client.journal.Journal;
import coscribe.client.journal.JournalContract;
import coscribe.client.journal.JournalException;
import coscribe.client.journal.RecordCodec;
import coscribe.client.journal.Records;
import coscribe.ot.kit.Gen;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.session.JournalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On the real file system.
class FileJournalTest extends JournalContract {
    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Gen gen = new Gen(4);

    @TempDir
    Path folder;

    @Override
    protected Journal open() {
        return FileJournal.open(new RealDisk(), folder, time, random);
    }

    @Override
    protected Journal reopen(Journal journal) {
        journal.close();
        return open();
    }

    @Test
    void two_never_write_one_journal() {
        try (var first = open()) {
            first.append(Records.any(gen));
            assertThatThrownBy(this::open)
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.LOCKED));
        }
        open().close();
    }

    private List<JournalRecord> unsettled() throws IOException {
        return FileJournal.unsettled(new RealDisk(), folder);
    }

    @Test
    void what_may_be_unsent_is_seen_from_beside_whoever_has_it_open() throws Exception {
        assertThat(unsettled()).as("no journal").isEmpty();
        try (var journal = open()) {
            assertThat(unsettled()).as("a new journal").isEmpty();
            var edit = Records.large(10);
            journal.append(edit);
            assertThat(unsettled()).containsExactly(edit);
            journal.append(new JournalRecord.Sent(1));
            assertThat(unsettled()).hasSize(2);
            journal.append(new JournalRecord.Acknowledged(new Revision(1)));
            assertThat(unsettled()).isEmpty();
            journal.append(new JournalRecord.Renaming(Optional.of("Plan")));
            assertThat(unsettled()).hasSize(4);
            journal.append(new JournalRecord.Renaming(Optional.empty()));
            assertThat(unsettled()).isEmpty();
            journal.append(edit);
            journal.append(new JournalRecord.Sent(2));
            journal.append(new JournalRecord.Entered(new ClientId("d".repeat(32)), Role.EDITOR));
            journal.append(new JournalRecord.Acknowledged(new Revision(2)));
            assertThat(unsettled()).as("what was in flight is unsent again").hasSize(9);
        }
    }

    @Test
    void what_may_have_been_sent_in_part_only_is_looked_at_whole() throws Exception {
        try (var journal = open()) {
            journal.append(Records.large(20_000));
            journal.append(new JournalRecord.Sent(1));
            journal.append(new JournalRecord.Acknowledged(new Revision(1)));
            assertThat(unsettled()).hasSize(3);
        }
    }

    @Test
    void behind_a_damaged_place_nothing_counts() throws Exception {
        try (var journal = open()) {
            journal.append(new JournalRecord.Sent(1));
            journal.append(Records.large(10));
        }
        var bytes = Files.readAllBytes(folder.resolve("journal"));
        Files.write(folder.resolve("journal"), Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(unsettled()).isEmpty();
    }

    @Test
    void only_its_owner_can_read_it() throws Exception {
        try (var journal = open()) {
            journal.append(Records.any(gen));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("journal"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void what_was_appended_is_forced_within_200_ms() {
        try (var journal = open()) {
            var states = new ArrayList<Journal.State>();
            journal.listen(states::add);
            journal.append(Records.any(gen));
            journal.append(Records.any(gen));
            assertThat(journal.state()).isEqualTo(new Journal.State.Written());
            time.pass(Duration.ofMillis(200));
            assertThat(journal.state()).isEqualTo(new Journal.State.OnDisk());
            assertThat(states).containsExactly(new Journal.State.Written(), new Journal.State.OnDisk());
        }
    }

    @Test
    void a_file_that_grew_to_four_times_its_checkpoint_and_over_a_mebibyte_wants_a_rewrite() {
        try (var journal = open()) {
            journal.append(Records.large(900_000));
            assertThat(journal.wantsRewrite()).isFalse();
            journal.append(Records.large(200_000));
            assertThat(journal.wantsRewrite()).isTrue();
            journal.rewrite(List.of(Records.any(gen)));
            assertThat(journal.wantsRewrite()).isFalse();
        }
    }

    @Test
    void a_journal_of_another_program_is_kept_and_a_new_one_begun() throws Exception {
        Files.writeString(folder.resolve("journal"), "Dear diary, this is not a journal of Coscribe at all.");
        var records = Records.some(gen, 3);
        var journal = open();
        assertThat(journal.opening().records()).isEmpty();
        assertThat(journal.opening().leftovers()).singleElement().satisfies(left -> {
            assertThat(left.readable()).isEmpty();
            assertThat(Files.readString(folder.resolve(left.file().orElseThrow())))
                    .startsWith("Dear diary");
        });
        records.forEach(journal::append);
        try (var again = reopen(journal)) {
            assertThat(again.opening().records()).isEqualTo(records);
        }
    }

    @Test
    void behind_a_damaged_place_everything_is_kept_and_what_is_readable_is_told() throws Exception {
        var records = Records.some(gen, 20);
        var journal = open();
        records.forEach(journal::append);
        journal.close();
        byte[] bytes = Files.readAllBytes(folder.resolve("journal"));
        int place = placeOf(records, 8);
        bytes[place + 3] ^= 1;
        Files.write(folder.resolve("journal"), bytes);
        try (var again = open()) {
            assertThat(again.opening().records()).isEqualTo(records.subList(0, 8));
            assertThat(again.opening().leftovers()).singleElement().satisfies(left -> {
                assertThat(left.readable()).isEqualTo(records.subList(9, 20));
                assertThat(left.bytes()).isEqualTo(bytes.length - place);
                assertThat(Files.readAllBytes(folder.resolve(left.file().orElseThrow())))
                        .isEqualTo(bytes);
            });
            again.append(records.getFirst());
            assertThat(again.state()).isEqualTo(new Journal.State.Written());
        }
        try (var third = open()) {
            assertThat(third.opening().records()).hasSize(9);
            assertThat(third.opening().leftovers()).hasSize(1);
        }
    }

    static int placeOf(List<JournalRecord> records, int index) {
        int at = JournalFormat.HEADER_BYTES;
        for (JournalRecord entry : records.subList(0, index)) {
            at += JournalFormat.FRAME_BYTES + RecordCodec.encode(entry).length;
        }
        return at;
    }
}
