package coscribe.ot.document;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/// The one spelling of a document, in UTF-8: what `JSON.stringify` makes of
/// `{"ops":[run, …]}`, and of `{"ops":[run, …],"threads":[thread, …]}` where there are threads.
///
/// A run is the longest stretch of equal attributes: `"text"` where there are none, else
/// `["text",{…}]` with the names in ascending order of their UTF-16 units and values `true`, a
/// whole number or a string. A thread is `[id,resolved,[[comment,author,atMillis,"text"],…]]`,
/// threads in ascending order of their ids.
public final class CanonicalForm {
    private static final int KEPT = 1_024; // ways of formatting of which the spelling is kept

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
        var out = new Spelling(sink);
        out.plain("{\"ops\":[");
        writeRuns(out, document.text());
        out.plain("]");
        if (!document.threads().isEmpty()) {
            writeThreads(out, document.threads());
        }
        out.plain("}");
        out.end();
    }

    private static void writeRuns(Spelling out, Text text) {
        var runs = new RunWriter(out);
        for (int block = 0; block < text.blockCount(); block++) {
            for (int i = 0; i < text.chunkCount(block); i++) {
                Chunk chunk = text.chunk(block, i);
                int from = 0;
                for (int run = 0; run < chunk.runs(); run++) {
                    int to = chunk.runEnd(run);
                    runs.run(chunk.text(), from, to, chunk.attributes()[run]);
                    from = to;
                }
            }
        }
        runs.end();
    }

    private static void writeThreads(Spelling out, Threads threads) {
        out.plain(",\"threads\":[");
        boolean firstThread = true;
        for (var entry : threads.byId().entrySet()) {
            out.plain(firstThread ? "[" : ",[");
            firstThread = false;
            out.quoted(entry.getKey());
            out.plain(entry.getValue().resolved() ? ",true,[" : ",false,[");
            boolean first = true;
            for (var comment : entry.getValue().comments()) {
                out.plain(first ? "[" : ",[");
                first = false;
                out.quoted(comment.id());
                out.plain(",");
                out.quoted(comment.author());
                out.plain("," + comment.atMillis() + ",");
                out.quoted(comment.text());
                out.plain("]");
            }
            out.plain("]]");
        }
        out.plain("]");
    }

    /// Joins neighbouring runs that are formatted alike.
    private static final class RunWriter {
        private final Spelling out;
        private final Map<Attributes, byte[]> spelt = new HashMap<>();
        private Attributes current = Attributes.NONE;
        private boolean open;
        private boolean any;

        RunWriter(Spelling out) {
            this.out = out;
        }

        void run(char[] source, int from, int to, Attributes attributes) {
            if (from == to) {
                return;
            }
            if (!open || !attributes.equals(current)) {
                end();
                out.plain(any ? "," : "");
                out.plain(attributes.isEmpty() ? "\"" : "[\"");
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
            if (current.isEmpty()) {
                out.plain("\"");
            } else {
                if (spelt.size() >= KEPT) {
                    spelt.clear();
                }
                out.bytes(spelt.computeIfAbsent(current, RunWriter::behind));
            }
        }

        /// What stands behind a run's characters.
        private static byte[] behind(Attributes attributes) {
            var bytes = new ByteArrayOutputStream();
            var out = new Spelling(bytes::write);
            out.plain("\",{");
            var first = new boolean[] {true};
            attributes.forEach((name, value) -> {
                out.plain(first[0] ? "" : ",");
                first[0] = false;
                out.quoted(name);
                out.plain(":");
                switch (value) {
                    case Value.Flag() -> out.plain("true");
                    case Value.Number(int number) -> out.plain(Integer.toString(number));
                    case Value.Text(String string) -> out.quoted(string);
                    case Value.Clear() -> throw new IllegalStateException("a document holds no cleared attribute");
                }
            });
            out.plain("}]");
            out.end();
            return bytes.toByteArray();
        }
    }
}
