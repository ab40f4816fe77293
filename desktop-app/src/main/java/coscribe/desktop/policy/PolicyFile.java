package coscribe.desktop.policy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decisions in a JSON file: an object with `mandatory` and `recommended`, each an object of names
/// and values. Read as a whole or not at all.
public final class PolicyFile implements PolicySource {
    /// Where Linux has it.
    public static final Path USUAL = Path.of("/etc/coscribe/policy.json");

    private static final String MANDATORY = "mandatory";
    private static final String RECOMMENDED = "recommended";
    private static final int LONGEST = 1 << 20;

    private final Path file;

    public PolicyFile(Path file) {
        this.file = file;
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public Reading read() {
        try (var in = Files.newInputStream(file)) {
            return parsed(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return new Absent();
        } catch (IOException e) {
            return new Broken("it can't be read (" + e.getMessage() + ")", Optional.empty());
        }
    }

    private static JsonMapper json() {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    static Reading parsed(String text) {
        try {
            var root = json().readTree(text);
            if (!root.isObject()) {
                throw new IllegalArgumentException("it is no JSON object");
            }
            for (String name : names(root)) {
                if (!Set.of(MANDATORY, RECOMMENDED).contains(name)) {
                    throw new IllegalArgumentException(
                            "'" + name + "' stands beside 'mandatory' and 'recommended' and not in one of them");
                }
            }
            var found = new Found(values(root, MANDATORY), values(root, RECOMMENDED));
            Key.check(found);
            return found;
        } catch (JacksonException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr();
            return new Broken("it is no JSON" + where + " (" + e.getOriginalMessage() + ")", Optional.empty());
        } catch (IllegalArgumentException e) {
            return new Broken(String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Map<String, Value> values(JsonNode root, String part) {
        var object = root.path(part);
        if (object.isMissingNode()) {
            return Map.of();
        }
        if (!object.isObject()) {
            throw new IllegalArgumentException("'" + part + "' is no object");
        }
        var values = new LinkedHashMap<String, Value>();
        for (String name : names(object)) {
            values.put(name, value(name, object.path(name)));
        }
        return values;
    }

    private static Value value(String name, JsonNode node) {
        if (node.isTextual()) {
            return new Value.Text(node.textValue());
        }
        if (node.isBoolean()) {
            return new Value.Flag(node.booleanValue());
        }
        if (node.canConvertToLong() && node.isIntegralNumber()) {
            return new Value.Number(node.longValue());
        }
        if (node.isArray()) {
            var texts = new ArrayList<String>();
            for (JsonNode each : node) {
                if (!each.isTextual()) {
                    throw new IllegalArgumentException("'" + name + "' is a list of something else than texts");
                }
                texts.add(each.textValue());
            }
            return new Value.Texts(texts);
        }
        throw new IllegalArgumentException(
                "'" + name + "' is neither a text, nor true or false, nor a number, nor a list of texts");
    }

    /// The same in a form that {@link #parsed} reads.
    static String written(Found found) {
        var json = json();
        var root = json.createObjectNode();
        for (var part : List.of(Map.entry(MANDATORY, found.mandatory()), Map.entry(RECOMMENDED, found.recommended()))) {
            var object = root.putObject(part.getKey());
            part.getValue().forEach((name, value) -> {
                var _ = switch (value) {
                    case Value.Text(var text) -> object.put(name, text);
                    case Value.Flag(boolean on) -> object.put(name, on);
                    case Value.Number(long number) -> object.put(name, number);
                    case Value.Texts(var texts) -> {
                        var list = object.putArray(name);
                        texts.forEach(list::add);
                        yield object;
                    }
                };
            });
        }
        return root.toPrettyString();
    }
}
