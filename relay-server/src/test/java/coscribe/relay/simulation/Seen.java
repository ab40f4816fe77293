package coscribe.relay.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a run saw: a run without contention proves nothing.
final class Seen {
    enum What {
        EDITS,
        COMMITS,
        REBASES,
        LOST_RACES,
        RANGES,
        RESENDS,
        GAP_FILLS,
        DUPLICATES,
        CUTS,
        RELAY_CRASHES,
        CLIENT_CRASHES,
        LOST_SUFFIXES,
        LOST_REPLIES,
        LOAD_ERRORS,
        SLOW_READS,
        DEMOTIONS,
        COPIES,
        UNDOS,
        SNAPSHOTS
    }

    private final Map<What, Integer> counts = new EnumMap<>(What.class);

    void saw(What what) {
        counts.merge(what, 1, Integer::sum);
    }

    int count(What what) {
        return counts.getOrDefault(what, 0);
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().name().toLowerCase(java.util.Locale.ROOT) + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
