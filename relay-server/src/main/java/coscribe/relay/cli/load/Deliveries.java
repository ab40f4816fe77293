package coscribe.relay.cli.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The keystrokes of one document on their way: which submission took them along, which revision
/// that became, and who has not got it yet. A text can be past a revision before anybody told whose
/// that is, for a slow reader is sent several in one. What everybody has is forgotten.
final class Deliveries {
    private static final long[] NONE = {};

    private final Map<Submission, long[]> sent = new HashMap<>();
    private final Map<Integer, List<Long>> waiting = new HashMap<>();
    private final Map<Long, Revision> revisions = new HashMap<>();
    private int members;

    /// @param seq  of the client with that number
    private record Submission(int client, long seq) {}

    /// A revision, as far as it is known.
    private static final class Revision {
        private int author = -1;
        private long[] struck = NONE;
        private int left;
        /// Who had it before it was known whose it is, and when.
        private final List<Arrival> early = new ArrayList<>();
    }

    private record Arrival(int client, long atNanos) {}

    /// Hears when a keystroke was where.
    interface Reached {
        /// @param author  whether it is the one who struck the key
        void at(long struckNanos, long reachedNanos, boolean author);
    }

    /// One more has the document open.
    void join() {
        members++;
    }

    /// One less. What was on the way then is no longer told of.
    void leave() {
        members--;
        revisions.clear();
        sent.clear();
    }

    void struck(int client, long atNanos) {
        waiting.computeIfAbsent(client, _ -> new ArrayList<>()).add(atNanos);
    }

    /// Everything struck so far goes along; once sent, a submission stays what it is.
    void submitted(int client, long seq) {
        var struck = waiting.getOrDefault(client, List.of());
        long[] times = struck.stream().mapToLong(Long::longValue).toArray();
        if (sent.putIfAbsent(new Submission(client, seq), times) == null) {
            waiting.remove(client);
        }
    }

    /// Whose a revision is; it may be said by each who is told.
    void told(long revision, int author, long seq, Reached reached) {
        var known = revisions.computeIfAbsent(revision, _ -> opened());
        if (known.author >= 0) {
            return;
        }
        known.author = author;
        long[] times = sent.remove(new Submission(author, seq));
        known.struck = times == null ? NONE : times;
        known.early.forEach(arrival -> arrived(known, arrival, reached));
        known.early.clear();
    }

    /// A client's text has it now.
    ///
    /// @return whether it is that client's own
    boolean has(long revision, int client, long nowNanos, Reached reached) {
        var known = revisions.computeIfAbsent(revision, _ -> opened());
        var arrival = new Arrival(client, nowNanos);
        if (known.author < 0) {
            known.early.add(arrival);
        } else {
            arrived(known, arrival, reached);
        }
        if (--known.left == 0 && known.author >= 0) {
            revisions.remove(revision);
        }
        return known.author == client;
    }

    private Revision opened() {
        var revision = new Revision();
        revision.left = members;
        return revision;
    }

    private static void arrived(Revision revision, Arrival arrival, Reached reached) {
        Arrays.stream(revision.struck)
                .forEach(struck -> reached.at(struck, arrival.atNanos, arrival.client == revision.author));
    }

    /// Of how many revisions somebody has not got them yet, for tests.
    int underWay() {
        return revisions.size();
    }
}
