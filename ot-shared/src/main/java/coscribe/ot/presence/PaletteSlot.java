package coscribe.ot.presence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// How a person looks to everybody: one of 8 colours and one of 4 shapes.
public record PaletteSlot(int colour, int shape) {
    public static final int COLOURS = 8;
    public static final int SHAPES = 4;

    public PaletteSlot {
        if (colour < 0 || colour >= COLOURS || shape < 0 || shape >= SHAPES) {
            throw new IllegalArgumentException("slot " + colour + "/" + shape);
        }
    }

    /// What a person starts from: first byte of SHA-256 of the id mod 8, second byte mod 4, so that
    /// it is the same everywhere without anybody being asked. The relay resolves clashes inside a
    /// document.
    public static PaletteSlot of(String personId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(personId.getBytes(StandardCharsets.UTF_8));
            return new PaletteSlot((hash[0] & 0xff) % COLOURS, (hash[1] & 0xff) % SHAPES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
