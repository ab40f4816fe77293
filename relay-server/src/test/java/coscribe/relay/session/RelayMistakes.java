package coscribe.relay.session;

import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.wire.Wire;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.transport.Frame;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What the mutants of the relay's session do instead.
public final class RelayMistakes {
    private RelayMistakes() {}

    static void owe(HallMember member, Set<ClientId> about) {}

    static long nowMillis(HallContext context) {
        return context.lanes().clock().millis();
    }

    static boolean neverAfter(Revision revision, Revision other) {
        return false;
    }

    static CaretAt placed(HallPresence presence, CaretAt told) {
        return told;
    }

    static List<Frame> missed(
            List<KnownCommit> commits, Set<ClientId> own, Function<Revision, Optional<ContentHash>> hashAt) {
        if (commits.isEmpty()) {
            return List.of();
        }
        Change whole = Change.composeAll(
                commits.stream().map(commit -> commit.committed().change()).toList());
        Revision from = new Revision(commits.getFirst().revision().number() - 1);
        Revision to = commits.getLast().revision();
        return Wire.rangeParts(from, to, whole, hashAt.apply(to).orElseThrow()).stream()
                .map(Frames::of)
                .toList();
    }
}
