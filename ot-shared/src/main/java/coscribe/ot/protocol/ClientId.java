package coscribe.ot.protocol;

import java.util.random.RandomGenerator;

/// Names one editing session of one document; issued by the relay at join. 128 random bits as 32
/// lower-case hex digits.
public record ClientId(String hex) {
    public ClientId {
        Hex.require(hex, Hex.ID_DIGITS, "a client id");
    }

    public static ClientId random(RandomGenerator random) {
        return new ClientId(Hex.random(random));
    }

    @Override
    public String toString() {
        return hex;
    }
}
