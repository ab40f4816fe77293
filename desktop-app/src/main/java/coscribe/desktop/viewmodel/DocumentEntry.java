package coscribe.desktop.viewmodel;

import coscribe.client.link.RelayAddress;
import coscribe.ot.protocol.DocumentId;
import java.time.Instant;
import java.util.Optional;

/// A document as a list shows it.
///
/// @param hosted   whether this computer's own relay has it
/// @param used     when it was last opened or changed, as far as known
/// @param waiting  edits on this computer that its relay has not acknowledged
public record DocumentEntry(
        RelayAddress relay, DocumentId id, String title, boolean hosted, Optional<Instant> used, int waiting) {
    public DocumentEntry withTitle(String other) {
        return new DocumentEntry(relay, id, other, hosted, used, waiting);
    }
}
