package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.exceptions.JedisDataException;

/// A command that waits for its turn or for its reply.
///
/// @param document  what it is about, so that damage is reported by name
/// @param retry     whether it was sent before and Redis did not know the script
record Command<T>(
        Words words,
        Optional<DocumentId> document,
        Decoder<T> decoder,
        CompletableFuture<T> answer,
        long deadlineNanos,
        boolean retry) {
    /// Makes a value of a reply. What it throws fails the stage.
    interface Decoder<T> {
        T decode(Reply reply);
    }

    Command<T> again() {
        return new Command<>(words, document, decoder, answer, deadlineNanos, true);
    }

    void arrived(Object reply) {
        T value;
        try {
            if (reply instanceof JedisDataException refused) {
                throw Refusals.of(refused, words.what(), document);
            }
            value = decoder.decode(new Reply(reply));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            return;
        }
        answer.complete(value);
    }

    void failed(RuntimeException cause) {
        answer.completeExceptionally(cause);
    }
}
