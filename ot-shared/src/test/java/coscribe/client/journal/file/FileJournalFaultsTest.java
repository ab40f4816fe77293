package coscribe.client.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.client.VirtualTime;
import coscribe.client.journal.Journal;
import coscribe.client.journal.JournalException;
import coscribe.client.journal.Records;
import coscribe.ot.kit.Gen;
import coscribe.ot.session.JournalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// On a disk that loses, refuses and lies: bits flipped, full at any write, unsynced blocks torn or
/// missing, a failing sync.
/// `-Dcoscribe.crash.states=1000000` tries more states than the usual 4,000.
class FileJournalFaultsTest {
    private static final int STATES = Integer.getInteger("coscribe.crash.states", 4_000);
    private static final Path FOLDER = Path.of("folder");
    private static final Path FILE = FOLDER.resolve("journal");

    private final VirtualTime time = new VirtualTime();

    private FileJournal open(FaultDisk disk, long seed) {
        return FileJournal.open(disk, FOLDER, time, new SplittableRandom(seed));
    }

    /// What a journal may hold after a power cut: a beginning of one of these, not shorter than its
    /// forced part.
    private static final class Expected {
        private List<JournalRecord> now = new ArrayList<>();
        private int forced;
        private List<JournalRecord> rewriting = List.of();
        private boolean isRewriting;

        boolean allows(List<JournalRecord> found) {
            boolean old = found.size() >= forced
                    && found.size() <= now.size()
                    && now.subList(0, found.size()).equals(found);
            return old || (isRewriting && found.equals(rewriting));
        }
    }

    /// Appends, forces, rewrites and sets aside by chance until the power goes or the script ends.
    private static void work(FileJournal journal, Expected expected, Gen gen) {
        for (int i = 0; i < 14; i++) {
            int dice = gen.below(20);
            if (dice < 13) {
                var entry = gen.chance(25) ? Records.large(gen.between(1, 9_000)) : Records.any(gen);
                expected.now.add(entry);
                journal.append(entry);
            } else if (dice < 17) {
                journal.force();
                expected.forced = expected.now.size();
            } else {
                expected.rewriting = Records.some(gen, gen.below(4));
                expected.isRewriting = true;
                journal.rewrite(expected.rewriting);
                expected.now = new ArrayList<>(expected.rewriting);
                expected.forced = expected.now.size();
                expected.isRewriting = false;
            }
        }
    }

    @Test
    void a_power_cut_leaves_a_beginning_of_what_was_written_and_all_that_was_forced() {
        int states = 0;
        int torn = 0;
        for (long seed = 0; states < STATES; seed++) {
            int operations = run(seed, Integer.MAX_VALUE).disk().operations();
            for (int cut = 1; cut <= operations + 1 && states < STATES; cut++) {
                var run = run(seed, cut);
                var random = new SplittableRandom(seed * 31 + cut);
                for (int i = 0; i < 4; i++, states++) {
                    var left = run.disk().after(random);
                    try (var journal = open(left, seed + 1)) {
                        var found = journal.opening();
                        assertThat(run.expected().allows(found.records()))
                                .as("seed %d, power cut at operation %d, state %d: %s", seed, cut, i, found)
                                .isTrue();
                        torn += found.leftovers().isEmpty() ? 0 : 1;
                        requireGoesOn(left, journal, found.records(), new Gen(seed));
                    }
                }
            }
        }
        assertThat(torn).as("states with a torn end, of %d", states).isGreaterThan(states / 20);
    }

    private record Run(FaultDisk disk, Expected expected) {}

    private Run run(long seed, int cut) {
        var disk = new FaultDisk();
        disk.cutAt = cut;
        var expected = new Expected();
        try {
            work(open(disk, seed), expected, new Gen(seed));
        } catch (FaultDisk.PowerCut e) {
            assertThat(disk.operations()).isEqualTo(cut);
        }
        return new Run(disk, expected);
    }

    /// A recovered journal takes records and gives them back.
    private void requireGoesOn(FaultDisk disk, Journal journal, List<JournalRecord> found, Gen gen) {
        var more = Records.some(gen, 2);
        more.forEach(journal::append);
        journal.close();
        try (var again = open(disk, 99)) {
            assertThat(again.opening().records())
                    .hasSize(found.size() + 2)
                    .endsWith(more.toArray(JournalRecord[]::new));
        }
    }

