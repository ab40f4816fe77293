package coscribe.ot.protocol;

import java.util.random.RandomGenerator;

/// Names a computer on which a person signed in. 128 random bits as 32 lower-case hex digits.
public record DeviceId(String hex) {
    public DeviceId {
        Hex.require(hex, Hex.ID_DIGITS, "a device id");
    }

    public static DeviceId random(RandomGenerator random) {
        return new DeviceId(Hex.random(random));
    }

    @Override
    public String toString() {
        return hex;
    }
}
