package coscribe.ot.protocol;

import java.util.random.RandomGenerator;

/// Names a document. 128 random bits as 32 lower-case hex digits.
public record DocumentId(String hex) {
    public DocumentId {
        Hex.require(hex, Hex.ID_DIGITS, "a document id");
    }

    public static DocumentId random(RandomGenerator random) {
        return new DocumentId(Hex.random(random));
    }

    @Override
    public String toString() {
        return hex;
    }
}
