package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import coscribe.desktop.Exporter.NotWrittenException;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.export.ExportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterTest {
    private static final Document DOCUMENT =
            Document.EMPTY.apply(Change.of(Delta.builder().insert("Grüße\n").build(1)));

    @TempDir
    Path folder;

    private String proposed = "";

    private Optional<Path> exports(Optional<FileAsker.Chosen> chosen) {
        var exporter =
                new Exporter(() -> Instant.parse("2026-11-24T14:02:00Z"), ZoneOffset.UTC, Runnable::run, Runnable::run);
        return exporter.export(
                        name -> {
                            proposed = name;
                            return chosen;
                        },
                        DOCUMENT,
                        "Plan")
                .join();
    }

    private Path exports(String name, ExportFormat format) {
        return exports(Optional.of(new FileAsker.Chosen(folder.resolve(name), format)))
                .orElseThrow();
    }

    @Test
    void a_document_is_written_where_somebody_wants_it_as_unicode() throws IOException {
        var file = exports("plan.txt", ExportFormat.TEXT);
        assertThat(proposed).isEqualTo("Plan 2026-11-24");
        assertThat(file).isEqualTo(folder.resolve("plan.txt"));
        assertThat(Files.readString(file)).isEqualTo("Grüße\n\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void nothing_is_written_where_nobody_wants_it() {
        assertThat(exports(Optional.empty())).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void an_extension_that_was_typed_says_the_format() throws IOException {
        assertThat(Files.readString(exports("plan.HTML", ExportFormat.MARKDOWN)))
                .contains("<p>Grüße</p>");
    }

    @Test
    void a_name_without_one_gets_it_and_replaces_nothing_then() throws IOException {
        Files.writeString(folder.resolve("plan v1.2.md"), "mine");
        assertThat(exports("plan v1.2", ExportFormat.MARKDOWN)).isEqualTo(folder.resolve("plan v1.2 (2).md"));
        assertThat(folder.resolve("plan v1.2.md")).hasContent("mine");
    }

    @Test
    void what_cannot_be_written_is_told_by_name_and_leaves_what_was_there() throws IOException {
        var taken = Files.createDirectory(folder.resolve("plan.md"));
        Files.writeString(taken.resolve("x"), "");
        assertThatThrownBy(() -> exports("plan.md", ExportFormat.MARKDOWN))
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(throwable(NotWrittenException.class))
                .hasMessageNotContaining("plan")
                .extracting(NotWrittenException::file)
                .isEqualTo("plan.md");
        assertThat(taken).isDirectoryContaining("glob:**x");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
