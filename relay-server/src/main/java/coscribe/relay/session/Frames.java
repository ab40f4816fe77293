package coscribe.relay.session;

import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.wire.Wire;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.transport.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What is said, as frames: single messages, a whole document, or what somebody missed.
final class Frames {
    /// So many foreign commits in a row go one by one, with their carets; more go as a composed
    /// range.
    private static final int SINGLY = 4;

    /// So many ranges of one answer may end before the reader's own commits. Somebody with one
    /// submission in flight needs one; each costs a hash of the whole document.
    private static final int BEFORE_OWN = 8;

    private Frames() {}

    static Frame of(ServerMessage message) {
        return Frame.text(Wire.encode(message));
    }

    static Frame of(KnownCommit commit) {
        return Frame.text(commit.bytes());
    }

    static List<Frame> snapshot(Document document, Revision revision) {
        return Wire.snapshotParts(document, revision).stream().map(Frames::of).toList();
    }

    /// What came after the first commit's predecessor. Foreign commits may be composed, as that is
    /// invisible to a client; the receiver's own go alone, since its copy already shows them and
    /// waits for each by name.
    ///
    /// Every range tells the hash of the document at its end. Where that cannot be had, or would be
    /// too many, the commits go one by one: the bytes are there, and each is as good.
    ///
    /// @param own     the client ids under which the receiver may have committed
    /// @param hashAt  the document's hash at a revision, where it can be told: certainly after the
    ///                last commit; asked only for the end of a range
    static List<Frame> missed(
            List<KnownCommit> commits, Set<ClientId> own, Function<Revision, Optional<ContentHash>> hashAt) {
        var frames = new ArrayList<Frame>();
        var foreign = new ArrayList<KnownCommit>();
        int beforeOwn = 0;
        for (KnownCommit commit : commits) {
            if (!own.contains(commit.committed().client())) {
                foreign.add(commit);
                continue;
            }
            if (!foreign.isEmpty()) {
                beforeOwn += isRange(foreign) ? 1 : 0;
                addForeign(frames, foreign, beforeOwn <= BEFORE_OWN ? hashAt : tooMany -> Optional.empty());
                foreign.clear();
            }
            frames.add(of(commit));
        }
        addForeign(frames, foreign, hashAt);
        return frames;
    }

    private static boolean isRange(List<KnownCommit> run) {
        return run.size() > SINGLY;
    }

    private static void addForeign(
            List<Frame> frames, List<KnownCommit> run, Function<Revision, Optional<ContentHash>> hashAt) {
        var hash = isRange(run) ? hashAt.apply(run.getLast().revision()) : Optional.<ContentHash>empty();
        if (hash.isEmpty()) {
            run.forEach(commit -> frames.add(of(commit)));
            return;
        }
        Change whole = Change.composeAll(
                run.stream().map(commit -> commit.committed().change()).toList());
        Revision from = new Revision(run.getFirst().revision().number() - 1);
        Wire.rangeParts(from, run.getLast().revision(), whole, hash.get()).forEach(part -> frames.add(of(part)));
    }
}
