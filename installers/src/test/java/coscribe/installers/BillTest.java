package coscribe.installers;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.installers.Repository.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What ./package lets pass as a bill of materials, tried on the jars that the build made.
class BillTest {
    private static final Path LIB = Path.of(System.getProperty("coscribe.app.lib", ""));
    private static final Path RELAY = Path.of(System.getProperty("coscribe.relay.jar", ""));
    private static final Pattern JAR = Pattern.compile("(.+?)-([0-9].*?)(?:-(linux|mac|win)(-aarch64)?)?\\.jar");

    @TempDir
    Path folder;

    @Test
    void it_names_the_editors_jars_and_no_others() throws Exception {
        var jars = jars();
        assertThat(jars).hasSizeGreaterThan(10);
        assertThat(judged(jars)).isEqualTo(new Said(0, ""));
        for (var jar : List.of(jars.getFirst(), jars.getLast())) {
            var less = new ArrayList<>(jars);
            less.remove(jar);
            assertThat(judged(less)).isEqualTo(new Said(1, "jar inside, but not named: " + jar + "\n"));
        }
        var more = new ArrayList<>(jars);
        more.add("nobody-1.0.jar");
        assertThat(judged(more)).isEqualTo(new Said(1, "jar named, but not inside: nobody-1.0.jar\n"));
    }

    @Test
    void it_names_what_the_relays_jar_was_made_of() throws Exception {
        var inside = classes(RELAY);
        var parts = new ArrayList<String>();
        for (var jar : jars()) {
            var classes = classes(LIB.resolve(jar));
            if (!classes.isEmpty() && inside.containsAll(classes) && !jar.startsWith("relay-server-")) {
                parts.add(jar);
            }
        }
        assertThat(parts).hasSizeGreaterThan(10);
        assertThat(judged(parts, RELAY)).isEqualTo(new Said(0, ""));

        var left = only(parts, "jedis");
        var less = new ArrayList<>(parts);
        less.remove(left);
        var said = judged(less, RELAY);
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text().lines())
                .allMatch(line -> line.startsWith("class inside, but not named: redis/clients/jedis/"))
                .hasSize(classes(LIB.resolve(left)).size());

        var more = new ArrayList<>(parts);
        more.add(only(jars(), "richtextfx"));
        said = judged(more, RELAY);
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text().lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("class named, but not inside: org/fxmisc/richtext/"));
    }

    private static List<String> jars() throws IOException {
        try (var all = Files.list(LIB)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String only(List<String> jars, String name) {
        var found = jars.stream().filter(jar -> jar.startsWith(name + "-")).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static Set<String> classes(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// Of a bill that names these, written as the CycloneDX plugin does.
    private Said judged(List<String> jars, Path... whole) throws Exception {
        var bill = Files.writeString(
                folder.resolve("bill.json"),
                "{\"bomFormat\":\"CycloneDX\",\"metadata\":{\"component\":"
                        + component(only(jars(), "relay-server")) + "},\"components\":["
                        + jars.stream().map(BillTest::component).collect(Collectors.joining(",")) + "]}");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                LIB + "/*",
                Repository.INSTALLERS.resolve("build/Bill.java").toString(),
                bill.toString(),
                LIB.toString()));
        for (var jar : whole) {
            command.add(jar.toString());
        }
        return Repository.run(command);
    }

    private static String component(String jar) {
        var parts = JAR.matcher(jar);
        assertThat(parts.matches()).as(jar).isTrue();
        var classifier = parts.group(3) == null
                ? ""
                : "classifier=" + parts.group(3) + (parts.group(4) == null ? "" : parts.group(4)) + "&";
        return "{\"name\":\"%s\",\"version\":\"%s\",\"purl\":\"pkg:maven/group/%1$s@%2$s?%stype=jar\"}"
                .formatted(parts.group(1), parts.group(2), classifier);
    }
}
