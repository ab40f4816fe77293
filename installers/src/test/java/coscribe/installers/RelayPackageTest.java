package coscribe.installers;

import static coscribe.installers.Repository.HOME;
import static coscribe.installers.Repository.INSTALLERS;
import static coscribe.installers.Repository.accepted;
import static coscribe.installers.Repository.filled;
import static coscribe.installers.Repository.matches;
import static coscribe.installers.Repository.read;
import static coscribe.installers.Repository.relaySays;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
                "installers/try/linux",
                "installers/try/rooms.sh",
                "installers/try/steps.sh"
            })
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void our_own_tools_are_bashs(String name) throws Exception {
        accepted(List.of("bash", "-n", HOME.resolve(name).toString()));
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
        assertThat(known).hasSizeGreaterThan(30).containsAll(written);
        assertThat(written)
                .hasSizeGreaterThan(20)
                .contains("bind", "data.dir", "store", "durability", "shutdown.drain");
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
}
