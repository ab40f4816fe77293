package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every block of commands of docs/admin.md does what the page says, from top to bottom, and a relay and
/// nginx take what it writes into their files.
class AdminPageTest {
    private static final Path PAGE = Path.of("..", "docs", "admin.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([^`\\n]*)\\n(.*?)^```$");
    private static final Pattern SHELL = Pattern.compile("(?m)^```sh (.*)$");
    private static final Pattern IN_TEXT = Pattern.compile("`coscribe-relay ([a-z]+)");
    /// `PolicyTest` reads the JSON.
    private static final List<String> NO_COMMANDS = List.of("nginx", "ini", "json");

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
        conf("try.conf", "try");
        fill();
        var blocks = BLOCK.matcher(page);
        int commands = 0;
        while (blocks.find()) {
            if (!blocks.group(1).isEmpty()) {
                assertThat(NO_COMMANDS.contains(blocks.group(1))
                                || blocks.group(1).startsWith("sh "))
                        .as(blocks.group(1))
                        .isTrue();
                continue;
            }
            for (var line : blocks.group(2).lines().toList()) {
                assertThat(line).startsWith("coscribe-relay ");
                run(line.substring("coscribe-relay ".length()));
                commands++;
            }
        }
        assertThat(commands).isEqualTo(12);
        var named = IN_TEXT.matcher(page);
        while (named.find()) {
            assertThat(named.group(1))
                    .isIn("serve", "doctor", "backup", "restore", "migrate", "export", "invite", "bench");
        }
    }

    /// `installers/try/team` runs the blocks of the first section on machines; here it is held that each says on
    /// which, that there are no others, and that a relay takes what they write into its relay.conf.
    @Test
    void what_is_done_on_several_machines_says_on_which_and_a_relay_understands_it() throws Exception {
        var page = Files.readString(PAGE);
        var section = page.substring(page.indexOf("\n## From nothing to a team\n"), page.indexOf("\n## Is everything"));
        var machines = List.of("front", "relay1 relay2", "front", "front", "relay1 relay2 people", "relay1");
        assertThat(SHELL.matcher(section).results().map(found -> found.group(1)))
                .containsExactlyElementsOf(machines);
        assertThat(SHELL.matcher(page).results().count()).isEqualTo(machines.size());

        var written = Pattern.compile("(?ms)^cat >>/etc/coscribe/relay.conf <<'END'\n(.*?)^END$")
                .matcher(section);
        assertThat(written.find()).isTrue();
        var conf = folder.resolve("etc/coscribe/relay.conf");
        Files.createDirectories(conf.getParent());
        Files.writeString(conf, written.group(1));
        done("config check --config /etc/coscribe/relay.conf");
    }

    @Test
    void a_relay_understands_what_the_page_writes_for_sentinels() throws Exception {
        var conf = folder.resolve("etc/coscribe/relay.conf");
        Files.createDirectories(conf.getParent());
        Files.writeString(conf, block("ini"));
        done("config check --config /etc/coscribe/relay.conf");
        assertThat(block("ini")).contains("store = redis", "+sentinel://", "redis.wait.replicas");
    }

    @Test
    void an_editor_gets_through_the_real_nginx_with_the_lines_of_the_page() throws Exception {
        Files.createDirectories(folder.resolve("etc/coscribe"));
        conf("try.conf", "try");
        withARelayToTry(port -> {
            try (var nginx = new Nginx(folder.resolve("nginx"), nginxLocation(port))) {
                done("doctor --config /etc/coscribe/try.conf --client " + nginx.url());
            }
        });
    }

    /// What the page says that nginx needs, with a relay at that port behind it.
    static String nginxLocation(int relay) throws IOException {
        var written = "proxy_pass http://127.0.0.1:7450;";
        var location = block("nginx");
        assertThat(location).containsOnlyOnce(written);
        return location.replace(written, "proxy_pass http://127.0.0.1:" + relay + ";");
    }

    /// The only one of its kind on the page.
    private static String block(String kind) throws IOException {
        var all = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .filter(found -> found.group(1).equals(kind))
                .toList();
        assertThat(all).hasSize(1);
        return all.getFirst().group(2);
    }

    private void run(String command) throws Exception {
        if (command.startsWith("bench ")) {
            withARelayToTry(_ -> done(smaller(command)));
        } else {
            done(command);
        }
    }

    /// As on the page, with fewer people and for less long.
    private static String smaller(String command) {
        return command.replaceAll("--clients [0-9]+", "--clients 6")
                        .replaceAll("--docs [0-9]+", "--docs 2")
                        .replaceAll("--duration [0-9]+s", "--duration 1s --warm-up 1s")
                        .replaceAll("--rounds [0-9]+", "--rounds 1")
                + (command.startsWith("bench idle") ? " --duration 1s" : "");
    }

    @FunctionalInterface
    private interface Trial {
        void at(int port) throws Exception;
    }

    private void withARelayToTry(Trial what) throws Exception {
        var stop = new CountDownLatch(1);
        var said = new ByteArrayOutputStream();
        var conf = folder.resolve("etc/coscribe/try.conf").toString();
        var relay = CompletableFuture.supplyAsync(
                () -> Main.run(
                        List.of("serve", "--config", conf),
                        Map.of(),
                        print(said),
                        print(new ByteArrayOutputStream()),
                        stop::await),
                task -> Thread.ofPlatform().daemon().start(task));
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> said.toString(StandardCharsets.UTF_8).contains("ready in"));
            what.at(Integer.parseInt(said.toString(StandardCharsets.UTF_8)
                    .replaceAll("(?s).*Address  http://127\\.0\\.0\\.1:([0-9]+).*", "$1")));
        } finally {
            stop.countDown();
            assertThat(relay.get(60, TimeUnit.SECONDS)).isZero();
        }
    }

    private void done(String command) {
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
