package coscribe.desktop;

import coscribe.client.link.OwnerFile;
import coscribe.ot.protocol.DocumentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the editor ended as it should the last time: while it runs there is a file in its
/// profile, and one that is there at the start was left behind. Only who holds the profile asks, on
/// one thread.
final class LastEnd {
    private static final Logger LOG = LoggerFactory.getLogger(LastEnd.class);

    private final Path file;
    private final boolean unexpected;
    private final Set<DocumentId> opened = new HashSet<>(); // since

    private LastEnd(Path file, boolean unexpected) {
        this.file = file;
        this.unexpected = unexpected;
    }

    /// From now on an end is unexpected.
    static LastEnd begin(Path data) {
        Path file = data.resolve("running");
        boolean there = Files.exists(file);
        try {
            OwnerFile.createFolders(data);
            OwnerFile.replace(file, new byte[0]);
        } catch (IOException e) {
            LOG.warn("event=end_not_watched", e);
        }
        return new LastEnd(file, there);
    }

    /// Whether what is unsent in a document, which is being opened, is from before an unexpected end:
    /// only the first time since. What is unsent later was typed since.
    boolean left(DocumentId document) {
        return opened.add(document) && unexpected;
    }

    /// It ends as it should.
    void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("event=end_not_noted", e);
        }
    }
}
