package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.StoreUnsafeException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/// A command that waits for its turn or for its reply.
///
/// @param document  what it is about, so that damage is reported by name
/// @param confirm   whether its answer counts only when the replicas have what it tells of
/// @param retry     whether it was sent before and Redis did not know the script
record Command<T>(
        Words words,
        Optional<DocumentId> document,
        Decoder<T> decoder,
        CompletableFuture<T> answer,
        long deadlineNanos,
        boolean confirm,
        boolean retry) {
    /// Makes a value of a reply. What it throws fails the stage.
    interface Decoder<T> {
        T decode(Reply reply);
    }

    Command<T> again() {
        return new Command<>(words, document, decoder, answer, deadlineNanos, confirm, true);
    }

    /// What Redis refused it did not do, so nobody has to confirm it.
    ///
    /// @param doubt  why replicas may not have what is told of
    void land(@Nullable Object reply, Optional<StoreUnsafeException> doubt) {
        if (confirm && doubt.isPresent() && !(reply instanceof JedisDataException)) {
            failed(doubt.get());
        } else {
            arrived(reply);
        }
    }

    private void arrived(@Nullable Object reply) {
        T value;
        try {
            if (reply instanceof JedisDataException refused) {
                throw Refusals.of(refused, words.what(), document);
            }
            value = decoder.decode(new Reply(reply));
        } catch (RuntimeException e) {
            answer.completeExceptionally(told(e));
            return;
        }
        answer.complete(value);
    }

    /// What nobody can make sense of, in an answer about a document, is damage.
    private RuntimeException told(RuntimeException e) {
        boolean senseless = e instanceof IllegalStateException
                || e instanceof IllegalArgumentException
                || e instanceof IndexOutOfBoundsException;
        return senseless && document.isPresent()
                ? new DamagedDocumentException(document.get(), "what is kept of it makes no sense: " + e.getMessage())
                : e;
    }

    void failed(RuntimeException cause) {
        answer.completeExceptionally(cause);
    }
}
