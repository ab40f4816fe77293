package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `export` as an administrator types it.
class ExportTest {
    @TempDir
    private Path folder;

    private Path files;
    private Scribe.Work plan;
    private Scribe.Work nasty;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void write() throws IOException {
        files = Files.createDirectory(folder.resolve("files"));
        var parsed = RelayConfig.parse(Map.of("--data-dir", data()), Map.of(), Optional.empty(), _ -> "");
        try (var stores = Relay.World.real(InstantSource.system(), new SecureRandom(), "test")
                .opener()
                .open(((RelayConfig.Parsed.Good) parsed).config())) {
            var scribe = new Scribe(stores, 3);
            plan = scribe.writes("Plan", 20);
            nasty = scribe.writes("../../etc/" + "文".repeat(120) + "\\:*?\u202e\u0007", 1);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static String day() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"md", "html", "txt", "json"})
    void a_document_is_written_in_each_format(String format) throws IOException {
        assertThat(run("export", "--doc", plan.id().hex(), "--format", format, "--out", files.toString()))
                .as(err())
                .isZero();

        var file = files.resolve("Plan " + day() + "." + format);
        assertThat(out()).isEqualTo(file + "\n");
        assertThat(list()).containsExactly(file.getFileName().toString());
        assertThat(Files.readString(file)).contains("ünï 🖋 text");
        if (format.equals("json")) {
            assertThat(coscribe.ot.wire.Wire.decodeDocument(Files.readAllBytes(file)))
                    .isEqualTo(plan.text());
        }
    }

    @Test
    void all_are_written_and_nothing_leaves_the_folder_or_is_overwritten() throws IOException {
        assertThat(run("export", "--all", "--out", files.toString())).as(err()).isZero();
        var first = list();
        assertThat(first).hasSize(2).contains("Plan " + day() + ".md");
        var other = first.stream()
                .filter(name -> !name.startsWith("Plan"))
                .findFirst()
                .orElseThrow();
        assertThat(other)
                .matches("[^/\\\\:*?<>|\"\\p{Cntrl}\\p{Cf}]+ " + day() + "\\.md")
                .contains("etc 文文");
        assertThat(other.getBytes(StandardCharsets.UTF_8).length).isLessThan(256);
        Files.writeString(files.resolve("Plan " + day() + ".md"), "mine");

        assertThat(run("export", "--all", "--out", files.toString())).isZero();

        assertThat(list()).hasSize(4).contains("Plan " + day() + " (2).md");
        assertThat(files.resolve("Plan " + day() + ".md")).hasContent("mine");
        assertThat(folder.resolve("etc")).doesNotExist();
    }

    /// Which has the store for itself: only it can answer.
    @Test
    void while_a_relay_runs_it_is_asked() throws Exception {
        var stop = new CountDownLatch(1);
        var said = new ByteArrayOutputStream();
        var relay = CompletableFuture.supplyAsync(
                () -> Main.run(
                        List.of("serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off", "--data-dir", data()),
                        Map.of(),
                        print(said),
                        print(new ByteArrayOutputStream()),
                        stop::await),
                task -> Thread.ofPlatform().daemon().start(task));
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> said.toString(StandardCharsets.UTF_8).contains("ready in"));

            assertThat(run("export", "--all", "--format", "json", "--out", files.toString()))
                    .as(err())
                    .isZero();

            assertThat(list()).hasSize(2);
            assertThat(coscribe.ot.wire.Wire.decodeDocument(
                            Files.readAllBytes(files.resolve("Plan " + day() + ".json"))))
                    .isEqualTo(plan.text());
            assertThat(run("export", "--doc", "0".repeat(32), "--out", files.toString()))
                    .isEqualTo(1);
            assertThat(err()).startsWith("There is no document 00000000000000000000000000000000 here.");
            assertThat(list()).hasSize(2);
        } finally {
            stop.countDown();
            assertThat(relay.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void what_cannot_be_meant_is_told() {
        assertThat(run("export")).isEqualTo(2);
        assertThat(err()).isEqualTo("Which documents? Write --doc and an id, or --all.\n");
        assertThat(run("export", "--all", "--format", "pdf", "--out", files.toString()))
                .isEqualTo(2);
        assertThat(err()).isEqualTo("--format is 'pdf'. Write md, html, txt or json.\n");
        assertThat(run("export", "--all", "--out", folder.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(err()).startsWith("There is no folder " + folder.resolve("none"));
        assertThat(run("export", "--doc", "7", "--out", files.toString())).isEqualTo(2);
        assertThat(err()).isEqualTo("'7' is no document id. An id has 32 digits of 0-9 and a-f.\n");
        assertThat(run("export", "--doc", "0".repeat(32), "--out", files.toString()))
                .isEqualTo(1);
        assertThat(err()).startsWith("There is no document 00000000000000000000000000000000 here.");
        assertThat(nasty.head().revision().number()).isEqualTo(1);
    }

    private List<String> list() throws IOException {
        try (var all = Files.list(files)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        var args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--data-dir", data()));
        return Main.run(args, Map.of(), print(out), print(err), () -> {});
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
