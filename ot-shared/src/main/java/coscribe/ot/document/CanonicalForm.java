package coscribe.ot.document;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The one spelling of a document, in UTF-8: what `JSON.stringify` makes of
/// `{"ops":[run, …]}`, and of `{"ops":[run, …],"threads":[thread, …]}` where there are threads.
///
/// A run is the longest stretch of equal attributes: `"text"` where there are none, else
/// `["text",{…}]` with the names in ascending order of their UTF-16 units and values `true`, a
/// whole number or a string. A thread is `[id,resolved,[[comment,author,atMillis,"text"],…]]`,
/// threads in ascending order of their ids.
public final class CanonicalForm {
    private CanonicalForm() {}

    /// Receives the bytes, piece by piece.
    @FunctionalInterface
    public interface Sink {
        void accept(byte[] bytes, int offset, int length);
    }

    public static byte[] of(Document document) {
        var bytes = new ByteArrayOutputStream(document.length() + 64);
        write(document, bytes::write);
        return bytes.toByteArray();
    }

    static void write(Document document, Sink sink) {
        var out = new Writer(sink);
        out.text.append("{\"ops\":[");
        var runs = new RunWriter(out);
        document.text().forEachRun(0, document.length(), runs);
        runs.end();
        out.text.append(']');
        if (!document.threads().isEmpty()) {
            writeThreads(out, document.threads());
        }
        out.text.append('}');
        out.flush();
    }

    private static void writeThreads(Writer out, Threads threads) {
        out.text.append(",\"threads\":[");
        boolean firstThread = true;
        for (var entry : threads.byId().entrySet()) {
            out.text.append(firstThread ? "[" : ",[");
            firstThread = false;
            out.quoted(entry.getKey());
            out.text.append(',').append(entry.getValue().resolved()).append(",[");
            boolean first = true;
            for (var comment : entry.getValue().comments()) {
                out.text.append(first ? "[" : ",[");
                first = false;
                out.quoted(comment.id());
                out.text.append(',');
                out.quoted(comment.author());
                out.text.append(',').append(comment.atMillis()).append(',');
                out.quoted(comment.text());
                out.text.append(']');
            }
            out.text.append("]]");
        }
        out.text.append(']');
    }

    /// Joins neighbouring runs that are formatted alike.
    private static final class RunWriter implements Text.RunVisitor {
        private final Writer out;
        private Attributes current = Attributes.NONE;
        private boolean open;
        private boolean any;

        RunWriter(Writer out) {
            this.out = out;
        }

        @Override
        public void run(CharSequence source, int from, int to, Attributes attributes) {
            if (!open || !attributes.equals(current)) {
                end();
                out.text.append(any ? "," : "").append(attributes.isEmpty() ? "\"" : "[\"");
                open = true;
                any = true;
                current = attributes;
            }
            out.escaped(source, from, to);
        }

        void end() {
            if (!open) {
                return;
            }
            open = false;
            out.text.append('"');
            if (!current.isEmpty()) {
                out.text.append(',');
                out.attributes(current);
                out.text.append(']');
            }
        }
    }

    private static final class Writer {
        private static final int FLUSH_AT = 8_192;
        private static final char[] HEX = "0123456789abcdef".toCharArray();
        private final Sink sink;
        private final StringBuilder text = new StringBuilder(FLUSH_AT + 256);

        Writer(Sink sink) {
            this.sink = sink;
        }

        void quoted(String value) {
            text.append('"');
            escaped(value, 0, value.length());
            text.append('"');
        }

        void attributes(Attributes attributes) {
            text.append('{');
            attributes.forEach((name, value) -> {
                text.append(text.charAt(text.length() - 1) == '{' ? "" : ",");
                quoted(name);
                text.append(':');
                switch (value) {
                    case Value.Flag() -> text.append("true");
                    case Value.Number(int number) -> text.append(number);
                    case Value.Text(String string) -> quoted(string);
                    case Value.Clear() -> throw new IllegalStateException("a document holds no cleared attribute");
                }
            });
            text.append('}');
        }

        void escaped(CharSequence source, int from, int to) {
            for (int i = from; i < to; i++) {
                char c = source.charAt(i);
                switch (c) {
                    case '"' -> text.append("\\\"");
                    case '\\' -> text.append("\\\\");
                    case '\n' -> text.append("\\n");
                    case '\t' -> text.append("\\t");
                    case '\r' -> text.append("\\r");
                    case '\b' -> text.append("\\b");
                    case '\f' -> text.append("\\f");
                    default -> {
                        if (c < 0x20) {
                            text.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
                        } else {
                            text.append(c);
                        }
                    }
                }
                if (text.length() >= FLUSH_AT && !Character.isHighSurrogate(c)) {
                    flush();
                }
            }
        }

        void flush() {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            sink.accept(bytes, 0, bytes.length);
            text.setLength(0);
        }
    }
}
