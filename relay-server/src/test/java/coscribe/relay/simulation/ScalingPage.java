package coscribe.relay.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The tables of docs/SCALING.md that a simulation is held to: a way, how many messages, how long each
/// is. Numbers of messages are terms such as `1`, `k-1`, `k k` (times), lengths such as `b + 690`.
final class ScalingPage {
    private static final Path PAGE = Path.of("..", "docs", "SCALING.md");
    private static final Pattern LENGTH = Pattern.compile("(?:([a-z])(?: \\+ ([0-9]+))?)|([0-9]+)");

    private ScalingPage() {}

    /// @param times   factors, multiplied
    /// @param length  of each
    record Row(List<String> times, String length) {
        long messages(Map<String, Long> known) {
            return times.stream()
                    .mapToLong(factor -> factor.matches("[0-9]+") ? Long.parseLong(factor) : lessened(known, factor))
                    .reduce(1, Math::multiplyExact);
        }

        long bytes(Map<String, Long> known) {
            return messages(known) * each(known);
        }

        /// How long one is.
        long each(Map<String, Long> known) {
            var term = LENGTH.matcher(length);
            if (!term.matches()) {
                throw new IllegalArgumentException("no length: " + length);
            }
            return term.group(1) == null
                    ? Long.parseLong(term.group(3))
                    : value(known, term.group(1)) + (term.group(2) == null ? 0 : Long.parseLong(term.group(2)));
        }
    }

    /// `k` or `k-1`.
    private static long lessened(Map<String, Long> known, String factor) {
        var parts = factor.split("-");
        return value(known, parts[0]) - (parts.length > 1 ? Long.parseLong(parts[1]) : 0);
    }

    private static long value(Map<String, Long> known, String name) {
        return known.getOrDefault(name, 0L);
    }

    /// By what each way is called.
    static Map<String, Row> table(String name) {
        var rows = new LinkedHashMap<String, Row>();
        cells(name)
                .forEach(cells ->
                        rows.put(cells.get(0), new Row(List.of(cells.get(1).split(" ")), cells.get(2))));
        return rows;
    }

    /// What was measured, by the word in front of it.
    static Map<String, Double> numbers(String name) {
        var numbers = new LinkedHashMap<String, Double>();
        cells(name)
                .forEach(cells -> numbers.put(
                        cells.get(0), Double.parseDouble(cells.get(1).replaceAll("[^0-9.].*", ""))));
        return numbers;
    }

    private static List<List<String>> cells(String name) {
        return text().lines()
                .dropWhile(line -> !line.equals("<!-- table " + name + " -->"))
                .skip(3)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    static String text() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
