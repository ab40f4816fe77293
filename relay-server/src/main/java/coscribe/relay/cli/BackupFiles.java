package coscribe.relay.cli;

import coscribe.relay.RelayFailure;
import coscribe.relay.Stores;
import coscribe.relay.backup.Backup;
import coscribe.relay.backup.BackupException;
import coscribe.relay.backup.BackupReader;
import coscribe.relay.backup.Summary;
import coscribe.relay.backup.Taker;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Backups as files: compressed, for their owner alone, there only when they are whole.
final class BackupFiles {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int BUFFER_BYTES = 256 * 1024;

    private BackupFiles() {}

    /// @param bytes   size of the file
    /// @param sha256  of the file, as `sha256sum` prints it
    record Written(Path file, long bytes, String sha256, Summary summary) {}

    /// Writes a stream.
    @FunctionalInterface
    interface Source {
        void copyTo(OutputStream out) throws IOException;
    }

    static String stamp(Instant now) {
        return STAMP.format(now);
    }

    /// Writes all that open stores hold; documents that do not verify are left out, and named.
    static Written ofStores(Path file, Stores stores, CommandContext context) {
        var world = context.world();
        return write(
                file,
                out -> Backup.write(
                        stores.documents(),
                        stores.holdings(),
                        Optional.empty(),
                        world.clock().instant(),
                        world.version(),
                        out));
    }

    /// Writes beside the place, forces it to disk, reads all of it again, and moves it there.
    ///
    /// @throws RelayFailure  where something is there already, it can't be written, or what was
    ///     written is no whole backup
    static Written write(Path file, Source source) {
        if (Files.exists(file)) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "There is a " + file + " already, and it is left as it is. Move it away, or write to another file"
                            + " with --out FILE.");
        }
        var place = file.toAbsolutePath();
        var folder = Optional.ofNullable(place.getParent()).orElse(place);
        var part = folder.resolve("." + file.getFileName() + ".part");
        try {
            makeFolder(folder);
            Files.deleteIfExists(part);
            var sum = fill(part, source);
            var summary = read(part, Taker.NOTHING);
            long bytes = Files.size(part);
            var _ = Files.move(part, file);
            force(folder);
            return new Written(file, bytes, sum, summary);
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "The backup can't be written to " + file + " (" + reason(e) + "). Nothing is left of it. Make room,"
                            + " or choose another file with --out FILE.",
                    e);
        } finally {
            deleteQuietly(part);
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            var _ = Files.createDirectories(folder, OwnersOnly.folder(folder));
        }
    }

    private static String fill(Path part, Source source) throws IOException {
        var digest = sha256();
        try (var channel = FileChannel.open(
                part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnersOnly.file(part))) {
            var file = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            var packed = new GZIPOutputStream(new DigestOutputStream(file, digest), BUFFER_BYTES);
            var out = new BufferedOutputStream(packed, BUFFER_BYTES);
            source.copyTo(out);
            out.flush();
            packed.finish();
            file.flush();
            channel.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Verifies a backup, and hands out what is in it.
    ///
    /// @throws RelayFailure  where it is not whole, or not there
    static Summary read(Path file, Taker taker) {
        try (InputStream in = new BufferedInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES), BUFFER_BYTES),
                BUFFER_BYTES)) {
            return BackupReader.read(in, taker);
        } catch (BackupException e) {
            throw notWhole(file, String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new RelayFailure(RelayFailure.FAILED, "There is no file " + file + ". Check its name.", e);
        } catch (IOException e) {
            throw notWhole(file, "it is no backup of Coscribe's, or can't be read (" + reason(e) + ")", e);
        }
    }

    private static RelayFailure notWhole(Path file, String why, Exception e) {
        return new RelayFailure(
                RelayFailure.CHECK_FAILED,
                file + " is no whole backup: " + why + ". Nothing was changed. Use another backup.",
                e);
    }

    static String reason(IOException e) {
        var message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private static void force(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return; // a system that does not open folders forces a move by itself
        }
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            return; // the next backup of that name takes it away
        }
    }
}
