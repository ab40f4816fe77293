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

/// What is said, as frames: single messages, a whole document, or what somebody missed.
final class Frames {
    /// So many foreign commits in a row go one by one, with their carets; more go as a composed
    /// range.
    private static final int SINGLY = 4;

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
    /// @param own     the client ids under which the receiver may have committed
    /// @param atHead  the document's hash after the last commit
    static List<Frame> missed(List<KnownCommit> commits, Set<ClientId> own, ContentHash atHead) {
        var frames = new ArrayList<Frame>();
        var foreign = new ArrayList<KnownCommit>();
        for (int i = 0; i < commits.size(); i++) {
            KnownCommit commit = commits.get(i);
            boolean last = i == commits.size() - 1;
            if (own.contains(commit.committed().client())) {
                addForeign(frames, foreign, Optional.empty());
                frames.add(of(commit));
            } else {
                foreign.add(commit);
                if (last) {
                    addForeign(frames, foreign, Optional.of(atHead));
                }
            }
        }
        return frames;
    }

    private static void addForeign(List<Frame> frames, List<KnownCommit> run, Optional<ContentHash> hash) {
        if (run.size() <= SINGLY) {
            run.forEach(commit -> frames.add(of(commit)));
        } else {
            Change whole = Change.composeAll(
                    run.stream().map(commit -> commit.committed().change()).toList());
            Revision from = new Revision(run.getFirst().revision().number() - 1);
            Wire.rangeParts(from, run.getLast().revision(), whole, hash).forEach(part -> frames.add(of(part)));
        }
        run.clear();
    }
}
