package coscribe.relay.store.memory;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.relay.store.PresenceStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Who is present, as far as this process knows.
public final class MemoryPresence implements PresenceStore {
    private final InstantSource clock;
    private final Executor executor;
    private final Object lock = new Object();
    private final Map<DocumentId, Map<ClientId, Kept>> documents = new HashMap<>();

    private record Kept(byte[] bytes, Instant until) {}

    public MemoryPresence(InstantSource clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Void> renew(DocumentId document, Map<ClientId, byte[]> records) {
        var renewed = new LinkedHashMap<>(records);
        return Stages.run(executor, lock, () -> {
                    var until = clock.instant().plus(Limits.PRESENCE_TTL);
                    var present = documents.computeIfAbsent(document, _ -> new LinkedHashMap<>());
                    renewed.forEach((client, bytes) -> present.put(client, new Kept(bytes, until)));
                    forgetExpired(document);
                    return true;
                })
                .thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Void> remove(DocumentId document, ClientId client) {
        return Stages.run(executor, lock, () -> {
                    documents.getOrDefault(document, new HashMap<>()).remove(client);
                    forgetExpired(document);
                    return true;
                })
                .thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Map<ClientId, byte[]>> present(DocumentId document) {
        return Stages.run(executor, lock, () -> {
            forgetExpired(document);
            var present = new LinkedHashMap<ClientId, byte[]>();
            documents.getOrDefault(document, Map.of()).forEach((client, kept) -> present.put(client, kept.bytes()));
            return present;
        });
    }

    private void forgetExpired(DocumentId document) {
        var now = clock.instant();
        documents.computeIfPresent(document, (_, present) -> {
            present.values().removeIf(kept -> !now.isBefore(kept.until()));
            return present.isEmpty() ? null : present;
        });
    }
}
