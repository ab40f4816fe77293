package coscribe.relay.session;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.Committed;
import coscribe.ot.wire.Wire;
import coscribe.relay.sequencing.CommitCodec;

/// What is kept is what is sent: the wire's own form.
public final class WireCodec implements CommitCodec {
    @Override
    public byte[] encode(Committed committed) {
        return Wire.encode(committed);
    }

    @Override
    public Committed decode(byte[] bytes) {
        if (Wire.decodeServer(bytes) instanceof Committed committed) {
            return committed;
        }
        throw new IllegalArgumentException("the log holds a message that is no commit");
    }

    @Override
    public byte[] encode(Document document) {
        return Wire.encodeDocument(document);
    }

    @Override
    public Document decodeDocument(byte[] bytes) {
        return Wire.decodeDocument(bytes);
    }
}
