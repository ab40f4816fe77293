package coscribe.bench.session;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;

/// How many of its transactions each writer typed, kept in the document itself: behind the text
/// stands one newline for each writer, and every keystroke writes its number there, in the same
/// change. So whatever survives a kill, is sent twice or is composed, a text and the numbers in it
/// always belong together: a writer that comes back knows from its own document what it typed
/// already, and anybody can see how much of the other's is in a text.
public final class Seats {
    private static final String NUMBER = "link";
    private static final String PREFIX = "mailto:";

    private Seats() {}

    /// What is to be inserted into a new document, which has a newline already.
    public static String newlines(int writers) {
        return "\n".repeat(writers - 1);
    }

    /// How many of a writer's transactions are in a text.
    public static int typed(Document document, int writer, int writers) {
        var text = document.text();
        return text.attributesAt(text.length() - writers + writer)
                .get(NUMBER)
                .map(value -> value instanceof Value.Text(var number)
                        ? Integer.parseInt(number.substring(PREFIX.length()))
                        : 0)
                .orElse(0);
    }

    /// A change of the bare document, which ends in one newline, as one of the document with seats,
    /// with its number written down.
    public static Delta numbered(Delta change, int number, int writer, int writers) {
        var out = Delta.builder();
        var copy = new Delta.Visitor() {
            private int covered;

            @Override
            public void retain(int length, Attributes set) {
                out.retain(length, set);
                covered += length;
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                out.insert(source, from, to, set);
            }

            @Override
            public void delete(int length) {
                out.delete(length);
                covered += length;
            }
        };
        change.forEach(copy);
        int text = change.baseLength() - 1;
        out.retain(text - copy.covered + writer);
        out.retain(1, Attributes.of(NUMBER, new Value.Text(PREFIX + number)));
        return out.build(text + writers);
    }

    /// The text without the seats.
    public static String text(Document document, int writers) {
        return document.text().substring(0, document.length() - writers);
    }
}
