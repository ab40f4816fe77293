package coscribe.relay.store;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Who is in a document, over all relays: one record for each client id, which vanishes 30 s after
/// it was last renewed; and how each person looks there.
public interface PresenceStore {
    CompletionStage<Void> renew(DocumentId document, Map<ClientId, byte[]> records);

    CompletionStage<Void> remove(DocumentId document, ClientId client);

    CompletionStage<Map<ClientId, byte[]>> present(DocumentId document);

    /// How a person looks in a document: as they did the last time, or else, counted from what they
    /// wish, the first colour that the fewest have, and in it the first shape that the fewest have;
    /// who is here counts before all who are away. One step: two relays never give one place to
    /// two.
    ///
    /// @param here  who is in the document now
    /// @param keep  how long they keep it from now on; those in `here` lose theirs in no case
    CompletionStage<PaletteSlot> seat(
            DocumentId document, PersonId person, PaletteSlot wish, Set<PersonId> here, Duration keep);
}
