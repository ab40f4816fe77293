package coscribe.ot.protocol;

import java.util.random.RandomGenerator;

/// Names a relay's store: the audience of its tokens, the key of local copies. 128 random bits as
/// 32 lower-case hex digits.
public record RelayId(String hex) {
    public RelayId {
        Hex.require(hex, Hex.ID_DIGITS, "a relay id");
    }

    public static RelayId random(RandomGenerator random) {
        return new RelayId(Hex.random(random));
    }

    @Override
    public String toString() {
        return hex;
    }
}
