package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult.HeadMoved;
import coscribe.relay.store.DocumentStore.Creation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Reading the log, snapshots, and what becomes of damage.
public abstract class DocumentReadContract extends DocumentCommitContract {
    @Nested
    class Reading {
        private static final int COMMITS = 700;
        private Head head;

        @BeforeEach
        void write() {
            createDocument();
            var mara = ownerJoins();
            head = birth;
            for (int i = 0; i < COMMITS; i += 7) {
                var wishes = new Wish[7];
                for (int k = 0; k < 7; k++) {
                    wishes[k] = edit(mara, i + k + 1);
                }
                head = commits(head, wishes);
            }
        }

        private List<LogEntry> read(long after, int maxEntries, int maxBytes) {
            return ((ReadResult.Entries) await(store().read(document, new Revision(after), maxEntries, maxBytes)))
                    .entries();
        }

        @Test
        void a_read_is_dense_and_bounded_by_count() {
            var log = wholeLog(COMMITS);
            assertThat(log).hasSize(COMMITS);
            assertThat(LogCheck.requireDense(document, Revision.ZERO, ChainHash.START, log))
                    .isEqualTo(head.chain());
            assertThat(read(0, 1, 1 << 20)).isEqualTo(log.subList(0, 1));
            assertThat(read(5, 20, 1 << 20)).isEqualTo(log.subList(5, 25));
            assertThat(read(COMMITS - 3, 20, 1 << 20)).isEqualTo(log.subList(COMMITS - 3, COMMITS));
            assertThat(read(COMMITS, 20, 1 << 20)).isEmpty();
        }

        @Test
        void a_read_is_bounded_by_bytes_but_never_empty_before_the_head() {
            var log = wholeLog(COMMITS);
            assertThat(read(0, COMMITS, 1)).isEqualTo(log.subList(0, 1));
            int bytes = log.stream().mapToInt(e -> e.bytes().length).sum();
            var some = read(0, COMMITS, bytes / 2);
            assertThat(some).hasSizeBetween(COMMITS / 3, COMMITS * 2 / 3).isEqualTo(log.subList(0, some.size()));
        }

        @Test
        void beyond_the_head_is_out_of_reach() {
            assertThat(await(store().read(document, head.revision().next(), 1, 1)))
                    .isEqualTo(new ReadResult.OutOfReach(head));
        }

        @Test
        void a_snapshot_shortens_the_load_and_leaves_the_log() {
            var log = wholeLog(COMMITS);
            var authors = load().authors();
            for (int revision : new int[] {1, 256, 300, 699}) {
                var bytes = ("snapshot of " + revision).getBytes(StandardCharsets.UTF_8);
                var chain = log.get(revision - 1).chain();
                await(store().keepSnapshot(document, new Revision(revision), chain, bytes));
                var loaded = load();
                assertThat(loaded.head()).isEqualTo(head);
                assertThat(loaded.snapshot().revision()).isEqualTo(new Revision(revision));
                assertThat(loaded.snapshot().chain()).isEqualTo(chain);
                assertThat(loaded.snapshot().bytes()).isEqualTo(bytes);
                assertThat(loaded.tail()).isEqualTo(log.subList(revision, COMMITS));
                assertThat(loaded.authors()).isEqualTo(authors);
                assertThat(wholeLog(97)).isEqualTo(log);
            }
            for (int after : new int[] {0, 1, 254, 255, 256, 257, 299, 300, 511, 512, 600, 698, 699}) {
                assertThat(read(after, 60, 1 << 20)).isEqualTo(log.subList(after, Math.min(COMMITS, after + 60)));
            }
        }

        @Test
        void a_snapshot_at_the_head_leaves_no_tail() {
            await(store().keepSnapshot(document, head.revision(), head.chain(), new byte[] {1}));
            assertThat(load().tail()).isEmpty();
            assertThat(load().head()).isEqualTo(head);
        }

