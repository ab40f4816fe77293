package coscribe.desktop;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A `.coscribe` file: its first line is a link to a document or an invite link. It is what lies in
/// a folder or hangs on a mail, and opens what the link leads to; no text of the document is in it.
final class LinkFile {
    private static final String ENDING = ".coscribe";
    /// More than the longest link, and less than what somebody would notice to be read.
    private static final int LONGEST = 2_000;

    private LinkFile() {}

    /// Whether a word of the command line is meant to be one: a path, or the `file:` address that a
    /// desktop hands over.
    static boolean isNamed(String given) {
        return given.strip().toLowerCase(Locale.ROOT).endsWith(ENDING) && !given.startsWith("-");
    }

    /// What the file asks for. Throws {@link IllegalArgumentException} with a sentence for people.
    static Wish read(String given) {
        Path file = path(given.strip());
        String text;
        try (var bytes = Files.newInputStream(file)) {
            text = new String(bytes.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The file " + file + " can't be read. Check that it is there and that you may read it.", e);
        }
        String first = text.strip().lines().findFirst().orElse("");
        if (first.isEmpty()) {
            throw new IllegalArgumentException("There is no link in " + file
                    + ". A .coscribe file is a text file whose first line is a link, such as coscribe://doc/...");
        }
        try {
            return Wish.parse(first);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("In " + file + ": " + e.getMessage(), e);
        }
    }

    private static Path path(String given) {
        try {
            boolean address = given.toLowerCase(Locale.ROOT).startsWith("file:");
            return (address ? Path.of(URI.create(given)) : Path.of(given)).toAbsolutePath();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + given + "' is no name of a file on this computer.", e);
        }
    }
}
