package coscribe.bench.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the recorded sessions lie: in the folder that `COSCRIBE_TRACES` names, else in
/// `../shared/traces` beside the repository.
public final class RecordingsFolder {
    private RecordingsFolder() {}

    /// @param home  the repository
    public static Optional<Path> find(Path home) {
        String named = System.getenv("COSCRIBE_TRACES");
        if (named != null) {
            return Optional.of(Path.of(named)).filter(Files::isDirectory);
        }
        for (Path at = home.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Path beside = at.resolve("shared/traces");
            if (Files.isDirectory(beside)) {
                return Optional.of(beside);
            }
        }
        return Optional.empty();
    }

    /// Every recording in a folder, by name.
    public static List<Path> all(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json.gz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
