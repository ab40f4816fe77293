package coscribe.relay.store;

import coscribe.ot.protocol.DocumentId;

/// What is kept of a document does not verify. It is left as it is; nothing is written to it.
public final class DamagedDocumentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DamagedDocumentException(DocumentId document, String what) {
        super("document " + document + " does not verify: " + what);
    }
}
