package coscribe.ot.protocol;

import java.util.Locale;
import java.util.Optional;

/// Why a submission was not committed. *Retry*: send the same again, later. *Final*: it will never
/// be accepted; the client keeps its text as a recovered copy and loads the document anew.
public enum Refusal {
    /// The document is busy, or the person sends faster than the limits allow.
    BUSY(false),
    /// The base is older than the relay looks back: catch up, then send again rebased.
    CATCH_UP(false),
    /// The store is away, or cannot promise durability now.
    STORE_AWAY(false),
    /// The store has no room for writes.
    STORE_FULL(false),
    /// The change is malformed.
    INVALID(true),
    /// The person's role does not allow it.
    ROLE(true),
    /// The change, or the document after it, is too large.
    TOO_LARGE(true),
    /// This client id was closed: somebody resumed it, or its record is gone.
    CLIENT_CLOSED(true);

    private final boolean last;

    Refusal(boolean last) {
        this.last = last;
    }

    public boolean isFinal() {
        return last;
    }

    /// As on the wire: lower case with underscores.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Refusal> ofWord(String word) {
        for (Refusal refusal : values()) {
            if (refusal.word().equals(word)) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
