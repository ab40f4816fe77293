package coscribe.installers;

import static coscribe.installers.Repository.HOME;
import static coscribe.installers.Repository.INSTALLERS;
import static coscribe.installers.Repository.accepted;
import static coscribe.installers.Repository.filled;
import static coscribe.installers.Repository.matches;
import static coscribe.installers.Repository.read;
import static coscribe.installers.Repository.relaySays;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.installers.Repository.Said;
import coscribe.relay.ConfigKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class RelayPackageTest {
    /// Of 100, in tenths; what systemd calls "OK" begins at 49. Below 20 it is well locked up.
    private static final int EXPOSURE = 20;

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_service_is_locked_up() throws Exception {
        String unit = INSTALLERS.resolve("relay/coscribe-relay.service").toString();
        accepted(List.of(
                "systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=" + EXPOSURE, unit));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void systemd_understands_the_service() throws Exception {
        Path unit = folder.resolve("coscribe-relay.service");
        // Its program is not installed here; everything else in it is looked at.
        Files.writeString(
                unit,
                read("relay/coscribe-relay.service")
                        .replace("ExecStart=/usr/bin/coscribe-relay", "ExecStart=/bin/true"));
        var said = Repository.run(List.of("systemd-analyze", "verify", "--man=no", unit.toString()));
        assertThat(said.text().lines().filter(line -> line.contains("coscribe-relay.service")))
                .isEmpty();
    }

    /// What the unit takes for a wrong configuration is not started again.
    @Test
    @EnabledOnOs(OS.LINUX)
    void a_relay_without_memory_ends_in_a_way_after_which_it_is_started_again() throws Exception {
        var never = matches("(?m)^RestartPreventExitStatus=(.*)", read("relay/coscribe-relay.service"));
        assertThat(never).containsExactly("2 3");
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(matches("(-XX:[+-][A-Za-z]+)", read("relay/coscribe-relay.sh")));
        command.addAll(List.of(
                "-Xmx16m",
                "-XX:ErrorFile=" + folder.resolve("error.log"),
                "-cp",
                Path.of(Glutton.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString(),
                Glutton.class.getName()));
        assertThat(Repository.run(command).exitCode()).isEqualTo(1);
    }

    /// Takes memory until there is none, and would go on.
    static final class Glutton {
        private Glutton() {}

        public static void main(String[] args) {
            var taken = new ArrayList<byte[]>();
            while (true) {
                try {
                    taken.add(new byte[1 << 20]);
                } catch (OutOfMemoryError e) {
                    System.exit(taken.isEmpty() ? 2 : 0);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relay/deb/preinst",
                "relay/deb/postinst",
                "relay/deb/prerm",
                "relay/deb/postrm",
                "relay/coscribe-relay.sh",
                "desktop/register"
            })
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void scripts_are_a_plain_shells(String name) throws Exception {
        String text = filled(name);
        assertThat(text).startsWith("#!/bin/sh\n");
        accepted(List.of(
                "sh", "-n", Files.writeString(folder.resolve("script"), text).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package",
                "installers/build/common.sh",
                "installers/build/desktop.sh",
                "installers/build/formats.sh",
                "installers/build/relay.sh",
                "installers/icons/draw",
                "installers/macos/build.sh",
                "installers/reproducible",
                "installers/try/debian.sh",
                "installers/try/linux",
                "installers/try/machines.sh",
                "installers/try/rooms.sh",
                "installers/try/steps.sh",
                "installers/try/team"
            })
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void our_own_tools_are_bashs(String name) throws Exception {
        accepted(List.of("bash", "-n", HOME.resolve(name).toString()));
    }

    /// They are put onto a page.
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void the_logs_that_a_try_keeps_let_nobody_in() throws Exception {
        Path log = folder.resolve("relay.log");
        var lines = new ArrayList<String>();
        for (var address : List.of(
                RelayAddress.of("127.0.0.1", OptionalInt.of(7450), false),
                RelayAddress.of("docs.example.org", OptionalInt.empty(), true))) {
            var link = new InviteLink(List.of(address), "7F3KQ9TM2XWD").written();
            assertThat(link).endsWith("7F3K-Q9TM-2XWD");
            lines.addAll(List.of("  " + link, "link=" + link + " uses=1"));
        }
        Files.write(log, lines);
        var kept = Repository.run(List.of(
                "bash",
                "-euc",
                ". \"$1/try/rooms.sh\"; without_codes \"$2\"",
                "-",
                INSTALLERS.toString(),
                log.toString()));
        assertThat(kept.exitCode()).as(kept.text()).isZero();
        assertThat(kept.text()).isEqualTo(String.join("\n", lines).replace("7F3K-Q9TM-2XWD", "...") + "\n");
    }

    /// The scripts in the .spec are a shell's too.
    @Test
    @EnabledOnOs(OS.LINUX)
    void the_scripts_of_the_rpm_are_a_plain_shells() throws Exception {
        var sections = List.of(filled("relay/coscribe-relay.spec").split("(?m)^%", -1));
        int scripts = 0;
        for (String section : sections) {
            String name = section.lines().findFirst().orElse("");
            if (List.of("pre", "post", "preun", "postun").contains(name)) {
                scripts++;
                String text = section.substring(name.length()).replace("%%", "%");
                accepted(List.of(
                        "sh",
                        "-n",
                        Files.writeString(folder.resolve(name), text).toString()));
            }
        }
        assertThat(scripts).isEqualTo(4);
    }

    /// `config init` writes the file that is installed: every key that does something is in it.
    @Test
    void relay_conf_explains_every_key() throws Exception {
        Path file = folder.resolve("relay.conf");
        relaySays("config", "init", "--quiet", "--config", file.toString());
        var written = matches("^# ([a-z.]+) =", Files.readString(file));
        var known = matches("^([a-z.]+) =", relaySays("config", "print", "--data-dir", folder.toString()));
        assertThat(known)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ConfigKey.values()).map(ConfigKey::key).toList());
        assertThat(written)
                .hasSizeGreaterThan(20)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ConfigKey.values())
                        .filter(ConfigKey::isSupported)
                        .map(ConfigKey::key)
                        .toList());
        assertThat(read("build/relay.sh")).contains("data\\.dir");
    }

    @Test
    void the_manual_page_tells_every_command() throws Exception {
        String page = read("relay/coscribe-relay.8").replace("\\-", "-");
        var commands = matches("^  ([a-z]+)  ", relaySays("--help"));
        assertThat(commands).contains("serve", "doctor", "config");
        assertThat(commands).allSatisfy(command -> assertThat(page).containsPattern("\n\\.BR? \"?" + command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "installers/relay/container/compose.yaml",
                "installers/relay/container/compose.redis.yaml",
                ".github/workflows/release.yml"
            })
    void yaml_is_well_formed(String name) throws Exception {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<String, Object> content = yaml.load(Files.readString(HOME.resolve(name)));
        assertThat(content).containsKey(name.contains("compose") ? "services" : "jobs");
    }

    /// Every variable that the container files set is a key of the relay.
    @Test
    void containers_set_keys_that_exist() throws Exception {
        var known = matches("^([a-z.]+) =", relaySays("config", "print", "--data-dir", folder.toString())).stream()
                .map(key -> "COSCRIBE_" + key.replace('.', '_').toUpperCase(java.util.Locale.ROOT))
                .toList();
        for (String name : List.of("Containerfile", "compose.yaml", "compose.redis.yaml")) {
            var set = matches("\\b(COSCRIBE_[A-Z_]+)(?:=|:)", read("relay/container/" + name));
            assertThat(set).as(name).isNotEmpty();
            assertThat(known).as(name).containsAll(set);
        }
    }

    // --- an upgrade, by the script itself, with the relay's jar in the place of the program

    private Path data() throws Exception {
        Path data = folder.resolve("data");
        relaySays("invite", "create", "--role", "owner", "--data-dir", data.toString());
        return data;
    }

    private Said upgrades(Path data) throws Exception {
        Path program = folder.resolve("coscribe-relay");
        Files.writeString(
                program,
                "#!/bin/sh\nexport COSCRIBE_DATA_DIR='" + data + "'\nexec '"
                        + Path.of(System.getProperty("java.home"), "bin", "java") + "' -jar '"
                        + System.getProperty("coscribe.relay.jar", "") + "' \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String script = read("relay/upgrade-backup.sh").replace("/usr/bin/coscribe-relay", program.toString());
        return Repository.run(List.of("sh", "-euc", script + "\nrelay_backup"));
    }

    private static List<Path> backups(Path data) throws Exception {
        try (var files = Files.list(data.resolve("backups"))) {
            return files.sorted().toList();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void an_upgrade_leaves_a_backup_that_can_be_restored() throws Exception {
        Path data = data();
        var said = upgrades(data);
        assertThat(said.exitCode()).as(said.text()).isZero();
        var kept = backups(data);
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst().getFileName().toString()).matches("before-upgrade-from-.+-\\d{8}T\\d{6}Z\\.backup");
        assertThat(said.text()).contains("is in " + kept.getFirst());
        relaySays(
                "restore",
                kept.getFirst().toString(),
                "--data-dir",
                folder.resolve("new").toString());
        assertThat(folder.resolve("new").resolve("store.db")).isNotEmptyFile();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void three_are_kept() throws Exception {
        Path data = data();
        Files.createDirectories(data.resolve("backups"));
        for (int day = 1; day <= 4; day++) {
            Path old = data.resolve("backups/before-upgrade-from-0.0." + day + "-2026010" + day + "T000000Z.backup");
            Files.writeString(old, "old");
            Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2026-01-0" + day + "T00:00:00Z")));
        }
        assertThat(upgrades(data).exitCode()).isZero();
        assertThat(backups(data).stream().map(file -> file.getFileName().toString()))
                .hasSize(3)
                .anyMatch(name -> name.contains("0.0.4"))
                .anyMatch(name -> name.contains("0.0.3"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void an_upgrade_of_what_cannot_be_backed_up_does_not_begin() throws Exception {
        Path data = data();
        Files.writeString(data.resolve("store.db"), "no database");
        var said = upgrades(data);
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("could not be backed up (see above). Nothing was changed.");
        assertThat(data.resolve("store.db")).hasContent("no database");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void where_nothing_is_kept_yet_there_is_nothing_to_back_up() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        assertThat(upgrades(data)).isEqualTo(new Said(0, ""));
        assertThat(data).isEmptyDirectory();
    }
}
