package coscribe.bench.windows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.bench.process.Child;
import coscribe.bench.process.Java;
import coscribe.bench.process.VirtualScreen;
import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `./run` as it is called: a relay and two windows, each a process of its own.
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class WindowsCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final List<String> BUILT = List.of("relay-server", "desktop-app");
    private static final Pattern LINK = Pattern.compile("Others come in by (\\S+)");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int windows(Optional<String> display, String... arguments) {
        return new WindowsCommand(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), home(), display)
                .run(List.of(arguments));
    }

    /// What this build has made, and a folder of its own for what is left.
    private Path home() {
        try {
            for (String module : BUILT) {
                if (!Files.exists(folder.resolve(module))) {
                    Files.createSymbolicLink(
                            folder.resolve(module), Path.of("..", module).toRealPath());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    @AfterEach
    void leaveWhatWasBuilt() throws IOException {
        for (String module : BUILT) {
            Files.deleteIfExists(folder.resolve(module)); // the way there, not what it leads to
        }
    }

    private String said() {
        return out.toString(UTF_8) + err.toString(UTF_8);
    }

    @Test
    void without_a_display_both_windows_write_the_recording_of_a_single_writer() throws IOException {
        int exit = windows(Optional.empty(), "--virtual", "--trace", recording().toString());
        assertThat(exit).as(this::said).isZero();
        assertThat(out.toString(UTF_8))
                .contains("of the characters 20 are Mara Klein's, 20 are Jon Tan's")
                .contains("a newcomer reads back from the relay", "All texts are equal after");
        assertThat(folder.resolve(".run/windows/windows.png")).isNotEmptyFile();
    }

    /// Forty keys of one writer, each behind the one before.
    private Path recording() throws IOException {
        var json = new StringBuilder("{\"startContent\":\"\",\"endContent\":\"" + "x".repeat(40) + "\",\"txns\":[");
        for (int i = 0; i < 40; i++) {
            json.append(i == 0 ? "" : ",").append("{\"patches\":[[").append(i).append(",0,\"x\"]]}");
        }
        var file = folder.resolve("alone.json.gz");
        try (var zip = new GZIPOutputStream(Files.newOutputStream(file))) {
            zip.write(json.append("]}").toString().getBytes(UTF_8));
        }
        return file;
    }

    @Test
    void on_a_display_two_people_see_one_document_and_it_ends_well_when_both_windows_are_closed() {
        try (var screen = VirtualScreen.start(1280, 840, folder)) {
            var ended = CompletableFuture.supplyAsync(
                    () -> windows(Optional.of(screen.display())),
                    task -> Thread.ofPlatform().start(task));
            await().atMost(PATIENCE).until(() -> LINK.matcher(said()).find() || ended.isDone());
            var link = LINK.matcher(said());
            assertThat(link.find()).as(this::said).isTrue();
            var way = InviteLink.parse(link.group(1));
            try (var third = CoscribeClient.join(way, "Lin", folder.resolve("lin"))) {
                var document = third.open(third.follow(way, "Lin").join().orElseThrow());
                document.opened().join();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(document.members())
                                .extracting(it -> it.person().name())
                                .containsExactlyInAnyOrder("Mara Klein", "Jon Tan"));
                for (int left = 1; left >= 0; left--) {
                    int still = left;
                    await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> {
                        boolean gone = document.members().size() <= still;
                        if (!gone) {
                            quit(screen);
                        }
                        return gone;
                    });
                }
            }
            assertThat(ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                    .as(this::said)
                    .isZero();
        }
    }

    /// Presses Ctrl+Q at the window that is in front, or that the pointer is at.
    private void quit(VirtualScreen screen) {
        try (var hand = Child.start(
                "hand",
                Java.program(List.of("-Xshare:auto"), Quitting.class.getName(), List.of()),
                Map.of("DISPLAY", screen.display()),
                folder)) {
            assertThat(hand.exitCode(Duration.ofSeconds(30)))
                    .as(hand::complaints)
                    .isZero();
        }
    }
}
