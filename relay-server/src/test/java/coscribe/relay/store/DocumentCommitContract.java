package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.relay.store.CommitResult.Absent;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.CommitResult.ClientClosed;
import coscribe.relay.store.CommitResult.Duplicate;
import coscribe.relay.store.CommitResult.Forked;
import coscribe.relay.store.CommitResult.HeadMoved;
import coscribe.relay.store.CommitResult.RoleRefused;
import coscribe.relay.store.CommitResult.TurnTaken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `commit` and the turn: what is checked, in which order, and that a refusal writes nothing.
public abstract class DocumentCommitContract extends DocumentStoreFixture {
    @Test
    void a_commit_to_an_unknown_document_is_absent() {
        var stranger = new Writer(owner, DeviceId.random(random), ClientId.random(random));
        assertThat(commit(birth, edit(stranger, 1))).isEqualTo(new Absent());
    }

    @Nested
    class Appending {
        @BeforeEach
        void create() {
            createDocument();
        }

        @Test
        void a_commit_makes_the_next_revision() {
            var mara = ownerJoins();
            var entries = entries(birth, edit(mara, 1));
            var head = commits(birth, edit(mara, 1));
            assertThat(head)
                    .isEqualTo(
                            new Head(epoch, new Revision(1), entries.getLast().chain()));
            assertThat(load().head()).isEqualTo(head);
            assertThat(wholeLog(10)).isEqualTo(logged(birth, entries));
        }

        @Test
        void a_batch_makes_dense_revisions_each_by_its_own_author() {
            var mara = ownerJoins();
            var jon = joins(Role.EDITOR);
            Wish[] wishes = {edit(mara, 1), edit(jon, 1), edit(mara, 2), edit(mara, 3), edit(jon, 2)};
            var head = commits(birth, wishes);
            assertThat(head.revision()).isEqualTo(new Revision(5));
            assertThat(wholeLog(2)).isEqualTo(logged(birth, entries(birth, wishes)));
            assertThat(load().authors()).containsExactlyInAnyOrder(mara.person(), jon.person());
            assertThat(resume(resumes(mara), mara.client())).isEqualTo(new Resumed.At(3, new Revision(4)));
            assertThat(resume(resumes(jon), jon.client())).isEqualTo(new Resumed.At(2, new Revision(5)));
        }

        @Test
        void a_role_that_is_just_enough_is_enough() {
            var jon = joins(Role.COMMENTER);
            assertThat(commit(birth, comment(jon, 1))).isInstanceOf(Appended.class);
        }

