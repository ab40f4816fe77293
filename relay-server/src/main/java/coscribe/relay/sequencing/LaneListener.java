package coscribe.relay.sequencing;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Refusal;
import java.time.Duration;
import java.util.List;

/// Hears what becomes of a document. Called in the document's lane.
public interface LaneListener {
    /// Durable commits, dense, in order, each once.
    void deliver(List<KnownCommit> commits);

    void refuse(ClientId client, long seq, Refusal reason, String sentence, Duration retryAfter);

    /// The document is loaded.
    void ready();

    /// The document cannot be had.
    void unavailable(Unavailable why, String sentence);

    /// This relay's copy is of another history: everybody must come in anew.
    void expel(String sentence);

    /// The document's access list may have changed.
    void accessChanged();

    /// What was told of the document may have been lost for a while.
    void interrupted();

    /// What had not come by the feed was read from the log; `commits` of it were new here.
    void gapFilled(int commits);

    /// Somebody's soft state, from any relay.
    void presence(byte[] message);
}
