package coscribe.bench.windows;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What everybody has in the end, and what that is worth.
///
/// @param hashes  of text and formatting, by whose it is
/// @param length  of the text, without its closing newline
record Comparison(Map<String, String> hashes, int length) {
    Comparison {
        hashes = new LinkedHashMap<>(hashes);
    }

    boolean isEqual() {
        return hashes.values().stream().distinct().count() == 1;
    }

    /// 0 only where something was written and everybody has the same.
    int exitCode() {
        return isEqual() && length > 0 ? 0 : 1;
    }

    String told(double seconds) {
        return hashes.entrySet().stream()
                        .map(each -> String.format(Locale.ROOT, "  %-40s %s%n", each.getKey(), each.getValue()))
                        .collect(Collectors.joining())
                + String.format(Locale.ROOT, "  (hashes of text and formatting; %,d characters)%n%n", length)
                + (length == 0
                        ? "NOTHING WAS WRITTEN"
                        : isEqual()
                                ? String.format(Locale.ROOT, "All texts are equal after %.0f s of writing.", seconds)
                                : String.format(Locale.ROOT, "THE TEXTS ARE NOT EQUAL after %.0f s.", seconds));
    }
}
