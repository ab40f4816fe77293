package coscribe.relay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.kit.SmallDisk;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.Head;
import coscribe.relay.store.StoreFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No room: nothing more is acknowledged, nothing acknowledged is lost, reading goes on, and with
/// room again writing goes on too.
class EmbeddedFullTest {
    private static final int COMMIT_BYTES = 20_000;
    private static final int LIFE = 1;

    @TempDir
    private Path directory;

    private static EmbeddedSettings limited(long maxBytes) {
        return new EmbeddedSettings(100, 64, 10_000, 500, 4, maxBytes);
    }

    /// Commits until there is no room.
    ///
    /// @return where the document stands then
    private static Head fill(Library library, int number, Head from, long firstSeq) {
        var head = from;
        for (long seq = firstSeq; ; seq++) {
            try {
                head = library.write(number, LIFE, head, seq, 1, COMMIT_BYTES);
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(StoreFullException.class).hasMessageContaining("full");
                return head;
            }
        }
    }

    private static void holds(Library library, int number, Head head) {
        var loaded = library.look(number, LIFE);
        assertThat(loaded.head()).isEqualTo(head);
        assertThat(loaded.log()).hasSize((int) head.revision().number());
    }

    @Test
    void a_full_database_refuses_writes_and_keeps_what_it_has() {
        Head head;
        try (var store = EmbeddedFixture.open(directory, limited(2_000_000))) {
            var library = new Library(store.documents());
            head = fill(library, 0, library.enter(0, LIFE), 1);
            assertThat(head.revision().number()).isGreaterThan(50);
            assertThat(library.log(0)).hasSize((int) head.revision().number());
            assertThat(fill(library, 0, head, head.revision().number() + 1)).isEqualTo(head);
        }
        try (var store = EmbeddedFixture.open(directory, limited(4_000_000))) {
            var library = new Library(store.documents());
            long next = head.revision().number() + 1;
            head = library.write(0, LIFE, head, next, 1, COMMIT_BYTES);
            holds(library, 0, head);
        }
    }

    @Test
    void one_request_that_has_no_room_does_not_spoil_those_that_came_with_it() {
        try (var store = EmbeddedFixture.open(directory, limited(1_000_000))) {
            var library = new Library(store.documents());
            var small = library.enter(0, LIFE);
            var large = library.enter(1, LIFE);
            var tooLarge = List.of(Library.entry(1, LIFE, 1, large, 2_000_000));
            var stage = library.store.commit(Library.document(1), "relay", large, tooLarge);
            var fits = library.store.commit(
                    Library.document(0), "relay", small, List.of(Library.entry(0, LIFE, 1, small, 100)));
            assertThat(Library.join(fits)).isInstanceOf(Appended.class);
            assertThat(stage.toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(StoreFullException.class);
            assertThat(library.look(1, LIFE).head()).isEqualTo(large);
            assertThat(library.look(0, LIFE).log()).hasSize(1);
        }
    }

    /// Runs on a file system of 6 MiB of its own.
    static final class OnASmallDisk {
        private OnASmallDisk() {}

        public static void main(String[] args) throws IOException {
            var disk = Path.of(args[0]);
            var data = disk.resolve("data");
            Files.write(SmallDisk.filler(disk), new byte[300_000]);
            Head head;
            try (var store = EmbeddedFixture.open(data)) {
                var library = new Library(store.documents());
                head = fill(library, 0, library.enter(0, LIFE), 1);
                assertThat(head.revision().number()).isGreaterThan(50);
                assertThat(library.log(0)).hasSize((int) head.revision().number());
                SmallDisk.fill(disk);
                assertThat(fill(library, 0, head, head.revision().number() + 1)).isEqualTo(head);
            }
            SmallDisk.fill(disk);
            try (var store = EmbeddedFixture.open(data)) {
                var library = new Library(store.documents());
                assertThat(library.log(0)).hasSize((int) head.revision().number());
                head = fill(library, 0, head, head.revision().number() + 1);
                Files.delete(SmallDisk.filler(disk));
                head = library.write(0, LIFE, head, head.revision().number() + 1, 1, COMMIT_BYTES);
                holds(library, 0, head);
            }
            System.out.println("kept " + head.revision());
        }
    }

    @Test
    void a_full_disk_is_no_obstacle_to_reading_closing_and_opening_again() {
        SmallDisk.assumeAllowed(directory);
        try (var child = SmallDisk.run(directory, 6, OnASmallDisk.class)) {
            var lines = child.linesUntil(_ -> false);
            assertThat(lines).last().asString().startsWith("kept ");
            assertThat(child.exitCode()).isZero();
        }
    }
}
