package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Carries commands to Redis, in their order, and brings the answers. Never blocks.
interface Line extends AutoCloseable {
    /// @param document  what it is about, so that damage is reported by name
    /// @param confirm   whether the answer counts only when the replicas have what it tells of; fails
    ///     with a {@link coscribe.relay.store.StoreUnsafeException} where they do not say so
    <T> CompletionStage<T> send(
            Words words, Optional<DocumentId> document, Command.Decoder<T> decoder, boolean confirm);

    /// Whether anybody is asked to confirm.
    boolean confirms();

    @Override
    void close();

    /// For a command of which only matters whether it was carried out.
    default CompletionStage<Void> send(Words words) {
        return send(words, Optional.empty(), reply -> true, false).thenAccept(_ -> {});
    }

    default <T> CompletionStage<T> send(Words words, Command.Decoder<T> decoder) {
        return send(words, Optional.empty(), decoder, false);
    }

    default <T> CompletionStage<T> send(Words words, DocumentId document, Command.Decoder<T> decoder) {
        return send(words, Optional.of(document), decoder, false);
    }

    /// Answers when the replicas have what the command wrote.
    default <T> CompletionStage<T> confirmed(Words words, DocumentId document, Command.Decoder<T> decoder) {
        return send(words, Optional.of(document), decoder, true);
    }
}
