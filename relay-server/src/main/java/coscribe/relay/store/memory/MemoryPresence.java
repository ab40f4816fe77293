package coscribe.relay.store.memory;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.store.PresenceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Who is present, as far as this process knows.
public final class MemoryPresence implements PresenceStore {
    private static final long HERE = 1L << 32; // more than all who are away

    private final InstantSource clock;
    private final Executor executor;
    private final Object lock = new Object();
    private final Map<DocumentId, Map<ClientId, Kept>> documents = new HashMap<>();

    private final Map<DocumentId, Map<PersonId, Seat>> seats = new HashMap<>();

    private record Seat(PaletteSlot slot, Instant until) {}

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

    @Override
    public CompletionStage<PaletteSlot> seat(
            DocumentId document, PersonId person, PaletteSlot wish, Set<PersonId> here, Duration keep) {
        return Stages.run(executor, lock, () -> {
            var now = clock.instant();
            var taken = seats.computeIfAbsent(document, _ -> new HashMap<>());
            taken.entrySet().removeIf(seat -> !now.isBefore(seat.getValue().until()) && !here.contains(seat.getKey()));
            var had = taken.get(person);
            var slot = had == null ? free(taken, wish, here) : had.slot();
            taken.put(person, new Seat(slot, now.plus(keep)));
            return slot;
        });
    }

    private static PaletteSlot free(Map<PersonId, Seat> taken, PaletteSlot wish, Set<PersonId> here) {
        var colours = new long[PaletteSlot.COLOURS];
        var shapes = new long[PaletteSlot.COLOURS][PaletteSlot.SHAPES];
        taken.forEach((person, seat) -> {
            long weight = here.contains(person) ? HERE : 1;
            colours[seat.slot().colour()] += weight;
            shapes[seat.slot().colour()][seat.slot().shape()] += weight;
        });
        int colour = firstLeast(colours, wish.colour());
        return new PaletteSlot(colour, firstLeast(shapes[colour], wish.shape()));
    }

    private static int firstLeast(long[] weights, int from) {
        int least = from;
        for (int i = 1; i < weights.length; i++) {
            int at = (from + i) % weights.length;
            least = weights[at] < weights[least] ? at : least;
        }
        return least;
    }

    private void forgetExpired(DocumentId document) {
        var now = clock.instant();
        documents.computeIfPresent(document, (_, present) -> {
            present.values().removeIf(kept -> !now.isBefore(kept.until()));
            return present.isEmpty() ? null : present;
        });
    }
}
