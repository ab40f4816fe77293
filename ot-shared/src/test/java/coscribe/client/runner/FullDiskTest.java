package coscribe.client.runner;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.client.journal.Journal;
import coscribe.client.journal.JournalException;
import coscribe.client.journal.file.FileJournal;
import coscribe.client.journal.file.RealDisk;
import coscribe.kit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The writer's own disk is full, really: the status says so, editing and sending go on, what the
/// journal took is there after a restart, and with room it has everything again.
class FullDiskTest {
    private static final int MOST_TRIES = 1_000;

    @TempDir
    private Path directory;

    /// Runs on a file system of 2 MiB of its own.
    static final class OnASmallDisk {
        private static final VirtualTime time = new VirtualTime();
        private static final TinyRelay relay = new TinyRelay(time);

        private final Path disk;
        private Desk mara = new Desk(time, relay, "11");
        private String taken = ""; // by the journal, as it said

        private OnASmallDisk(Path disk) {
            this.disk = disk;
        }

        public static void main(String[] args) throws IOException {
            var here = new OnASmallDisk(Path.of(args[0]));
            here.opens();
            assertThat(here.types("Written with room. ")).isTrue();
            here.sendsAllTheSame();
            here.opensOnAFullDisk();
            System.out.println("nothing lost");
        }

        private void opens() {
            mara = new Desk(time, relay, "11");
            mara.opens(FileJournal.open(new RealDisk(), disk, time, new SplittableRandom(3)));
        }

        private void ends() {
            var closed = mara.document.shutDown();
            time.settle();
            assertThat(closed).isCompleted();
        }

        private boolean types(String text) {
            mara.types(text);
            var written = mara.document.written();
            time.settle();
            if (!written.isCompletedExceptionally()) {
                taken = mara.document.text();
            }
            return !written.isCompletedExceptionally();
        }

        private void typesUntilTheDiskIsFull() {
            SmallDisk.fill(disk);
            for (int i = 0; types("More. "); i++) {
                assertThat(i).as("edits on a full disk").isLessThan(MOST_TRIES);
            }
            assertThat(mara.document.status().journal())
                    .isEqualTo(new Journal.State.Failing(
                            JournalException.Kind.FULL,
                            "This computer's disk is full. Later edits are only in memory. Free some space now."));
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

        private void hasRoom() throws IOException {
            Files.delete(SmallDisk.filler(disk));
            mara.waits(Duration.ofSeconds(6));
            assertThat(mara.document.status().journal()).isEqualTo(new Journal.State.OnDisk());
        }

        /// Away at first, so that what the journal does not take is nowhere else.
        private void sendsAllTheSame() throws IOException {
            goesAway();
            typesUntilTheDiskIsFull();
            mara.types("In memory. ");
            assertThat(mara.document.text()).endsWith("More. In memory. ");
            mara.waits(Duration.ofSeconds(30));
            assertThat(mara.document.status().journal()).isInstanceOf(Journal.State.Failing.class);
            comesBack();
            assertThat(relay.plain()).isEqualTo(mara.document.text());
            hasRoom();
            assertThat(types("With room again. ")).isTrue();
            goesAway();
            ends();
            opens();
            assertThat(mara.document.text()).isEqualTo(taken).endsWith("In memory. With room again. ");
            comesBack();
            assertThat(relay.plain()).isEqualTo(taken);
        }

        /// The program ends while the disk is full: what its journal took is there at the next
        /// start, on the full disk already.
        private void opensOnAFullDisk() throws IOException {
            goesAway();
            typesUntilTheDiskIsFull();
            ends();
            assertThat(taken).hasSizeLessThan(mara.document.text().length());
            opens();
            assertThat(mara.document.text()).isEqualTo(taken);
            hasRoom();
            assertThat(types("And on. ")).isTrue();
            comesBack();
            assertThat(relay.plain()).isEqualTo(taken);
            ends();
        }
    }

    @Test
    void a_full_disk_is_told_and_loses_nothing_that_the_journal_took() {
        SmallDisk.assumeAllowed(directory);
        try (var child = SmallDisk.run(directory, 2, OnASmallDisk.class)) {
            var lines = child.linesUntil(_ -> false);
            assertThat(lines).as(String.join("\n", lines)).last().isEqualTo("nothing lost");
            assertThat(child.exitCode()).isZero();
        }
    }
}
