package coscribe.relay.store;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Brings what is committed or granted, here or at another relay, to every relay that follows a document. Only
/// the fast path: it may lose, repeat and reorder; the log is the truth.
public interface DocumentFeed extends AutoCloseable {
    /// Follows a document. When the stage is done, every later commit is announced, as far as the
    /// feed does not lose it. One listener for each document; a second call replaces it.
    CompletionStage<Void> follow(DocumentId document, Listener listener);

    void unfollow(DocumentId document);

    /// Hands soft state to everybody who follows the document, this relay among them. May be lost.
    ///
    /// @return whether anybody else followed it then; never fails, and is true where nobody knows
    CompletionStage<Boolean> publishPresence(DocumentId document, byte[] message);

    @Override
    void close();

    /// Called on a thread of the feed's; must not block.
    interface Listener {
        /// Commits, dense, in order.
        void committed(List<LogEntry> entries);

        /// There are commits up to `head` which were too large to be carried along.
        void headMoved(Revision head);

        void presence(byte[] message);

        /// Somebody was given a role in the document, another one, or none any more; or it is called
        /// something else.
        void accessChanged();

        /// The subscription was lost and is back: something may have been missed.
        void interrupted();
    }
}
