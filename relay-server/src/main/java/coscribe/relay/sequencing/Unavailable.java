package coscribe.relay.sequencing;

import coscribe.relay.store.DamagedDocumentException;
import java.util.concurrent.CompletionException;

/// Why a document cannot be had.
public enum Unavailable {
    /// The store does not answer; later perhaps.
    AWAY,
    /// There is no such document.
    ABSENT,
    /// What is stored does not verify.
    DAMAGED;

    public static final String DAMAGED_SENTENCE =
            "What is stored of this document does not verify. It was left as it is. Ask an administrator.";

    /// What a store's failed answer means to who asked for the document: damaged where the store
    /// says so, else away. A bug (any other exception) counts as away too: nothing is known of the
    /// document then.
    public static Unavailable of(Throwable failure) {
        return cause(failure) instanceof DamagedDocumentException ? DAMAGED : AWAY;
    }

    /// Without what a stage wraps around it.
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
