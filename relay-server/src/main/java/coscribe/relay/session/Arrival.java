package coscribe.relay.session;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage.Known;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.Role;
import coscribe.relay.session.Doorkeeper.Grant;
import coscribe.relay.transport.Connection;
import java.util.Optional;

/// Somebody who wants to come in.
///
/// @param fresh    the client id that they will have
/// @param grant    a role to note if the document's list does not know them
/// @param ceiling  the most they may do
record Arrival(
        Connection connection,
        Person person,
        DeviceId device,
        ClientId fresh,
        Optional<ClientId> resume,
        Optional<Known> known,
        Optional<Role> grant,
        Optional<Role> ceiling,
        Answer answer) {

    /// Hears what became of it; called in the document's lane.
    interface Answer {
        void entered(Hall hall);

        void refused(FailureCode code, String sentence);
    }

    /// The same, as they look here.
    Arrival as(Person seated) {
        return new Arrival(connection, seated, device, fresh, resume, known, grant, ceiling, answer);
    }

    static Optional<Role> roleOf(Optional<Grant> grant, DocumentId document) {
        return grant.filter(given -> given.document().equals(document)).map(Grant::role);
    }
}
