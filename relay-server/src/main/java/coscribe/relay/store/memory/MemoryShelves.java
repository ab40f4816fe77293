package coscribe.relay.store.memory;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.PersonId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When each person used each document last. Guarded by the store's lock.
final class MemoryShelves {
    private static final Comparator<ListPlace> ORDER = Comparator.comparingLong(ListPlace::usedAtMillis)
            .thenComparing(place -> place.document().hex())
            .reversed();

    private final Map<PersonId, Map<DocumentId, Long>> used = new HashMap<>();

    void use(PersonId person, DocumentId document, Instant now) {
        used.computeIfAbsent(person, _ -> new HashMap<>()).put(document, now.toEpochMilli());
    }

    void clear() {
        used.clear();
    }

    /// At most `most`, the one used last first.
    List<ListPlace> after(PersonId person, Optional<ListPlace> place, int most) {
        return used.getOrDefault(person, Map.of()).entrySet().stream()
                .map(each -> new ListPlace(each.getValue(), each.getKey()))
                .filter(each -> place.isEmpty() || ORDER.compare(each, place.get()) > 0)
                .sorted(ORDER)
                .limit(most)
                .toList();
    }
}
