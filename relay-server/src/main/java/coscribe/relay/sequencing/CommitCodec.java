package coscribe.relay.sequencing;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.Committed;

/// Between commits and the bytes that the store keeps. Pure; deterministic, as the chain hash
/// covers the bytes.
public interface CommitCodec {
    byte[] encode(Committed committed);

    /// @throws IllegalArgumentException where the bytes are no commit
    Committed decode(byte[] bytes);

    /// The canonical form.
    byte[] encode(Document document);

    /// @throws IllegalArgumentException where the bytes are no document
    Document decodeDocument(byte[] bytes);
}