    /// Every length of the last unforced write, and every choice of its blocks.
    @Test
    void every_length_and_every_subset_of_unforced_blocks_is_survived() {
        var disk = new FaultDisk();
        var records = Records.some(new Gen(8), 5);
        var journal = open(disk, 1);
        records.forEach(journal::append);
        journal.force();
        var unforced = List.of(
                Records.large(10),
                Records.large(9_000),
                Records.any(new Gen(9)),
                Records.large(9_000),
                Records.large(50));
        unforced.forEach(journal::append);
        var all = new ArrayList<>(records);
        all.addAll(unforced);
        int lengths = disk.read(FILE).orElseThrow().length - FileJournalTest.placeOf(all, records.size()) + 1;
        int states = 0;
        for (int length = 0; length < lengths; length += length < 300 ? 1 : 61) {
            for (int blocks = 0; blocks < 1 << 6; blocks += length == lengths - 1 ? 1 : 21, states++) {
                int chosenLength = length;
                int mask = blocks;
                int[] asked = {0};
                var left = disk.after(bound -> switch (asked[0]++) {
                    case 0 -> 0; // the folder
                    case 1 -> chosenLength;
                    default -> mask >>> (asked[0] - 3) & 1;
                });
                try (var again = open(left, 2)) {
                    var found = again.opening().records();
                    assertThat(found).hasSizeGreaterThanOrEqualTo(5).isEqualTo(all.subList(0, found.size()));
                }
            }
        }
        assertThat(states).isGreaterThan(1_500);
    }

