package coscribe.ot.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.document.CanonicalForm;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.document.Threads;
import java.io.IOException;
import java.util.Arrays;

/// The canonical form of a document, `{"ops":[run, …],"threads":[thread, …]}`, read back.
final class DocumentJson {
    private DocumentJson() {}

    static byte[] write(Document document) {
        return CanonicalForm.of(document);
    }

    static Document read(byte[] bytes) {
        Document document = Json.readKept(bytes, DocumentJson::document);
        if (!Arrays.equals(CanonicalForm.of(document), bytes)) {
            throw new MalformedMessageException("The document is not in its canonical form.");
        }
        return document;
    }

    private static Document document(JsonParser in) throws IOException {
        Json.expect(in, JsonToken.START_OBJECT, "a document", "an object");
        if (!"ops".equals(in.nextFieldName())) {
            throw Json.wrong("a document", "an object that begins with 'ops'");
        }
        in.nextToken();
        Text text = text(in);
        var threads = Threads.NONE;
        String next = in.nextFieldName();
        if (next != null) {
            if (!next.equals("threads")) {
                throw Json.wrong("a document", "an object of 'ops' and 'threads'");
            }
            in.nextToken();
            threads = ThreadJson.readThreads(in, "threads");
            in.nextToken();
        }
        Json.expect(in, JsonToken.END_OBJECT, "a document", "an object of 'ops' and 'threads'");
        return new Document(text, threads);
    }

    private static Text text(JsonParser in) throws IOException {
        Json.expect(in, JsonToken.START_ARRAY, "ops", "an array of runs");
        var out = new DeltaBuilder();
        var budget = Budget.ofRelays();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() == JsonToken.START_ARRAY) {
                String run = Json.nextText(in, "ops");
                in.nextToken();
                Attributes set = DeltaJson.attributes(in, "ops", budget);
                if (set.clears() || in.nextToken() != JsonToken.END_ARRAY) {
                    throw Json.wrong("ops", "runs of a text and its attributes");
                }
                out.insert(run, set);
            } else {
                out.insert(Json.text(in, "ops"));
            }
        }
        return Text.EMPTY.apply(out.build());
    }
}
