package coscribe.client;

import coscribe.client.journal.JournalException;
import coscribe.client.link.OwnerFile;
import coscribe.client.runner.Copies;
import coscribe.client.runner.KeptCopy;
import coscribe.ot.document.Document;
import coscribe.ot.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies as files of a folder, `copy-N`: a few lines that say what it is, then the document in its
/// canonical form.
final class FileCopies implements Copies {
    private static final Logger LOG = LoggerFactory.getLogger(FileCopies.class);
    private static final String FORMAT = "coscribe-copy 1";
    private static final String PREFIX = "copy-";

    private final Path folder;

    FileCopies(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized KeptCopy keep(Document document, KeptCopy.Reason reason, String title, Instant at) {
        try {
            OwnerFile.createFolders(folder);
            int number = 1;
            for (Path file : files()) {
                number = Math.max(number, numberOf(file) + 1);
            }
            String name = PREFIX + number;
            String head = FORMAT + "\nreason=" + reason.name().toLowerCase(Locale.ROOT) + "\nat=" + at.toEpochMilli()
                    + "\ntitle=" + title.replaceAll("\\p{Cntrl}", " ") + "\n";
            byte[] words = head.getBytes(StandardCharsets.UTF_8);
            byte[] text = Wire.encodeDocument(document);
            byte[] whole = new byte[words.length + text.length];
            System.arraycopy(words, 0, whole, 0, words.length);
            System.arraycopy(text, 0, whole, words.length, text.length);
            OwnerFile.replace(folder.resolve(name), whole);
            return new KeptCopy(name, reason, Instant.ofEpochMilli(at.toEpochMilli()), title, document);
        } catch (IOException e) {
            throw new JournalException(
                    JournalException.Kind.BROKEN, "A copy of your text could not be stored on this computer.", e);
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> numberOf(file) > 0)
                    .sorted((a, b) -> Integer.compare(numberOf(a), numberOf(b)))
                    .toList();
        }
    }

    private static int numberOf(Path file) {
        String name = file.getFileName().toString();
        return name.matches(PREFIX + "[0-9]{1,9}") ? Integer.parseInt(name.substring(PREFIX.length())) : 0;
    }

    @Override
    public synchronized List<KeptCopy> list() {
        var copies = new ArrayList<KeptCopy>();
        try {
            for (Path file : files()) {
                read(file).ifPresent(copies::add);
            }
        } catch (IOException e) {
            LOG.warn("copies not listed", e);
        }
        return copies;
    }

    private static Optional<KeptCopy> read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int end = 0;
            for (int lines = 0; lines < 4; end++) {
                lines += bytes[end] == '\n' ? 1 : 0;
            }
            var head = new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
            if (!head.getFirst().equals(FORMAT)) {
                return Optional.empty();
            }
            byte[] text = new byte[bytes.length - end];
            System.arraycopy(bytes, end, text, 0, text.length);
            return Optional.of(new KeptCopy(
                    file.getFileName().toString(),
                    KeptCopy.Reason.valueOf(
                            head.get(1).substring("reason=".length()).toUpperCase(Locale.ROOT)),
                    Instant.ofEpochMilli(Long.parseLong(head.get(2).substring("at=".length()))),
                    head.get(3).substring("title=".length()),
                    Wire.decodeDocument(text)));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.warn("copy unreadable file={}", file.getFileName(), e);
            return Optional.empty();
        }
    }
}
