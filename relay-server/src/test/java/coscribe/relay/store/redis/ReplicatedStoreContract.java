package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.CommitResult.ClientClosed;
import coscribe.relay.store.CommitResult.Duplicate;
import coscribe.relay.store.DocumentStoreFixture;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The same histories over a primary and its replica, real and as the simulation has them.
abstract class ReplicatedStoreContract extends DocumentStoreFixture {
    /// From now on the replica gets nothing.
    protected abstract void cut();

    /// The replica takes the primary's place with what it has, and the other one comes back as its replica.
    protected abstract void failOver();

    /// Asks again until it is answered.
    private <T> T insist(Supplier<CompletionStage<T>> call) {
        var answer = new AtomicReference<T>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            try {
                answer.set(call.get().toCompletableFuture().get());
                return true;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(StoreUnavailableException.class);
                return false;
            }
        });
        return answer.get();
    }

    private CommitResult commitAgain(Head expected, Wish... wishes) {
        return insist(() -> store().commit(document, RELAY, expected, entries(expected, wishes)));
    }

    private static Head end(Head expected, Wish... wishes) {
        return new Head(
                expected.epoch(),
                expected.revision().plus(wishes.length),
                entries(expected, wishes).getLast().chain());
    }

    @Test
    void what_was_confirmed_is_there_after_a_failover_and_what_was_not_is_gone_and_can_be_sent_again() {
        createDocument();
        var mara = ownerJoins();
        var head = writes(birth, mara, 1, 3);
        cut();
        assertThat(failureOf(store().commit(document, RELAY, head, entries(head, edit(mara, 4)))))
                .isInstanceOf(StoreUnsafeException.class);
        assertThat(failureOf(store().read(document, head.revision(), 10, 1 << 20)))
                .isInstanceOf(StoreUnsafeException.class);
        failOver();
        assertThat(insist(() -> store().heads(List.of(document))).get(document).head())
                .isEqualTo(head);
        assertThat(commitAgain(head, edit(mara, 4))).isEqualTo(new Appended(end(head, edit(mara, 4))));
        assertThat(commitAgain(head, edit(mara, 4))).isEqualTo(new Duplicate(0, new Revision(4)));
        assertThat(wholeLog(10)).hasSize(4);
    }

    @Test
    void a_client_id_that_was_closed_by_a_confirmed_join_stays_closed() {
        createDocument();
        var mara = ownerJoins();
        var head = writes(birth, mara, 1, 1);
        var again = resumes(mara);
        failOver();
        assertThat(commitAgain(head, edit(mara, 2))).isEqualTo(new ClientClosed(0));
        assertThat(commitAgain(head, edit(again, 1))).isEqualTo(new Appended(end(head, edit(again, 1))));
        var joined = (JoinResult.Joined) insist(() -> store().join(
                        document,
                        mara.person(),
                        mara.device(),
                        ClientId.random(random),
                        Optional.of(mara.client()),
                        Optional.empty()));
        assertThat(joined.resumed()).isEqualTo(new Resumed.At(1, new Revision(1)));
    }
}
