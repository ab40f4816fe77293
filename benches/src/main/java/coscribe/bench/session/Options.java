package coscribe.bench.session;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `--name value` pairs.
///
/// @param wrong  a sentence, where they cannot be understood
public record Options(Map<String, String> values, Optional<String> wrong) {
    public static Options parse(List<String> arguments, List<String> known) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!known.contains(arguments.get(i))) {
                return new Options(values, Optional.of("Unknown option " + arguments.get(i) + "; known: " + known));
            }
            if (i + 1 == arguments.size()) {
                return new Options(values, Optional.of(arguments.get(i) + " needs a value."));
            }
            values.put(arguments.get(i), arguments.get(i + 1));
        }
        return new Options(values, Optional.empty());
    }

    public String word(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public double number(String name, double otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Double.parseDouble(value);
    }

    public Optional<Path> file(String name) {
        return Optional.ofNullable(values.get(name)).map(Path::of);
    }
}