        @Test
        void bytes_that_do_not_match_their_chain_hash_are_a_bug_and_nothing_is_written() {
            var mara = ownerJoins();
            var sound = entries(birth, edit(mara, 1), edit(mara, 2));
            var wrong = new Entry(
                    mara.client(),
                    2,
                    mara.person(),
                    Role.EDITOR,
                    new byte[] {1},
                    sound.get(1).chain());
            assertThat(failureOf(store().commit(document, RELAY, birth, List.of(sound.get(0), wrong))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(failureOf(store().commit(document, RELAY, birth, List.of())))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(load().head()).isEqualTo(birth);
            assertThat(commits(birth, edit(mara, 1), edit(mara, 2)).revision()).isEqualTo(new Revision(2));
        }

        @Test
        void commits_of_many_documents_may_be_under_way_together() {
            var mara = ownerJoins();
            var others = new ArrayList<DocumentId>();
            var stages = new ArrayList<CompletionStage<CommitResult>>();
            for (int i = 0; i < 20; i++) {
                var other = DocumentId.random(random);
                others.add(other);
                await(store().create(other, epoch, "Other", owner));
                await(store().join(other, owner, mara.device(), mara.client(), Optional.empty(), Optional.empty()));
            }
            for (DocumentId other : others) {
                stages.add(store().commit(other, RELAY, birth, entries(birth, edit(mara, 1))));
            }
            for (var stage : stages) {
                assertThat(await(stage)).isInstanceOf(Appended.class);
            }
            assertThat(load().head()).isEqualTo(birth);
        }

        @Test
        void many_threads_at_once_make_one_dense_chain() throws Exception {
            int threads = 8;
            int each = 25;
            var work = new ArrayList<Callable<Integer>>();
            for (int t = 0; t < threads; t++) {
                var writer = joins(Role.EDITOR);
                work.add(() -> {
                    var head = birth;
                    int lostRaces = 0;
                    for (int seq = 1; seq <= each; ) {
                        switch (commit(head, edit(writer, seq))) {
                            case Appended appended -> {
                                head = appended.head();
                                seq++;
                            }
                            case HeadMoved moved -> {
                                head = afterMissing(head, moved);
                                lostRaces++;
                            }
                            case CommitResult other -> throw new AssertionError("unexpected " + other);
                        }
                    }
                    return lostRaces;
                });
            }
            try (var pool = Executors.newFixedThreadPool(threads)) {
                for (var done : pool.invokeAll(work)) {
                    assertThat(done.get()).isNotNegative();
                }
            }
            var log = wholeLog(33);
            assertThat(log).hasSize(threads * each);
            var end = LogCheck.requireDense(document, Revision.ZERO, ChainHash.START, log);
            assertThat(load().head()).isEqualTo(new Head(epoch, new Revision(log.size()), end));
        }

        private Head afterMissing(Head from, HeadMoved moved) {
            LogCheck.requireDense(document, from.revision(), from.chain(), moved.missing());
            var last = moved.missing().getLast();
            return new Head(epoch, last.revision(), last.chain());
        }
    }

    @Nested
    class Refusing {
        private Writer mara;
        private Writer jon;
        private Head head;

        @BeforeEach
        void create() {
            createDocument();
            mara = ownerJoins();
            jon = joins(Role.EDITOR);
            head = commits(birth, edit(mara, 1), edit(mara, 2), edit(jon, 1));
        }

        @Test
        void another_epoch_chain_or_future_is_a_fork() {
            var elsewhere = Epoch.random(random);
            var wrong = head.chain().after(new byte[] {7});
            var past = new Revision(1);
            assertThat(List.of(
                            commit(new Head(elsewhere, head.revision(), head.chain()), edit(jon, 2)),
                            commit(new Head(elsewhere, Revision.ZERO, ChainHash.START), edit(jon, 2)),
                            commit(new Head(epoch, head.revision(), wrong), edit(jon, 2)),
                            commit(new Head(epoch, past, wrong), edit(jon, 2)),
                            commit(new Head(epoch, Revision.ZERO, wrong), edit(jon, 2)),
                            commit(new Head(epoch, head.revision().next(), wrong), edit(jon, 2)),
                            commit(new Head(epoch, head.revision().plus(1000), wrong), edit(jon, 2))))
                    .allMatch(new Forked(head)::equals);
            nothingWasWritten();
        }

        @Test
        void a_fork_is_found_before_a_duplicate() {
            var forked = new Head(Epoch.random(random), head.revision(), head.chain());
            assertThat(commit(forked, edit(jon, 1))).isEqualTo(new Forked(head));
        }

        @Test
        void what_was_committed_before_is_a_duplicate_with_its_revision() {
            assertThat(commit(head, edit(jon, 1))).isEqualTo(new Duplicate(0, new Revision(3)));
            assertThat(commit(head, edit(mara, 2))).isEqualTo(new Duplicate(0, new Revision(2)));
            assertThat(commit(head, edit(mara, 3), edit(jon, 1))).isEqualTo(new Duplicate(1, new Revision(3)));
            assertThat(commit(head, edit(mara, 1))).isInstanceOf(Duplicate.class);
            nothingWasWritten();
        }

        @Test
        void a_duplicate_is_found_whatever_the_expected_revision() {
            assertThat(commit(birth, edit(jon, 1))).isEqualTo(new Duplicate(0, new Revision(3)));
        }

        @Test
        void a_duplicate_is_found_before_a_role_that_is_gone() {
            await(store().grant(document, jon.person(), Optional.of(Role.VIEWER)));
            assertThat(commit(head, edit(jon, 1))).isEqualTo(new Duplicate(0, new Revision(3)));
            await(store().grant(document, jon.person(), Optional.empty()));
            assertThat(commit(head, edit(jon, 1))).isEqualTo(new Duplicate(0, new Revision(3)));
        }

        @Test
        void a_duplicate_is_found_before_a_closed_client_id() {
            resumes(jon);
            assertThat(commit(head, edit(jon, 1))).isEqualTo(new Duplicate(0, new Revision(3)));
        }

        @Test
        void a_closed_client_id_is_refused() {
            var again = resumes(jon);
            assertThat(commit(head, edit(mara, 3), edit(jon, 2))).isEqualTo(new ClientClosed(1));
            nothingWasWritten();
            assertThat(commit(head, edit(again, 1))).isInstanceOf(Appended.class);
        }

        @Test
        void a_client_id_that_was_never_issued_to_the_author_is_refused() {
            var never = new Writer(jon.person(), jon.device(), ClientId.random(random));
            assertThat(commit(head, edit(never, 1))).isEqualTo(new ClientClosed(0));
            var borrowed = new Writer(mara.person(), mara.device(), jon.client());
            assertThat(commit(head, edit(borrowed, 2))).isEqualTo(new ClientClosed(0));
            nothingWasWritten();
        }

        @Test
        void a_seq_must_be_the_next_one() {
            assertThat(commit(head, edit(jon, 3))).isEqualTo(new ClientClosed(0));
            assertThat(commit(head, edit(jon, 2), edit(jon, 4))).isEqualTo(new ClientClosed(1));
            assertThat(commit(head, edit(jon, 2), edit(mara, 3), edit(jon, 2))).isNotInstanceOf(Appended.class);
            nothingWasWritten();
            assertThat(commit(head, edit(jon, 2), edit(mara, 3), edit(jon, 3))).isInstanceOf(Appended.class);
        }

        @Test
        void a_closed_client_id_is_found_before_a_role_that_is_gone() {
            resumes(jon);
            await(store().grant(document, jon.person(), Optional.empty()));
            assertThat(commit(head, edit(jon, 2))).isEqualTo(new ClientClosed(0));
        }

        @Test
        void a_role_that_does_not_suffice_is_refused_from_the_moment_it_was_taken() {
            await(store().grant(document, jon.person(), Optional.of(Role.COMMENTER)));
            assertThat(commit(head, edit(mara, 3), edit(jon, 2))).isEqualTo(new RoleRefused(1));
            nothingWasWritten();
            await(store().grant(document, jon.person(), Optional.empty()));
            assertThat(commit(head, comment(jon, 2))).isEqualTo(new RoleRefused(0));
            await(store().grant(document, jon.person(), Optional.of(Role.EDITOR)));
            assertThat(commit(head, edit(jon, 2))).isInstanceOf(Appended.class);
        }

        @Test
        void entries_are_judged_in_order_and_each_wholly_before_the_next() {
            await(store().grant(document, jon.person(), Optional.of(Role.VIEWER)));
            assertThat(commit(head, edit(jon, 2), edit(mara, 1))).isEqualTo(new RoleRefused(0));
            assertThat(commit(head, edit(mara, 9), edit(jon, 2))).isEqualTo(new ClientClosed(0));
            assertThat(commit(head, edit(mara, 2), edit(mara, 9))).isEqualTo(new Duplicate(0, new Revision(2)));
        }

        @Test
        void a_refused_entry_is_found_before_a_head_that_moved() {
            await(store().grant(document, jon.person(), Optional.of(Role.VIEWER)));
            assertThat(commit(birth, edit(jon, 2))).isEqualTo(new RoleRefused(0));
            assertThat(commit(birth, edit(mara, 9))).isEqualTo(new ClientClosed(0));
        }

        @Test
        void a_head_that_moved_carries_what_is_missing() {
            var log = wholeLog(100);
            assertThat(commit(birth, edit(jon, 2))).isEqualTo(new HeadMoved(head, log));
            var first = new Head(epoch, new Revision(1), log.getFirst().chain());
            assertThat(commit(first, edit(jon, 2))).isEqualTo(new HeadMoved(head, log.subList(1, 3)));
            nothingWasWritten();
        }

        @Test
        void a_head_that_moved_far_carries_the_beginning_of_what_is_missing() {
            head = writes(head, mara, 3, DocumentStore.MISSING_ENTRIES + 10);
            var log = wholeLog(1000);
            assertThat(commit(birth, edit(jon, 2)))
                    .isEqualTo(new HeadMoved(head, log.subList(0, DocumentStore.MISSING_ENTRIES)));
            int just = log.size() - DocumentStore.MISSING_ENTRIES;
            var at = new Head(epoch, new Revision(just), log.get(just - 1).chain());
            assertThat(commit(at, edit(jon, 2))).isEqualTo(new HeadMoved(head, log.subList(just, log.size())));
        }

        private void nothingWasWritten() {
            assertThat(load().head()).isEqualTo(head);
            assertThat(wholeLog(100)).hasSize((int) head.revision().number());
            assertThat(commit(head, edit(mara, 2))).isEqualTo(new Duplicate(0, new Revision(2)));
            assertThat(commit(head, edit(mara, 4))).isEqualTo(new ClientClosed(0));
            assertThat(commit(head, edit(jon, 1))).isEqualTo(new Duplicate(0, new Revision(3)));
        }
    }

    @Nested
    class Turns {
        private Writer mara;

        @BeforeEach
        void create() {
            createDocument();
            mara = ownerJoins();
        }

        @Test
        void nobody_else_commits_during_a_turn() {
            var result = commitElsewhereRightAfterATurn(birth);
            assertThat(result).isInstanceOf(TurnTaken.class);
            assertThat(((TurnTaken) result).millis()).isBetween(1L, 50L);
        }

        @Test
        void a_turn_is_found_before_a_fork() {
            var forked = new Head(Epoch.random(random), Revision.ZERO, ChainHash.START);
            assertThat(commitElsewhereRightAfterATurn(forked)).isInstanceOf(TurnTaken.class);
        }

        @Test
        void who_has_the_turn_commits_and_may_ask_again() {
            assertThat(await(store().takeTurn(document, RELAY))).isTrue();
            assertThat(await(store().takeTurn(document, RELAY))).isTrue();
            assertThat(commit(birth, edit(mara, 1))).isInstanceOf(Appended.class);
        }

        @Test
        void a_turn_is_over_after_50_ms() {
            assertThat(await(store().takeTurn(document, OTHER_RELAY))).isTrue();
            elapse(Duration.ofMillis(50));
            assertThat(commit(birth, edit(mara, 1))).isInstanceOf(Appended.class);
            assertThat(await(store().takeTurn(document, RELAY))).isTrue();
        }

        @Test
        void a_turn_is_for_one_document() {
            var other = DocumentId.random(random);
            await(store().create(other, epoch, "Other", owner));
            assertThat(await(store().takeTurn(other, OTHER_RELAY))).isTrue();
            assertThat(commit(birth, edit(mara, 1))).isInstanceOf(Appended.class);
        }

        @Test
        void there_is_no_turn_for_an_unknown_document() {
            assertThat(await(store().takeTurn(DocumentId.random(random), RELAY)))
                    .isFalse();
        }

        /// On a real clock the answers may come after the turn is over; only then it is tried
        /// again, elsewhere.
        private CommitResult commitElsewhereRightAfterATurn(Head expected) {
            for (int attempt = 0; attempt < 20; attempt++) {
                var id = DocumentId.random(random);
                await(store().create(id, epoch, "Contended", owner));
                await(store().join(id, owner, mara.device(), mara.client(), Optional.empty(), Optional.empty()));
                long asked = System.nanoTime();
                assertThat(await(store().takeTurn(id, RELAY))).isTrue();
                boolean second = await(store().takeTurn(id, OTHER_RELAY));
                var result = await(store().commit(id, OTHER_RELAY, expected, entries(expected, edit(mara, 1))));
                if (System.nanoTime() - asked < Duration.ofMillis(50).toNanos()) {
                    assertThat(second).isFalse();
                    assertThat(await(store().heads(List.of(id))).get(id).head()).isEqualTo(birth);
                    return result;
                }
            }
            throw new AssertionError("this machine never answers within a turn");
        }
    }
}
