package coscribe.ot.protocol;

import java.util.Locale;
import java.util.Optional;

/// Why a request other than a submission failed.
public enum FailureCode {
    /// The token, code or refresh credential is not accepted.
    UNAUTHENTICATED,
    /// The token has run out.
    EXPIRED,
    /// An invite that ran out.
    INVITE_EXPIRED,
    /// An invite that was revoked or used up.
    INVITE_USED,
    /// No such document, or no access to it: the two answer alike.
    NO_ACCESS,
    /// The person may not do that.
    FORBIDDEN,
    /// The message is not understood.
    MALFORMED,
    /// The message does not fit the state of the connection.
    OUT_OF_ORDER,
    /// No protocol version in common.
    VERSION,
    /// A limit is reached: people in a document, joins in progress, requests of a person.
    LIMIT,
    /// The store is away.
    STORE_AWAY,
    /// The document's stored copy does not verify; it is kept as it is and not opened.
    DAMAGED;

    /// As on the wire: lower case with underscores.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FailureCode> ofWord(String word) {
        for (FailureCode code : values()) {
            if (code.word().equals(word)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
