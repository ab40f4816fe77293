package coscribe.relay.ops;

import java.util.LinkedHashMap;
import java.util.Map;

/// JSON objects of strings, as the admin socket, the log and `--json` speak them. Not a JSON
/// library: what nests is refused.
public final class FlatJson {
    private static final int MOST_FIELDS = 64;

    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /// One line. Strings only; the reader knows which of them are numbers.
    public static String write(Map<String, String> fields) {
        var json = new StringBuilder("{");
        fields.forEach((name, value) -> {
            json.append(json.length() == 1 ? "" : ",");
            quote(name, json);
            json.append(':');
            quote(value, json);
        });
        return json.append('}').toString();
    }

    /// A string in quotes. Everything that is no plain visible character is escaped.
    public static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2);
        quote(text, json);
        return json.toString();
    }

    private static void quote(String value, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (isPlain(c)) {
                        json.append(c);
                    } else {
                        json.append("\\u").append(String.format("%04x", (int) c));
                    }
                }
            }
        }
        json.append('"');
    }

    /// Controls, line separators and what turns the direction of text are not plain.
    static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /// Reads what {@link #write} wrote, and such objects of others. Numbers, `true`, `false` and
    /// `null` are read as they are spelt.
    ///
    /// @throws IllegalArgumentException if it is anything else
    public static Map<String, String> read(String text) {
        var reader = new FlatJson(text);
        var fields = reader.object();
        reader.blanks();
        if (reader.at != text.length()) {
            throw new IllegalArgumentException("something stands behind the object");
        }
        return fields;
    }

    private Map<String, String> object() {
        var fields = new LinkedHashMap<String, String>();
        expect('{');
        blanks();
        if (peek() == '}') {
            at++;
            return fields;
        }
        while (true) {
            blanks();
            var name = string();
            expect(':');
            blanks();
            var value = peek() == '"' ? string() : word();
            if (fields.put(name, value) != null || fields.size() > MOST_FIELDS) {
                throw new IllegalArgumentException("a field comes twice, or there are too many");
            }
            blanks();
            if (peek() == '}') {
                at++;
                return fields;
            }
            expect(',');
        }
    }

    private String string() {
        expect('"');
        var value = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw new IllegalArgumentException("a control character in a string");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                var digits = text.substring(at, Math.min(at + 4, text.length()));
                if (!digits.matches("[0-9A-Fa-f]{4}")) {
                    throw new IllegalArgumentException("not four hex digits");
                }
                at += 4;
                yield (char) Integer.parseInt(digits, 16);
            }
            default -> throw new IllegalArgumentException("no such escape");
        };
    }

    private String word() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == from) {
            throw new IllegalArgumentException("no value at " + from);
        }
        return text.substring(from, at);
    }

    private void expect(char c) {
        blanks();
        if (peek() != c) {
            throw new IllegalArgumentException("no " + c + " at " + at);
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("it ends early");
        }
        return text.charAt(at);
    }

    private void blanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
