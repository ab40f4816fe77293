package coscribe.relay.backup;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.HeldPeople;
import coscribe.relay.store.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Takes what comes out of a backup, each thing when it is verified; people last. As {@link
/// coscribe.relay.store.Holdings} takes it.
public interface Taker {
    /// Takes nothing: the file is only verified.
    Taker NOTHING = new Taker() {
        @Override
        public void log(HeldDocument document, ChainHash before, List<LogEntry> run) {}

        @Override
        public void document(HeldDocument document, Map<PersonId, Revision> authors, byte[] content) {}

        @Override
        public void use(PersonId person, DocumentId document, Instant when) {}

        @Override
        public void people(HeldPeople people) {}
    };

    void log(HeldDocument document, ChainHash before, List<LogEntry> run);

    void document(HeldDocument document, Map<PersonId, Revision> authors, byte[] content);

    void use(PersonId person, DocumentId document, Instant when);

    void people(HeldPeople people);
}
