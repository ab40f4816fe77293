package coscribe.relay.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The rules for a secret that signs with HS256 (RFC 7518 section 3.2: at least as long as the
/// hash). Never logged; `toString` hides it.
public final class SigningSecret {
    public static final int MIN_BYTES = 32;
    private static final int MIN_DISTINCT_BYTES = 8;

    /// Long enough, and printed in documentation that everybody copies from.
    private static final List<byte[]> KNOWN = List.of(
            utf8("a-string-secret-at-least-256-bits-long"),
            utf8("a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long"),
            utf8("your-256-bit-secret-your-256-bit-secret"),
            utf8("this-is-a-very-long-secret-key-for-jwt"),
            utf8("my-super-secret-key-that-is-long-enough"),
            utf8("super-secret-jwt-token-with-at-least-32-characters-long"),
            utf8("please-change-this-secret-in-production"),
            utf8("change-me-change-me-change-me-change-me"),
            utf8("0123456789abcdef0123456789abcdef"),
            utf8("abcdefghijklmnopqrstuvwxyz123456"),
            utf8("abcdefghijklmnopqrstuvwxyz0123456789"),
            // RFC 7515, appendix A.1.1
            Base64.getUrlDecoder()
                    .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"));

    private final byte[] bytes;

    /// @throws IllegalArgumentException if {@link #problem} has something to say
    public SigningSecret(byte[] bytes) {
        problem(bytes).ifPresent(what -> {
            throw new IllegalArgumentException("the signing secret " + what);
        });
        this.bytes = bytes.clone();
    }

    /// What is wrong with a secret, as the rest of a sentence that begins with its name; empty if
    /// it may be used.
    public static Optional<String> problem(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            return Optional.of("has " + bytes.length + " bytes and needs at least " + MIN_BYTES + " random ones");
        }
        if (KNOWN.stream().anyMatch(known -> Arrays.equals(known, bytes))) {
            return Optional.of("stands in public documentation, so everybody knows it");
        }
        if (distinct(bytes) < MIN_DISTINCT_BYTES || repeats(bytes)) {
            return Optional.of("repeats itself and is easy to guess");
        }
        return Optional.empty();
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "SigningSecret[hidden]";
    }

    private static int distinct(byte[] bytes) {
        var seen = new HashSet<Byte>();
        for (byte each : bytes) {
            seen.add(each);
        }
        return seen.size();
    }

    /// Whether the first half, or less, written again and again, gives the whole.
    private static boolean repeats(byte[] bytes) {
        for (int period = 1; period <= bytes.length / 2; period++) {
            if (Arrays.equals(bytes, period, bytes.length, bytes, 0, bytes.length - period)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
