package coscribe.client;

import coscribe.client.link.RelayAddress;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import java.time.Instant;

/// A document of which there is a copy on this computer.
///
/// @param address  where its relay was met last
/// @param relay    the relay that it is of, wherever that may be now
/// @param person   who one was there
/// @param title    as it was heard last, or as it is called here until its relay hears of it
/// @param usedAt   when it was opened or closed here last
/// @param waiting  edits that its relay has not acknowledged, by the journal on the disk
/// @param renamed  whether its relay has yet to hear of its title
public record Recent(
        RelayAddress address,
        RelayId relay,
        PersonId person,
        DocumentId document,
        String title,
        Instant usedAt,
        int waiting,
        boolean renamed) {}
