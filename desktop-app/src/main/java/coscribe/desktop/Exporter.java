package coscribe.desktop;

import coscribe.ot.document.Document;
import coscribe.ot.export.ExportFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;

/// Writes documents where people want them. A file that was there is replaced whole or not at all.
final class Exporter {
    private final InstantSource clock;
    private final ZoneId zone;
    private final Executor home;
    private final Executor disk;

    /// @param zone  whose day stands in a file's name
    /// @param home  the thread that draws
    /// @param disk  another one
    Exporter(InstantSource clock, ZoneId zone, Executor home, Executor disk) {
        this.clock = clock;
        this.zone = zone;
        this.home = home;
        this.disk = disk;
    }

    /// Asks where to, and writes. On the thread that draws, where the answer comes too: the file;
    /// empty: none was wanted. Fails with {@link NotWrittenException}.
    ///
    /// @param whereTo  asks, with a name to propose
    CompletableFuture<Optional<Path>> export(
            Function<String, Optional<FileAsker.Chosen>> whereTo, Document document, String title) {
        String name = ExportFormat.fileName(title, clock.instant(), zone);
        var chosen = whereTo.apply(name);
        if (chosen.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var wanted = chosen.get();
        var written = new CompletableFuture<Optional<Path>>();
        disk.execute(() -> {
            try {
                var file = write(wanted, document, title);
                home.execute(() -> written.complete(Optional.of(file)));
            } catch (IOException | UncheckedIOException e) {
                home.execute(() -> written.completeExceptionally(
                        new NotWrittenException(wanted.file().getFileName().toString(), e)));
            }
        });
        return written;
    }

    /// A file could not be written; what stood there stands there still.
    static final class NotWrittenException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String file;

        /// @param file  its name, which a log is not to hold: it may be the title
        NotWrittenException(String file, Exception cause) {
            super("a file could not be written: " + cause.getClass().getSimpleName());
            this.file = file;
        }

        String file() {
            return file;
        }
    }

    private static Path write(FileAsker.Chosen wanted, Document document, String title) throws IOException {
        var format = formatOf(wanted.file()).orElse(wanted.format());
        Path file = formatOf(wanted.file()).isPresent() ? wanted.file() : free(wanted.file(), format);
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(beside, format.written(document.text(), title));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
        return file;
    }

    /// What the name says that somebody typed.
    private static Optional<ExportFormat> formatOf(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Stream.of(ExportFormat.values())
                .filter(format -> name.endsWith("." + format.extension()))
                .findFirst();
    }

    /// With the extension: under that name nobody agreed to replace anything.
    private static Path free(Path file, ExportFormat format) {
        Path free = file.resolveSibling(file.getFileName() + "." + format.extension());
        for (int i = 2; Files.exists(free); i++) {
            free = file.resolveSibling(file.getFileName() + " (" + i + ")." + format.extension());
        }
        return free;
    }
}
