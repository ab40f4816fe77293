package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.kit.SmallDisk;
import coscribe.ot.protocol.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The editor in a process of its own, ended from outside in the middle of work that nobody else
/// has; and started again.
class EndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private SharedDocument shared;

    @BeforeEach
    void jon_was_in_the_document_before() throws Exception {
        shared = new SharedDocument(folder);
        shared.jonWasIn("jon", Role.EDITOR);
    }

    @AfterEach
    void end() throws Exception {
        shared.close();
    }

    private Path profile() {
        return shared.profile("jon");
    }

    @Test
    void told_to_end_it_leaves_properly_and_the_next_start_sends_what_was_kept_without_a_word() throws Exception {
        var editor = writes();
        editor.destroy();
        assertThat(editor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(editor.exitValue()).isEqualTo(TERMINATED);
        assertThat(profile().resolve("running")).doesNotExist();
        assertThat(looks()).containsExactly("found alpha beta gamma ");
        arrived();
    }

    @Test
    void killed_it_has_lost_nothing_either_and_message_20_says_so() throws Exception {
        var editor = writes();
        // What was typed is on its way to the disk, which takes it within 200 ms.
        await().atMost(PATIENCE).until(() -> isInJournal("alpha") && isInJournal("beta") && isInJournal("gamma"));
        editor.destroyForcibly();
        assertThat(editor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(profile().resolve("running")).exists();
        assertThat(looks())
                .containsExactly(
                        "found alpha beta gamma ",
                        "Coscribe closed unexpectedly. All 3 edits were recovered; there is nothing you need to do.");
        arrived();
    }

    @Test
    void a_window_whose_edits_are_only_in_memory_stays_until_its_writer_closes_it_anyway() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        SmallDisk.assumeAllowed(disk);
        String invite = shared.invite(Role.EDITOR).written();
        try (var person = SmallDisk.run(
                disk, 4, FullDiskPerson.class, invite, shared.link().written())) {
            var lines = person.linesUntil(line -> line.startsWith("ended"));
            assertThat(lines)
                    .as(String.join("\n", lines))
                    .containsSubsequence(
                            "told at once true", "stays after closing true", "stays after quitting true", "ended 0");
            assertThat(person.exitCode()).isZero();
        }
    }

    private Process writes() throws IOException {
        var editor = editor("write");
        await().atMost(PATIENCE).until(() -> Files.exists(result()) || !editor.isAlive());
        assertThat(result()).as(said()).exists();
        assertThat(Files.readAllLines(result())).containsExactly("written Offline - 3 edits kept");
        Files.delete(result());
        return editor;
    }

    private List<String> looks() throws Exception {
        var editor = editor("look");
        assertThat(editor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(said())
                .isTrue();
        assertThat(editor.exitValue()).as(said()).isZero();
        return Files.readAllLines(result());
    }

    private void arrived() throws Exception {
        var document = shared.mara.open(shared.id);
        document.opened().get(30, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> document.text().equals("alpha beta gamma "));
    }

    private boolean isInJournal(String words) throws IOException {
        try (var files = Files.walk(profile())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(words)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Path result() {
        return folder.resolve("result");
    }

    private String said() throws IOException {
        return "it said: " + Files.readString(folder.resolve("said"));
    }

    private Process editor(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dglass.platform=Headless",
                        "-Dprism.order=sw",
                        "-Duser.language=en",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeavingPerson.class.getName(),
                        what,
                        result().toString(),
                        "--profile",
                        profile().toString(),
                        shared.link().written())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
    }
}
