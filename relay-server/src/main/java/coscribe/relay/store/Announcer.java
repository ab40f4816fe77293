package coscribe.relay.store;

import coscribe.ot.protocol.DocumentId;
import java.util.List;

/// Is told by a store what its followers should hear of; for a store whose feed is not part of it.
/// Called on the threads on which the store answers; must not block.
public interface Announcer {
    /// Commits, dense, in order, which are durable.
    void committed(DocumentId document, List<LogEntry> entries);

    /// Somebody's role, or the title, may be another one.
    void accessChanged(DocumentId document);
}
