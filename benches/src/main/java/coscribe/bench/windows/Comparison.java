package coscribe.bench.windows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What everybody has in the end, and what that is worth.
///
/// @param hashes  of text and formatting, by whose it is
/// @param wrote   how many characters of the text are whose, for everybody who was to write
record Comparison(Map<String, String> hashes, Map<String, Integer> wrote) {
    Comparison {
        hashes = new LinkedHashMap<>(hashes);
        wrote = new LinkedHashMap<>(wrote);
    }

    boolean isEqual() {
        return hashes.values().stream().distinct().count() == 1;
    }

    private List<String> silent() {
        return wrote.entrySet().stream()
                .filter(each -> each.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// 0 only where everybody wrote and all have the same.
    int exitCode() {
        return isEqual() && silent().isEmpty() ? 0 : 1;
    }

    String told(double seconds) {
        return hashes.entrySet().stream()
                        .map(each -> String.format(Locale.ROOT, "  %-40s %s%n", each.getKey(), each.getValue()))
                        .collect(Collectors.joining())
                + "  (hashes of text and formatting; of the characters "
                + wrote.entrySet().stream()
                        .map(each -> String.format(Locale.ROOT, "%,d are %s's", each.getValue(), each.getKey()))
                        .collect(Collectors.joining(", "))
                + String.format(Locale.ROOT, ")%n%n")
                + (!isEqual()
                        ? String.format(Locale.ROOT, "THE TEXTS ARE NOT EQUAL after %.0f s.", seconds)
                        : silent().isEmpty()
                                ? String.format(Locale.ROOT, "All texts are equal after %.0f s of writing.", seconds)
                                : "NOTHING WAS WRITTEN BY " + String.join(" AND ", silent()));
    }
}
