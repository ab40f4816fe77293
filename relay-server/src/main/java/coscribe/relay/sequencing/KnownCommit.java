package coscribe.relay.sequencing;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Revision;

/// A commit that is in the log.
///
/// @param bytes  the commit as stored, published and delivered; not to be changed
/// @param chain  the chain hash after it
public record KnownCommit(Committed committed, byte[] bytes, ChainHash chain) {
    public Revision revision() {
        return committed.revision();
    }
}
