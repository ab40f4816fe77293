package coscribe.relay.cli;

import coscribe.ot.export.ExportFormat;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.wire.Wire;
import coscribe.relay.RelayFailure;
import coscribe.relay.backup.Taker;
import coscribe.relay.ops.FlatJson;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.HeldPeople;
import coscribe.relay.store.LogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes a file of each document that comes out of a backup.
final class ExportFiles implements Taker {
    private static final String JSON = "json";

    private final Path folder;
    private final Optional<ExportFormat> format;
    private final Instant now;
    private final CommandContext context;

    /// @param extension  of the files: md, html, txt or json
    ExportFiles(Path folder, String extension, Instant now, CommandContext context) {
        this.folder = folder;
        this.format = format(extension);
        this.now = now;
        this.context = context;
    }

    private static Optional<ExportFormat> format(String extension) {
        if (extension.equals(JSON)) {
            return Optional.empty();
        }
        return Optional.of(Stream.of(ExportFormat.values())
                .filter(each -> each.extension().equals(extension))
                .findFirst()
                .orElseThrow(() -> new RelayFailure(
                        RelayFailure.USAGE, "--format is '" + extension + "'. Write md, html, txt or json.")));
    }

    @Override
    public void log(HeldDocument document, ChainHash before, List<LogEntry> run) {}

    @Override
    public void document(HeldDocument document, Map<PersonId, Revision> authors, byte[] content) {
        var title = document.access().title();
        var bytes = format.map(each ->
                        each.written(Wire.decodeDocument(content).text(), title).getBytes(StandardCharsets.UTF_8))
                .orElse(content);
        var name = ExportFormat.fileName(title, now, ZoneOffset.UTC);
        var extension = "." + format.map(ExportFormat::extension).orElse(JSON);
        try {
            told(document.id(), title, written(name, extension, bytes));
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "'" + name + extension + "' can't be written into " + folder + " (" + BackupFiles.reason(e)
                            + "). Make room, or choose another folder with --out DIR.",
                    e);
        }
    }

    /// Under that name, or the first with a number behind it that nobody has.
    private Path written(String name, String extension, byte[] bytes) throws IOException {
        var part = Files.createTempFile(folder, ".export-", ".part");
        try {
            Files.write(part, bytes, StandardOpenOption.TRUNCATE_EXISTING);
            var file = folder.resolve(name + extension);
            for (int i = 2; Files.exists(file); i++) {
                file = folder.resolve(name + " (" + i + ")" + extension);
            }
            return Files.move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void told(DocumentId id, String title, Path file) {
        if (context.json()) {
            var fields = new LinkedHashMap<String, String>();
            fields.put("doc", id.hex());
            fields.put("title", title);
            fields.put("file", file.toString());
            context.out().println(FlatJson.write(fields));
        } else {
            context.out().println(file);
        }
    }

    @Override
    public void use(PersonId person, DocumentId document, Instant when) {}

    @Override
    public void people(HeldPeople people) {}
}
