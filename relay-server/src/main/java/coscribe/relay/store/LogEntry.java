package coscribe.relay.store;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Revision;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One commit as it is kept. `bytes` are the encoded `Committed`, opaque to the store, and must not
/// be changed.
///
/// @param chain  the chain hash after this commit
public record LogEntry(Revision revision, ChainHash chain, byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LogEntry that
                && revision.equals(that.revision)
                && chain.equals(that.chain)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return chain.hashCode();
    }
}
