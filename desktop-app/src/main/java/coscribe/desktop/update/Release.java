package coscribe.desktop.update;

import java.net.URI;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version that its makers announced.
///
/// @param version  three numbers, as 1.4.0
/// @param page     where people get it: http or https
public record Release(String version, URI page) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(-[^+]*)?(\\+.*)?");
    private static final Comparator<Matcher> ORDER = Comparator.<Matcher>comparingInt(it -> number(it, 1))
            .thenComparingInt(it -> number(it, 2))
            .thenComparingInt(it -> number(it, 3))
            .thenComparing(it -> it.group(4) == null); // what came before a release is older

    /// Throws {@link IllegalArgumentException} where one of them is none.
    public Release {
        if (numbers(version).filter(it -> it.group(4) == null).isEmpty()) {
            throw new IllegalArgumentException("no version: " + version);
        }
        String scheme = String.valueOf(page.getScheme()).toLowerCase(Locale.ROOT);
        if (page.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("no page: " + page);
        }
    }

    /// A program that has no numbers was built by somebody for themselves, and is older than any
    /// release.
    public boolean isNewerThan(String program) {
        return numbers(program)
                .map(it -> ORDER.compare(numbers(version).orElseThrow(), it) > 0)
                .orElse(true);
    }

    private static Optional<Matcher> numbers(String version) {
        return Optional.of(NUMBERS.matcher(version)).filter(Matcher::matches);
    }

    private static int number(Matcher version, int group) {
        return Integer.parseInt(version.group(group));
    }
}
