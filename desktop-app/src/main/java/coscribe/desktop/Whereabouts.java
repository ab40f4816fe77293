package coscribe.desktop;

import coscribe.desktop.viewmodel.Bookmark;
import coscribe.ot.protocol.DocumentId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executor;

/// Where somebody was in each document, on this computer only, for as many documents as {@link #KEPT}.
/// A file that cannot be read or written is no trouble: documents then open at their top. On the
/// thread that draws.
final class Whereabouts {
    /// Documents; of more, those that were open longest ago are forgotten.
    static final int KEPT = 200;

    private final SettingsFile file;
    private final Properties noted;
    private final Executor disk;

    /// @param folder  made if it is missing
    /// @param disk    where it is written, one task after the other
    Whereabouts(Path folder, Executor disk) {
        this.file = new SettingsFile(folder, "whereabouts", "Where you were in documents, by their numbers");
        this.noted = file.read();
        this.disk = disk;
    }

    /// Empty: never here, or so long ago that it is forgotten.
    Optional<Bookmark> in(DocumentId document) {
        var line = noted.getProperty(document.hex(), "");
        return Bookmark.read(line.substring(line.indexOf(' ') + 1));
    }

    /// @param at  now: what was noted longest ago is forgotten first
    void note(DocumentId document, Bookmark place, Instant at) {
        boolean isNews = !in(document).equals(Optional.of(place));
        noted.setProperty(document.hex(), at.toEpochMilli() + " " + place.written());
        noted.stringPropertyNames().stream()
                .sorted(Comparator.comparing(this::notedAt).reversed())
                .skip(KEPT)
                .forEach(noted::remove);
        if (isNews) {
            file.write(noted, disk);
        }
    }

    /// Milliseconds; of a line that is not by us: long ago.
    private long notedAt(String document) {
        var line = noted.getProperty(document, "");
        try {
            return Long.parseLong(line.substring(0, Math.max(0, line.indexOf(' '))));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