    @Test
    void every_flipped_bit_is_noticed_and_nothing_before_it_is_lost() {
        var disk = new FaultDisk();
        var records = Records.some(new Gen(10), 12);
        try (var journal = open(disk, 1)) {
            records.forEach(journal::append);
        }
        byte[] good = disk.read(FILE).orElseThrow();
        assertThat(good.length * 8).isGreaterThan(8_000);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            var damaged = new FaultDisk();
            damaged.write(FILE, flipped);
            try (var journal = open(damaged, 2)) {
                var found = journal.opening();
                int before = 0;
                while (bit / 8 >= JournalFormat.HEADER_BYTES
                        && before < records.size()
                        && FileJournalTest.placeOf(records, before + 1) <= bit / 8) {
                    before++;
                }
                assertThat(found.records()).as("bit %d", bit).isEqualTo(records.subList(0, before));
                assertThat(found.leftovers()).hasSize(1);
                assertThat(damaged.read(FOLDER.resolve(
                                found.leftovers().getFirst().file().orElseThrow())))
                        .contains(flipped);
            }
        }
    }

    @Test
    void a_disk_that_is_full_at_any_write_loses_nothing_and_is_told() {
        int writes = 40;
        for (int full = 1; full <= writes; full++) {
            var disk = new FaultDisk();
            disk.fullAt = full;
            var gen = new Gen(full);
            var journal = open(disk, full);
            var written = new ArrayList<JournalRecord>();
            JournalException trouble = null;
            for (int i = 0; i < writes && trouble == null; i++) {
                var entry = Records.any(gen);
                try {
                    journal.append(entry);
                    written.add(entry);
                } catch (JournalException e) {
                    trouble = e;
                }
            }
            assertThat(trouble).isNotNull();
            assertThat(trouble.kind()).isEqualTo(JournalException.Kind.FULL);
            assertThat(journal.state()).isInstanceOf(Journal.State.Failing.class);
            requireRefusesUntilRewritten(disk, journal, written, gen);
        }
    }

    private void requireRefusesUntilRewritten(
            FaultDisk disk, FileJournal journal, List<JournalRecord> written, Gen gen) {
        // Room again is not enough: a record behind the torn one would never be read.
        disk.fullAt = Integer.MAX_VALUE;
        assertThatThrownBy(() -> journal.append(Records.any(gen))).isInstanceOf(JournalException.class);
        var left = disk.after(new SplittableRandom(1));
        try (var again = open(left, 5)) {
            var found = again.opening().records();
            assertThat(found).isEqualTo(written.subList(0, found.size()));
        }
        var whole = new ArrayList<>(written);
        whole.add(Records.any(gen));
        journal.rewrite(whole);
        assertThat(journal.state()).isEqualTo(new Journal.State.OnDisk());
        var more = Records.any(gen);
        journal.append(more);
        journal.close();
        whole.add(more);
        try (var again = open(disk, 6)) {
            assertThat(again.opening().records()).isEqualTo(whole);
            assertThat(again.opening().leftovers()).isEmpty();
        }
    }

    @Test
    void a_full_disk_is_no_reason_not_to_open() {
        var disk = new FaultDisk();
        var records = Records.some(new Gen(1), 6);
        var first = open(disk, 1);
        records.forEach(first::append);
        first.close();
        byte[] bytes = disk.read(FILE).orElseThrow();
        var torn = new FaultDisk();
        torn.write(FILE, Arrays.copyOf(bytes, bytes.length - 1));
        torn.fullAt = 0;
        try (var journal = open(torn, 2)) {
            assertThat(journal.opening().records()).isEqualTo(records.subList(0, 5));
            assertThat(journal.opening().leftovers())
                    .singleElement()
                    .satisfies(left -> assertThat(left.file()).isEmpty());
            assertThat(journal.state()).isInstanceOf(Journal.State.Failing.class);
            assertThatThrownBy(() -> journal.rewrite(records)).isInstanceOf(JournalException.class);
            assertThat(torn.read(FILE))
                    .as("the torn end is not destroyed")
                    .contains(Arrays.copyOf(bytes, bytes.length - 1));
            torn.fullAt = Integer.MAX_VALUE;
            journal.rewrite(records);
            assertThat(torn.list(FOLDER, "journal.left-")).hasSize(1);
        }
    }

    @Test
    void a_force_that_failed_is_never_taken_for_one_that_worked() {
        var disk = new FaultDisk();
        var journal = open(disk, 1);
        var entry = Records.any(new Gen(1));
        journal.append(entry);
        disk.failingForces = 1;
        assertThatThrownBy(journal::force)
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.BROKEN));
        assertThat(journal.state()).isInstanceOf(Journal.State.Failing.class);
        assertThatThrownBy(journal::force).isInstanceOf(JournalException.class);
        assertThat(journal.state()).isInstanceOf(Journal.State.Failing.class);
        journal.rewrite(List.of(entry));
        assertThat(journal.state()).isEqualTo(new Journal.State.OnDisk());
        var left = disk.after(new SplittableRandom(1));
        try (var again = open(left, 2)) {
            assertThat(again.opening().records()).containsExactly(entry);
        }
    }

    @Test
    void a_force_that_failed_on_time_is_told() {
        var disk = new FaultDisk();
        var journal = open(disk, 1);
        var states = new ArrayList<Journal.State>();
        journal.listen(states::add);
        journal.append(Records.any(new Gen(1)));
        disk.failingForces = 1;
        time.pass(Duration.ofMillis(200));
        assertThat(states).last().isInstanceOf(Journal.State.Failing.class);
    }

    @Test
    void what_was_set_aside_on_a_full_disk_comes_back_as_a_leftover_only() {
        var disk = new FaultDisk();
        var records = Records.some(new Gen(1), 6);
        var journal = open(disk, 1);
        records.forEach(journal::append);
        disk.fullAt = 0;
        assertThatThrownBy(() -> journal.append(Records.any(new Gen(2)))).isInstanceOf(JournalException.class);
        journal.setAside();
        var left = disk.after(new SplittableRandom(1));
        try (var again = open(left, 2)) {
            assertThat(again.opening().records()).isEmpty();
            assertThat(again.opening().leftovers())
                    .singleElement()
                    .satisfies(found -> assertThat(found.readable()).isEqualTo(records));
        }
    }

    @Test
    void a_disk_that_does_not_even_move_a_file_says_so() {
        var disk = new FaultDisk();
        var journal = open(disk, 1);
        journal.append(Records.any(new Gen(1)));
        disk.refusesMoves = true;
        assertThatThrownBy(journal::setAside).isInstanceOf(JournalException.class);
        assertThat(journal.state()).isInstanceOf(Journal.State.Failing.class);
        disk.refusesMoves = false;
        journal.rewrite(List.of());
        assertThat(journal.state()).isEqualTo(new Journal.State.OnDisk());
    }
}
