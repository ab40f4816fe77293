package coscribe.desktop.viewmodel;

import coscribe.client.link.RelayAddress;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import java.time.Instant;
import java.util.Optional;

/// A document as a list shows it.
///
/// @param relay    where its relay was met
/// @param server   that relay, wherever it is now
/// @param hosted   whether this computer's own relay has it
/// @param used     when it was last opened or changed, as far as known
/// @param waiting  edits on this computer that its relay has not acknowledged
/// @param role     what the person may do in it; empty: its relay did not say
/// @param here     whether there is a copy on this computer, which opens without a network
public record DocumentEntry(
        RelayAddress relay,
        RelayId server,
        DocumentId id,
        String title,
        boolean hosted,
        Optional<Instant> used,
        int waiting,
        Optional<Role> role,
        boolean here) {
    /// Which document it is, whatever is said of it.
    public record Place(RelayId server, DocumentId document) {}

    public Place place() {
        return new Place(server, id);
    }

    public DocumentEntry withTitle(String other) {
        return new DocumentEntry(relay, server, id, other, hosted, used, waiting, role, here);
    }

    /// What its relay told, with what is known of it on this computer now.
    DocumentEntry with(DocumentEntry local) {
        boolean later = used.isEmpty()
                || local.used().filter(at -> at.isAfter(used.get())).isPresent();
        return new DocumentEntry(
                relay,
                server,
                id,
                local.waiting() > 0 ? local.title() : title,
                hosted,
                later ? local.used() : used,
                local.waiting(),
                role,
                true);
    }
}
