package coscribe.client.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A small text file of lines `name=value` under a line that names its format, with a last line
/// that says that it is whole.
public final class LineFile {
    private static final String END = "end";
    private static final String WHOLE = "whole";

    private LineFile() {}

    /// The values by their names, in the file's order. Throws {@link IllegalArgumentException}
    /// where `text` is not such a file, or not all of it.
    public static Map<String, String> parse(String text, String format) {
        var lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(format)) {
            throw new IllegalArgumentException("not a file of the format " + format);
        }
        var values = new LinkedHashMap<String, String>();
        for (String line : lines.subList(1, lines.size())) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a line without a name");
            }
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        if (!WHOLE.equals(values.remove(END))) {
            throw new IllegalArgumentException("the end is missing");
        }
        return Collections.unmodifiableMap(values);
    }

    /// Puts `values` into `file` durably and in one step, readable by its owner alone. What would
    /// break a line becomes a blank.
    public static void replace(Path file, String format, Map<String, String> values) throws IOException {
        var text = new StringBuilder(format).append('\n');
        values.forEach((name, value) -> line(text, name, value));
        line(text, END, WHOLE);
        OwnerFile.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name)
                .append('=')
                .append(value.replaceAll("\\R|\\p{Cntrl}", " "))
                .append('\n');
    }
}
