package coscribe.relay.simulation;

import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import java.util.HashMap;
import java.util.Map;

/// What relays told anybody of the document's history, every acknowledgement among it: nothing of it
/// may be taken back.
final class Shown {
    private final Map<SimClient.Named, Revision> commits = new HashMap<>();
    private final Map<Revision, ContentHash> texts = new HashMap<>();

    void told(ServerMessage message) {
        switch (message) {
            case Committed commit -> {
                commits.put(new SimClient.Named(commit.client(), commit.seq()), commit.revision());
                commit.contentHash().ifPresent(hash -> texts.put(commit.revision(), hash));
            }
            case ServerMessage.Range range -> range.contentHash().ifPresent(hash -> texts.put(range.to(), hash));
            case ServerMessage.Joined joined -> texts.put(joined.head(), joined.contentHash());
            default -> {}
        }
    }

    /// The log says at `at` that the text is this.
    void checkText(World world, Revision at, Document text) {
        var told = texts.remove(at);
        world.require(
                told == null || told.equals(text.contentHash()), () -> "another text was shown of revision " + at);
    }

    /// @param committed  everything that is in the log
    void checkAll(World world, Map<SimClient.Named, Revision> committed) {
        commits.forEach((named, revision) -> world.require(
                revision.equals(committed.get(named)), () -> named + " was shown as " + revision + " and taken back"));
        world.require(texts.isEmpty(), () -> "texts were shown of revisions that are not there: " + texts.keySet());
    }
}