        @Test
        void only_a_newer_snapshot_of_this_history_is_kept() {
            var log = wholeLog(COMMITS);
            await(store().keepSnapshot(document, new Revision(300), log.get(299).chain(), new byte[] {3}));
            await(store().keepSnapshot(document, new Revision(200), log.get(199).chain(), new byte[] {2}));
            await(store().keepSnapshot(document, new Revision(300), log.get(299).chain(), new byte[] {4}));
            await(store().keepSnapshot(document, new Revision(400), log.get(400).chain(), new byte[] {5}));
            await(store().keepSnapshot(document, new Revision(701), head.chain(), new byte[] {6}));
            assertThat(load().snapshot().bytes()).isEqualTo(new byte[] {3});
            assertThat(await(store().snapshotRevision(document))).contains(new Revision(300));
        }

        @Test
        void which_snapshot_is_kept_is_told_from_the_beginning_on() {
            assertThat(await(store().snapshotRevision(document))).contains(Revision.ZERO);
            await(store().keepSnapshot(document, head.revision(), head.chain(), new byte[] {1}));
            assertThat(await(store().snapshotRevision(document))).contains(head.revision());
            assertThat(await(store().snapshotRevision(DocumentId.random(random))))
                    .isEmpty();
        }

        @Test
        void writing_goes_on_from_any_known_past_after_a_snapshot() {
            var log = wholeLog(COMMITS);
            await(store().keepSnapshot(document, new Revision(650), log.get(649).chain(), new byte[] {1}));
            var jon = joins(Role.EDITOR);
            var past = new Head(epoch, new Revision(100), log.get(99).chain());
            assertThat(commit(past, edit(jon, 1)))
                    .isEqualTo(new HeadMoved(head, log.subList(100, 100 + DocumentStore.MISSING_ENTRIES)));
            assertThat(commit(birth, edit(jon, 1)))
                    .isEqualTo(new HeadMoved(head, log.subList(0, DocumentStore.MISSING_ENTRIES)));
            assertThat(commit(new Head(epoch, new Revision(100), log.get(98).chain()), edit(jon, 1)))
                    .isEqualTo(new CommitResult.Forked(head));
            assertThat(commits(head, edit(jon, 1)).revision()).isEqualTo(new Revision(COMMITS + 1));
        }
    }

    @Nested
    class Damaged {
        private Head head;
        private Writer mara;

        @BeforeEach
        void write() {
            createDocument();
            mara = ownerJoins();
            head = writes(birth, mara, 1, 5);
        }

        @ParameterizedTest
        @EnumSource
        void a_damaged_document_is_never_loaded_and_never_empty(Damage damage) {
            damage(document, damage);
            assertThat(failureOf(store().load(document)))
                    .isInstanceOf(DamagedDocumentException.class)
                    .hasMessageContaining(document.hex());
            assertThat(await(store().create(document, Epoch.random(random), "New", owner)))
                    .isEqualTo(Creation.EXISTED);
            assertThat(failureOf(store().load(document))).isInstanceOf(DamagedDocumentException.class);
        }

        @ParameterizedTest
        @EnumSource(names = {"FLIPPED_ENTRY", "MISSING_ENTRY", "MISSING_LAST_ENTRY"})
        void a_damaged_log_is_never_read_nor_carried_along(Damage damage) {
            damage(document, damage);
            assertThat(failureOf(store().read(document, Revision.ZERO, 10, 1 << 20)))
                    .isInstanceOf(DamagedDocumentException.class);
            var jon = joins(Role.EDITOR);
            assertThat(failureOf(store().commit(document, RELAY, birth, entries(birth, edit(jon, 1)))))
                    .isInstanceOf(DamagedDocumentException.class);
            assertThat(await(store().heads(List.of(document))).get(document).head())
                    .isEqualTo(head);
        }

        @ParameterizedTest
        @EnumSource(names = {"FLIPPED_ENTRY", "MISSING_ENTRY", "FLIPPED_SNAPSHOT", "MISSING_SNAPSHOT"})
        void what_is_undamaged_is_still_read(Damage damage) {
            damage(document, damage);
            var read = (ReadResult.Entries) await(store().read(document, new Revision(3), 10, 1 << 20));
            assertThat(read.entries()).hasSize(2);
        }
    }
}
