package coscribe.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small file of names and values in the settings folder. One that cannot be read is as an empty
/// one; one that cannot be written stays as it was.
final class SettingsFile {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);

    private final Path folder;
    private final String name;
    private final String about;

    /// @param folder  made if it is missing
    /// @param name    without an ending
    /// @param about   the line on top
    SettingsFile(Path folder, String name, String about) {
        this.folder = folder;
        this.name = name;
        this.about = about;
    }

    private Path file() {
        return folder.resolve(name + ".properties");
    }

    Properties read() {
        var noted = new Properties();
        if (Files.exists(file())) {
            try (var in = Files.newBufferedReader(file())) {
                noted.load(in);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("event=settings_unread file={}", name, e);
            }
        }
        return noted;
    }

    /// Writes what is noted now, in its turn.
    void write(Properties noted, Executor disk) {
        var all = new Properties();
        all.putAll(noted);
        try {
            disk.execute(() -> write(all));
        } catch (RejectedExecutionException e) {
            LOG.info("event=settings_after_the_end file={}", name);
        }
    }

    private void write(Properties noted) {
        try {
            Files.createDirectories(folder);
            Path fresh = folder.resolve(name + ".properties.new");
            try (var out = Files.newBufferedWriter(fresh)) {
                noted.store(out, about);
            }
            Files.move(fresh, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("event=settings_unwritten file={}", name, e);
        }
    }
}
