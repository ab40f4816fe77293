package coscribe.client.runner;

import coscribe.ot.document.Document;
import java.time.Instant;
import java.util.List;

/// Where text is kept that could not become part of its document.
public interface Copies {
    /// Returns when the copy is on the disk; throws
    /// {@link coscribe.client.journal.JournalException} where it could not be kept.
    KeptCopy keep(Document document, KeptCopy.Reason reason, String title, Instant at);

    /// Oldest first; what cannot be read is left out, and left alone.
    List<KeptCopy> list();
}
