package coscribe.relay.store;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Revision;

/// Where a document's log ends.
public record Head(Epoch epoch, Revision revision, ChainHash chain) {}
