package coscribe.ot.document;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The first 8 bytes of SHA-256 of a document's canonical form, as 16 lower-case hex digits. Two
/// copies of one revision that differ here have forked.
public record ContentHash(String hex) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{16}");

    public ContentHash {
        if (!SHAPE.matcher(hex).matches()) {
            throw new IllegalArgumentException("a content hash is 16 lower-case hex digits");
        }
    }

    static ContentHash of(Document document) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            CanonicalForm.write(document, digest::update);
            return new ContentHash(HexFormat.of().formatHex(digest.digest(), 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
