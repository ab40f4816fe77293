package coscribe.client.runner;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.session.JournalRecord;
import coscribe.ot.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What of a document that is not open here waits on this computer for its relay.
///
/// @param edits  as the status line counts them once it is opened
/// @param title  that it is to have, where its relay has not said yes yet
public record Unsaved(int edits, Optional<String> title) {
    public static final Unsaved NOTHING = new Unsaved(0, Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(Unsaved.class);

    /// @param records  of its journal, in order
    public static Unsaved of(PersonId person, DocumentId document, List<JournalRecord> records) {
        if (records.isEmpty()) {
            return NOTHING;
        }
        var counter = new EditCounter();
        records.forEach(entry -> counter.noted(entry, false, Instant.EPOCH));
        try {
            var session = Session.restored(person, document, records);
            return session.allSaved()
                    ? NOTHING
                    : new Unsaved(
                            Math.max(1, counter.count()),
                            Optional.of(session.title()).filter(title -> session.isRenaming()));
        } catch (RuntimeException e) {
            LOG.warn("journal not understood document={}", document, e);
            return new Unsaved(counter.count(), Optional.empty());
        }
    }
}
