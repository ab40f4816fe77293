package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command of docs/admin.md does what the page says, from top to bottom.
class AdminPageTest {
    private static final Path PAGE = Path.of("..", "docs", "admin.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern IN_TEXT = Pattern.compile("`coscribe-relay ([a-z]+)");
    private static final List<String> PLACES = List.of("/etc/coscribe", "/srv/backups", "/srv/export");

    @TempDir
    private Path folder;

    @Test
    void every_command_of_the_page_works_in_its_order() throws Exception {
        var page = Files.readString(PAGE);
        for (var place : PLACES) {
            Files.createDirectories(folder.resolve(place.substring(1)));
        }
        conf("relay.conf", "data");
        conf("relay-new.conf", "new");
        fill();
        var blocks = BLOCK.matcher(page);
        int commands = 0;
        while (blocks.find()) {
            if (!blocks.group(1).isEmpty()) {
                continue; // no commands
            }
            for (var line : blocks.group(2).lines().toList()) {
                assertThat(line).startsWith("coscribe-relay ");
                run(line.substring("coscribe-relay ".length()));
                commands++;
            }
        }
        assertThat(commands).isEqualTo(7);
        var named = IN_TEXT.matcher(page);
        while (named.find()) {
            assertThat(named.group(1)).isIn("serve", "doctor", "backup", "restore", "migrate", "export", "invite");
        }
    }

    private void run(String command) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var args = Arrays.stream(command.split(" "))
                .map(word -> PLACES.stream().anyMatch(word::startsWith) ? folder + word : word)
                .toList();
        int exit = Main.run(args, Map.of(), print(out), print(err), () -> {});
        assertThat(exit)
                .as(command + "\n" + out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    private void conf(String name, String data) throws IOException {
        var file = folder.resolve("etc/coscribe").resolve(name);
        Files.writeString(file, "bind = 127.0.0.1:0\nmetrics.bind = off\ndata.dir = " + folder.resolve(data) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void fill() {
        var parsed = RelayConfig.parse(
                Map.of("--data-dir", folder.resolve("data").toString()), Map.of(), Optional.empty(), _ -> "");
        try (var stores = Relay.World.real(InstantSource.system(), new SecureRandom(), "test")
                .opener()
                .open(((RelayConfig.Parsed.Good) parsed).config())) {
            assertThat(new Scribe(stores, 7)
                            .writes("Minutes", 5)
                            .head()
                            .revision()
                            .number())
                    .isEqualTo(5);
        }
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
