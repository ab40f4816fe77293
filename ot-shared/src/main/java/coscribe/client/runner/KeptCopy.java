package coscribe.client.runner;

import coscribe.ot.document.Document;
import coscribe.ot.session.Effect.CopyReason;
import java.time.Instant;

/// Text kept beside a document because it could not become part of it.
///
/// @param file      in the document's folder for copies
/// @param title     the document's, when the copy was made
/// @param document  the whole text as the writer saw it; for `RECOVERED` what could be read
public record KeptCopy(String file, Reason reason, Instant at, String title, Document document) {
    /// Why it was kept.
    public enum Reason {
        /// The relay refused the edits for good.
        REFUSED,
        /// The writer may no longer edit.
        ROLE,
        /// So much happened meanwhile that the edits could not be placed.
        OUT_OF_REACH,
        /// The local copy differed from the relay's.
        FORKED,
        /// Found in a damaged or set aside journal.
        RECOVERED;

        static Reason of(CopyReason reason) {
            return switch (reason) {
                case REFUSED -> REFUSED;
                case ROLE -> ROLE;
                case OUT_OF_REACH -> OUT_OF_REACH;
                case FORKED -> FORKED;
            };
        }
    }
}
