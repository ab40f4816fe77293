package coscribe.ot.kit;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.document.Threads;
import java.util.TreeMap;

/// Changes as they read at a glance, in the spelling of {@link Delta#toString}:
/// `d("4 +'hi' -2 3{bold}")` keeps 4 units, inserts `hi`, deletes 2 and makes 3 bold.
///
/// Attributes: `{bold}` a flag, `{header=2}` a number, `{link='https://x'}` a text, `{bold=-}` a
/// removal; separated by commas. In quotes `\n`, `\t`, `\'`, `\\` and backslash-u with four hex
/// digits are understood. `@9` at the end gives the length of the text in front of the change;
/// without it the text is what the components cover.
public final class Notation {
    private final String source;
    private int at;

    private Notation(String source) {
        this.source = source;
    }

    /// A change.
    public static Delta d(String notation) {
        return new Notation(notation).delta();
    }

    /// Attributes, as in `{bold,header=2}`.
    public static Attributes a(String notation) {
        var parser = new Notation(notation);
        var set = parser.attributes();
        parser.require(parser.at == notation.length(), "the end");
        return set;
    }

    /// A text out of inserts, as in `+'one'{bold} +'\n'`.
    public static Text t(String notation) {
        return Text.EMPTY.apply(d(notation));
    }

    /// A plain text.
    public static Text plain(String characters) {
        return Text.EMPTY.apply(Delta.builder().insert(characters).build());
    }

    /// A document of plain text without threads; the closing newline is added.
    public static Document doc(String characters) {
        return new Document(plain(characters + "\n"), Threads.NONE);
    }

    private Delta delta() {
        var out = Delta.builder();
        while (true) {
            spaces();
            if (at == source.length()) {
                return out.build();
            }
            switch (source.charAt(at)) {
                case '@' -> {
                    at++;
                    int length = number();
                    spaces();
                    require(at == source.length(), "the end");
                    return out.build(length);
                }
                case '+' -> {
                    at++;
                    out.insert(quoted(), attributes());
                }
                case '-' -> {
                    at++;
                    out.delete(number());
                }
                default -> out.retain(number(), attributes());
            }
        }
    }

    private Attributes attributes() {
        if (at == source.length() || source.charAt(at) != '{') {
            return Attributes.NONE;
        }
        at++;
        var entries = new TreeMap<String, Value>();
        while (true) {
            int from = at;
            while (at < source.length() && ",=}".indexOf(source.charAt(at)) < 0) {
                at++;
            }
            String name = source.substring(from, at);
            require(!name.isEmpty() && at < source.length(), "an attribute");
            Value value = Value.TRUE;
            if (source.charAt(at) == '=') {
                at++;
                value = value();
            }
            entries.put(name, value);
            if (source.charAt(at++) == '}') {
                return Attributes.of(entries);
            }
        }
    }

    private Value value() {
        if (source.charAt(at) == '-' && ",}".indexOf(source.charAt(at + 1)) >= 0) {
            at++;
            return Value.CLEAR;
        }
        return source.charAt(at) == '\'' ? Value.of(quoted()) : Value.of(number());
    }

    private String quoted() {
        require(at < source.length() && source.charAt(at) == '\'', "'");
        at++;
        var text = new StringBuilder();
        while (source.charAt(at) != '\'') {
            char c = source.charAt(at++);
            if (c == '\\') {
                c = source.charAt(at++);
                switch (c) {
                    case 'n' -> c = '\n';
                    case 't' -> c = '\t';
                    case 'u' -> {
                        c = (char) Integer.parseInt(source.substring(at, at + 4), 16);
                        at += 4;
                    }
                    default -> require(c == '\'' || c == '\\', "an escape");
                }
            }
            text.append(c);
        }
        at++;
        return text.toString();
    }

    private int number() {
        int from = at;
        while (at < source.length()
                && (Character.isDigit(source.charAt(at)) || (at == from && source.charAt(at) == '-'))) {
            at++;
        }
        require(at > from, "a number");
        return Integer.parseInt(source.substring(from, at));
    }

    private void spaces() {
        while (at < source.length() && source.charAt(at) == ' ') {
            at++;
        }
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + what + " at " + at + " of: " + source);
        }
    }
}
