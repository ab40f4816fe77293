package coscribe.relay.sequencing;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.Head;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One document's order at one relay, as a value: what is known of the log's end, who waits, what
/// is under way.
///
/// @param copy     the relay's copy of the document; empty until it is loaded
/// @param waiting  submissions in the order in which they came, at most one of each client
/// @param attempt  the commit under way
/// @param reading  whether a read of the log is under way
/// @param paused   whether a retry is due before the next commit
/// @param lost     how many races were lost in a row
public record Sequence(
        Loading loading,
        Optional<Copy> copy,
        List<Waiting> waiting,
        Optional<Attempt> attempt,
        boolean reading,
        boolean paused,
        Turn turn,
        int lost,
        long lastHashAtMillis) {
    public static final Sequence EMPTY = new Sequence(
            Loading.NO, Optional.empty(), List.of(), Optional.empty(), false, false, Turn.NONE, 0, Long.MIN_VALUE);

    enum Loading {
        NO,
        UNDER_WAY
    }

    enum Turn {
        NONE,
        ASKED
    }

    /// A commit under way: what was asked for, and what the document is after each entry.
    ///
    /// @param abandoned  the copy was dropped meanwhile; the answer is only waited for
    record Attempt(Head expected, List<Prepared> prepared, boolean abandoned) {
        Attempt {
            prepared = List.copyOf(prepared);
        }
    }

    record Prepared(Waiting waiting, KnownCommit commit, Document after) {}

    public Sequence {
        waiting = List.copyOf(waiting);
    }

    public boolean isReady() {
        return copy.isPresent();
    }

    /// The relay's copy; only when ready.
    public Document document() {
        return copy.orElseThrow().document();
    }

    /// Where the relay's copy stands; only when ready.
    public Head head() {
        return copy.orElseThrow().head();
    }

    /// As {@link #head}, where there is a copy.
    public Optional<Head> standsAt() {
        return copy.map(Copy::head);
    }

    /// Everybody who ever committed to it; only when ready.
    public Set<PersonId> authors() {
        return copy.orElseThrow().authors();
    }

    public Recent recent() {
        return copy.orElseThrow().recent();
    }

    /// The document as it was at `revision`, as far back as this relay remembers; only when ready.
    public Optional<Document> documentAt(Revision revision) {
        return revision.equals(head().revision()) ? Optional.of(document()) : recent().documentAt(revision);
    }

    /// Whether the log went through `head` on its way to where the copy stands, as far back as this relay remembers;
    /// only when ready.
    public boolean wentThrough(Head head) {
        return head.equals(head())
                || head.epoch().equals(head().epoch())
                        && head.revision().isAfter(recent().reachesBackTo())
                        && recent().after(new Revision(head.revision().number() - 1)).stream()
                                .flatMap(List::stream)
                                .limit(1)
                                .anyMatch(commit -> commit.chain().equals(head.chain()));
    }

    /// Whether nothing is under way or waits.
    public boolean isIdle() {
        return waiting.isEmpty() && attempt.isEmpty() && !reading && loading == Loading.NO && !paused;
    }
}
