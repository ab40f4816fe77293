package coscribe.relay.session;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Failed;
import coscribe.relay.sequencing.Unavailable;
import coscribe.relay.store.DocumentStore.Renaming;

/// What whoever wants to call a document something else is told.
final class Renamings {
    static final Failed FORBIDDEN =
            new Failed(FailureCode.FORBIDDEN, "Only owners and editors of a document can rename it.", 0);
    static final Failed ONE_AT_A_TIME =
            new Failed(FailureCode.LIMIT, "Wait for the answer before the document is renamed once more.", 100);
    static final Failed NO_ACCESS = new Failed(FailureCode.NO_ACCESS, Entrance.NO_ACCESS, 0);

    private Renamings() {}

    static ServerMessage answer(DocumentId document, String title, Renaming result) {
        return switch (result) {
            case RENAMED -> new ServerMessage.Renamed(document, title);
            case REFUSED -> FORBIDDEN;
            case ABSENT -> NO_ACCESS;
        };
    }

    static Failed failed(Throwable failure) {
        return switch (Unavailable.of(Unavailable.cause(failure))) {
            case DAMAGED -> new Failed(FailureCode.DAMAGED, Unavailable.DAMAGED_SENTENCE, 0);
            case AWAY, ABSENT ->
                new Failed(
                        FailureCode.STORE_AWAY,
                        "The relay's store does not answer. The document was perhaps not renamed.",
                        1_000);
        };
    }
}
