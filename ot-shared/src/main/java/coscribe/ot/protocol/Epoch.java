package coscribe.ot.protocol;

import java.util.random.RandomGenerator;

/// Names one life of a document: new when it is created, restored or migrated. 128 random bits as
/// 32 lower-case hex digits.
public record Epoch(String hex) {
    public Epoch {
        Hex.require(hex, Hex.ID_DIGITS, "an epoch");
    }

    public static Epoch random(RandomGenerator random) {
        return new Epoch(Hex.random(random));
    }

    @Override
    public String toString() {
        return hex;
    }
}
