package coscribe.relay.sequencing;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Submission;

/// A submission and who made it, by the relay's own knowledge.
public record Waiting(ClientId client, PersonId person, Submission submission) {
    boolean isSameAs(Waiting other) {
        return client.equals(other.client) && submission.seq() == other.submission.seq();
    }
}
