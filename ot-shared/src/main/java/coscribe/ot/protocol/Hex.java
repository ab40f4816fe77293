package coscribe.ot.protocol;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

final class Hex {
    static final int ID_DIGITS = 32;
    static final int HASH_DIGITS = 64;

    private Hex() {}

    static void require(String text, int digits, String what) {
        boolean fits = text.length() == digits;
        for (int i = 0; fits && i < digits; i++) {
            char c = text.charAt(i);
            fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        if (!fits) {
            throw new IllegalArgumentException(what + " is " + digits + " lower-case hex digits");
        }
    }

    static String random(RandomGenerator random) {
        var bytes = new byte[ID_DIGITS / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
