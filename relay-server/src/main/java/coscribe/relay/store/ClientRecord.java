package coscribe.relay.store;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.Resumed;

/// What is remembered of a client id.
///
/// @param open          whether it may still commit
/// @param lastSeq       its newest commit; 0 where there is none
/// @param lastRevision  the revision of that; 0 where there is none
public record ClientRecord(PersonId person, DeviceId device, boolean open, long lastSeq, Revision lastRevision) {
    public static ClientRecord fresh(PersonId person, DeviceId device) {
        return new ClientRecord(person, device, true, 0, Revision.ZERO);
    }

    public boolean belongsTo(PersonId somebody, DeviceId computer) {
        return person.equals(somebody) && device.equals(computer);
    }

    public ClientRecord closed() {
        return new ClientRecord(person, device, false, lastSeq, lastRevision);
    }

    public ClientRecord committed(long seq, Revision revision) {
        return new ClientRecord(person, device, open, seq, revision);
    }

    /// What whoever resumes it is told.
    public Resumed resumed() {
        return new Resumed.At(lastSeq, lastRevision);
    }
}
