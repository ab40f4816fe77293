package coscribe.client.journal.file;

import coscribe.client.journal.Journal.Leftover;
import coscribe.ot.session.JournalRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What lies beside a journal for people to read: `journal.left-N` for bytes that could not be used,
/// `journal.aside-N` for a whole journal that was set aside.
final class Leftovers {
    private static final String LEFT = "journal.left-";
    private static final String ASIDE = "journal.aside-";

    private final Disk disk;
    private final Path folder;

    Leftovers(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    List<Leftover> read() throws IOException {
        var found = new ArrayList<Leftover>();
        for (Path left : disk.list(folder, LEFT)) {
            var bytes = disk.read(left).orElse(new byte[0]);
            found.add(leftover(left, bytes, JournalFormat.scan(bytes).behind()));
        }
        for (Path left : disk.list(folder, ASIDE)) {
            var bytes = disk.read(left).orElse(new byte[0]);
            found.add(leftover(left, bytes, JournalFormat.scan(bytes).records()));
        }
        return found;
    }

    private static Leftover leftover(Path path, byte[] bytes, List<JournalRecord> readable) {
        return new Leftover(Optional.of(name(path)), bytes.length, readable);
    }

    static String name(Path path) {
        return path.getFileName().toString();
    }

    /// Writes bytes that could not be used into a file of their own, and answers which.
    Path keep(byte[] bytes) throws IOException {
        Path left = next(LEFT);
        try (var out = disk.create(left)) {
            out.write(ByteBuffer.wrap(bytes));
            out.force();
        }
        disk.forceFolder(folder);
        return left;
    }

    /// Moves a journal aside, and answers where to. The folder is not forced.
    Path setAside(Path journal) throws IOException {
        Path left = next(ASIDE);
        disk.move(journal, left);
        return left;
    }

    private Path next(String prefix) throws IOException {
        int most = 0;
        for (Path left : disk.list(folder, prefix)) {
            String number = name(left).substring(prefix.length());
            most = Math.max(most, number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0);
        }
        return folder.resolve(prefix + (most + 1));
    }
}
