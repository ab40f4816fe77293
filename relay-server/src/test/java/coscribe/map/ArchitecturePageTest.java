package coscribe.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// ARCHITECTURE.md names classes; each of them must exist: those of the product in the product, not
/// only in a test.
class ArchitecturePageTest {
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+(?:\\.[A-Za-z]+)?)`");

    @Test
    void every_class_that_the_page_names_exists() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        String product = sources(root, "/src/main/java/");
        String tests = sources(root, "/src/test/java/");
        var missing = new TreeSet<String>();
        int named = 0;
        var names = NAME.matcher(Files.readString(root.resolve("ARCHITECTURE.md")));
        while (names.find()) {
            named++;
            for (String part : names.group(1).split("\\.")) {
                boolean declared = Pattern.compile("(?:class|interface|record|enum) " + part + "\\b|\\b" + part + "\\(")
                        .matcher(part.endsWith("Test") ? tests : product)
                        .find();
                if (!declared) {
                    missing.add(names.group(1));
                }
            }
        }
        assertThat(named).isGreaterThan(40);
        assertThat(missing).isEmpty();
    }

    private static String sources(Path root, String in) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains(in))
                    .map(ArchitecturePageTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
