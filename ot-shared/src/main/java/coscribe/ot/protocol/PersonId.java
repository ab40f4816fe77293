package coscribe.ot.protocol;

import java.util.random.RandomGenerator;

/// Names a person at one relay; stamped on text as `author`. 128 random bits as 32 lower-case hex
/// digits.
public record PersonId(String hex) {
    public PersonId {
        Hex.require(hex, Hex.ID_DIGITS, "a person id");
    }

    public static PersonId random(RandomGenerator random) {
        return new PersonId(Hex.random(random));
    }

    @Override
    public String toString() {
        return hex;
    }
}
