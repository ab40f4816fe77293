package coscribe.relay;

import java.util.ArrayList;
import java.util.List;

/// The text of `relay.conf`: lines of `key = value`, comments from `#` at the start of a line.
///
/// @param name  as it is called in problems
public record ConfigFile(String name, String text) {
    private static final String DEFAULT_NAME = "relay.conf";

    /// @param number  from 1
    record Line(int number, String key, String value) {}

    /// The lines that say something; what is no line of that kind becomes a problem.
    List<Line> lines(List<ConfigProblem> problems) {
        var lines = new ArrayList<Line>();
        int number = 0;
        for (var raw : text.lines().toList()) {
            number++;
            var line = (number == 1 && raw.startsWith("\ufeff") ? raw.substring(1) : raw).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1) {
                var where = where(number);
                problems.add(new ConfigProblem(
                        "", where, "There is no 'key = value' in " + where + ". Write one, or begin the line with #."));
                continue;
            }
            lines.add(new Line(
                    number,
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip()));
        }
        return lines;
    }

    String where(int number) {
        return name + " line " + number;
    }

    /// A file that sets nothing and explains everything.
    public static String commented() {
        var text = new StringBuilder();
        text.append("# ").append(DEFAULT_NAME).append(": how this Coscribe relay is set up.\n");
        text.append("# A line sets a key where the # before it is taken away. What stands here is the default.\n");
        text.append("# A flag (--public-url) and an environment variable (COSCRIBE_PUBLIC_URL) go before this file.\n");
        for (var key : ConfigKey.values()) {
            if (key.isSupported()) {
                text.append("\n# ").append(key.meaning()).append('\n');
                text.append("# ")
                        .append(key.key())
                        .append(" = ")
                        .append(key.byDefault())
                        .append('\n');
            }
        }
        return text.toString().replaceAll(" +\n", "\n");
    }
}
