package coscribe.relay.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a run saw: a run without contention proves nothing.
final class Seen {
    enum What {
        EDITS,
        COMMITS,
        /// A submission that met others' commits since its base.
        REBASES,
        /// The store had a later head than the relay thought.
        LOST_RACES,
        /// A relay that lost race after race was given the turn.
        TURNS,
        /// A commit that the store put off because it was another relay's turn.
        KEPT_WAITING,
        RANGES,
        /// A range, and behind it the receiver's own commit.
        RANGES_BEFORE_OWN,
        /// A client sent the same (client, seq) once more.
        RESENDS,
        /// The network brought a submission twice.
        DOUBLED,
        /// The log brought a commit that neither feed nor store had told that relay of.
        GAP_FILLS,
        /// The store was asked to append what it had.
        DUPLICATES,
        /// A connection broke.
        CUTS,
        RELAY_CRASHES,
        /// A relay's clock, up to an hour off, was set to another wrong time while it ran.
        CLOCKS_SET,
        CLIENT_CRASHES,
        /// A journal that came back without its unforced end.
        LOST_SUFFIXES,
        /// The same, while a submission was under way.
        LOST_UNDER_WAY,
        /// The same, and it was the mark of that submission that was lost.
        LOST_MARKS,
        /// The store did it, and the relay was not told.
        LOST_REPLIES,
        LOAD_ERRORS,
        /// A client that stopped reading for a while.
        SLOW_READS,
        /// A relay that was told so, having more to send than may wait.
        FULL_OUTBOXES,
        /// Two connections, on which what was said later arrived first.
        REORDERS,
        /// What the feed should have brought and did not.
        LOST_NEWS,
        /// A role taken in mid-flight.
        DEMOTIONS,
        /// The same, while the outcome of a commit was unknown.
        DEMOTED_UNKNOWN,
        /// Text that could not be sent any more and was kept aside.
        COPIES,
        UNDOS,
        /// A commit that was nothing but undo, of which it is known that it took away its author's own.
        UNDOS_JUDGED,
        /// The store lost its newest commits.
        WENT_BACK,
        /// The same, right behind its answer to somebody who came in.
        WENT_BACK_BEHIND_JOIN,
        /// The document came from a backup, under everybody's feet.
        RESTORED,
        /// The log reaches back less far than before.
        TRIMMED,
        /// A caret was moved without an edit.
        CARETS,
        /// The document was to be called something else.
        RENAMES,
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
