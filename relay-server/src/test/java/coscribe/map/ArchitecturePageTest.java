package coscribe.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// ARCHITECTURE.md names classes; each of them must exist: those of the product in the product, not
/// only in a test. SECURITY.md names tests.
class ArchitecturePageTest {
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+(?:\\.[A-Za-z]+)?)`");

    @Test
    void every_class_that_the_page_names_exists() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        var product = sources(root, "/src/main/java/");
        var tests = sources(root, "/src/test/java/");
        var missing = new TreeSet<String>();
        int named = 0;
        var names = NAME.matcher(Files.readString(root.resolve("ARCHITECTURE.md")));
        while (names.find()) {
            named++;
            String name = names.group(1);
            if (!isDeclared(name, name.endsWith("Test") ? tests : product)) {
                missing.add(name);
            }
        }
        assertThat(named).isGreaterThan(40);
        assertThat(missing).isEmpty();
    }

    @Test
    void every_test_that_holds_a_defence_exists() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        var tests = sources(root, "/src/test/java/");
        var names = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|Contract))`")
                .matcher(Files.readString(root.resolve("SECURITY.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(names).hasSizeGreaterThan(20).allMatch(name -> isDeclared(name, tests));
    }

    @Test
    void a_name_that_is_only_used_is_not_declared() {
        assertThat(isDeclared("Ghost", List.of("class Host { Object it = new Ghost(1); }")))
                .isFalse();
        assertThat(isDeclared("Host.haunt", List.of("class Host { void at() { return haunt(1); } }")))
                .isFalse();
        assertThat(isDeclared("Host.Ghost", List.of("class Host {}", "record Ghost(int age) {}")))
                .isFalse();
        assertThat(isDeclared("Host.Ghost", List.of("interface Host { record Ghost(int age) {} }")))
                .isTrue();
        assertThat(isDeclared("Host.haunt", List.of("class Host { static List<Ghost> haunt(int age) {} }")))
                .isTrue();
    }

    /// Outer and inner name in one file; a small letter begins a method.
    private static boolean isDeclared(String name, List<String> sources) {
        var parts = Stream.of(name.split("\\."))
                .map(part -> Pattern.compile(
                        Character.isUpperCase(part.charAt(0))
                                ? "\\b(?:class|interface|record|enum) " + part + "\\b"
                                : "(?<!\\breturn|\\bnew|\\byield|\\bthrow|\\belse)(?<=[\\w>\\]]) " + part + "\\("))
                .toList();
        return sources.stream()
                .anyMatch(source ->
                        parts.stream().allMatch(part -> part.matcher(source).find()));
    }

    private static List<String> sources(Path root, String in) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains(in))
                    .map(ArchitecturePageTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
