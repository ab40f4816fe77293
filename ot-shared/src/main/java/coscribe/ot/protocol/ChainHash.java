package coscribe.ot.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// h(n) = SHA-256(h(n-1) as 64 ASCII hex digits, then the stored bytes of commit n); h(0) is 64
/// zeros. Held by stores, relays and backups: two histories with one hash are one history.
public record ChainHash(String hex) {
    public static final ChainHash START = new ChainHash("0".repeat(Hex.HASH_DIGITS));

    public ChainHash {
        Hex.require(hex, Hex.HASH_DIGITS, "a chain hash");
    }

    public ChainHash after(byte[] commit) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(hex.getBytes(StandardCharsets.US_ASCII));
            return new ChainHash(HexFormat.of().formatHex(digest.digest(commit)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
