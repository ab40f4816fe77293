package coscribe.relay.store;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is kept of a document beside its text and its log, of one moment: no client's newest commit
/// is beyond the head.
///
/// @param access   title, roles and their version
/// @param clients  every client id that is remembered
public record HeldDocument(DocumentId id, Head head, DocumentStore.Access access, Map<ClientId, ClientRecord> clients) {
    public HeldDocument {
        clients = Collections.unmodifiableMap(new LinkedHashMap<>(clients));
    }

    /// The same in another life.
    public HeldDocument in(Epoch epoch) {
        return new HeldDocument(id, new Head(epoch, head.revision(), head.chain()), access, clients);
    }

    public Map<PersonId, Role> roles() {
        return access.roles();
    }
}
