package coscribe.relay.store;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Who is in a document, over all relays: one record for each client id, which vanishes 30 s after
/// it was last renewed.
public interface PresenceStore {
    CompletionStage<Void> renew(DocumentId document, Map<ClientId, byte[]> records);

    CompletionStage<Void> remove(DocumentId document, ClientId client);

    CompletionStage<Map<ClientId, byte[]>> present(DocumentId document);
}
