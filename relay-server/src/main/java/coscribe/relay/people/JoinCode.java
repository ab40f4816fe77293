package coscribe.relay.people;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The code of an invite link: 12 characters of an alphabet without 0, O, 1, I and L (59 bits).
/// Whoever has it may redeem it, so only its hash is kept and `toString` hides it.
///
/// @param text  in normal form: upper case, no dashes
public record JoinCode(String text) {
    public static final int LENGTH = 12;
    static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private static final int GROUP = 4;

    public JoinCode {
        if (!isNormal(text)) {
            throw new IllegalArgumentException("a join code is " + LENGTH + " characters of " + ALPHABET);
        }
    }

    public static JoinCode random(RandomGenerator random) {
        var code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new JoinCode(code.toString());
    }

    /// The code that stands for some bytes: at least 16 of them, or codes come out uneven.
    static JoinCode of(byte[] bytes) {
        var base = BigInteger.valueOf(ALPHABET.length());
        var rest = new BigInteger(1, bytes);
        var code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(rest.mod(base).intValue()));
            rest = rest.divide(base);
        }
        return new JoinCode(code.toString());
    }

    /// What somebody typed or pasted: case, dashes and blanks do not matter. Empty if it cannot be
    /// a code.
    public static Optional<JoinCode> parse(String typed) {
        if (typed.length() > 4 * LENGTH) {
            return Optional.empty();
        }
        var normal = typed.replaceAll("[-\\s\u2010-\u2015]", "").toUpperCase(Locale.ROOT);
        return isNormal(normal) ? Optional.of(new JoinCode(normal)) : Optional.empty();
    }

    /// As it is shown: `7F3K-Q9TM-2XWD`.
    public String shown() {
        return text.substring(0, GROUP) + "-" + text.substring(GROUP, 2 * GROUP) + "-" + text.substring(2 * GROUP);
    }

    String hash() {
        return Sha256.hex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "JoinCode[hidden]";
    }

    private static boolean isNormal(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }
}
