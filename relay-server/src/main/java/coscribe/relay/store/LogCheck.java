package coscribe.relay.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import java.util.List;

/// Recomputes the chain, so that neither a damaged log is handed out nor a wrong one begun. For
/// every implementation.
public final class LogCheck {
    private LogCheck() {}

    /// What was read is dense from `after` on and each chain hash is that of its bytes.
    ///
    /// @param chain  the chain hash at `after`
    /// @return the chain hash at the end
    /// @throws DamagedDocumentException  else
    @CanIgnoreReturnValue
    public static ChainHash requireDense(DocumentId document, Revision after, ChainHash chain, List<LogEntry> entries) {
        var at = after;
        var hash = chain;
        for (LogEntry entry : entries) {
            at = at.next();
            if (!entry.revision().equals(at)) {
                throw new DamagedDocumentException(document, "revision " + at + " is missing");
            }
            hash = hash.after(entry.bytes());
            if (!entry.chain().equals(hash)) {
                throw new DamagedDocumentException(
                        document, "the bytes of revision " + at + " are not what was stored");
            }
        }
        return hash;
    }

    /// What was read from `after` on ends exactly at the head.
    ///
    /// @throws DamagedDocumentException  else
    public static void requireUpToHead(
            DocumentId document, Revision after, ChainHash chain, List<LogEntry> entries, Head head) {
        var end = requireDense(document, after, chain, entries);
        if (!after.plus(entries.size()).equals(head.revision()) || !end.equals(head.chain())) {
            throw new DamagedDocumentException(document, "the log does not end at the head, " + head.revision());
        }
    }

    /// What is to be appended has the chain hashes of its bytes; anything else would make the
    /// document unreadable.
    ///
    /// @throws IllegalArgumentException  where the relay has a bug
    public static void requireSound(Head expected, List<Entry> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a commit without entries");
        }
        var hash = expected.chain();
        for (int i = 0; i < entries.size(); i++) {
            hash = hash.after(entries.get(i).bytes());
            if (!entries.get(i).chain().equals(hash)) {
                throw new IllegalArgumentException("the chain hash of entry " + i + " is not that of its bytes");
            }
        }
    }
}
