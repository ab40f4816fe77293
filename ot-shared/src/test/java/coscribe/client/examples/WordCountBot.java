package coscribe.client.examples;

import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.ot.document.Change;
import java.nio.file.Path;
import java.util.StringTokenizer;

/// A bot in 20 lines: keeps `Words: N` in the first line of a document while people write in it.
/// Arguments: an invite link, and a folder for what it has to remember.
public final class WordCountBot implements DocumentListener {
    public static void main(String... args) {
        try (var client = CoscribeClient.join(InviteLink.parse(args[0]), "Word count", Path.of(args[1]))) {
            var document = client.open(client.invitedTo().orElseThrow());
            document.listen(new WordCountBot());
            document.closed().join();
        }
    }

    @Override
    public void opened(DocumentClient document) {
        changed(document, Change.identity(document.document().length()), false);
    }

    @Override
    public void changed(DocumentClient document, Change change, boolean own) {
        String text = document.text();
        int body = text.matches("(?s)Words: \\d+\\n.*") ? text.indexOf('\n') + 1 : 0;
        String first = "Words: " + new StringTokenizer(text.substring(body)).countTokens() + "\n";
        if (!text.startsWith(first)) {
            document.replace(0, body, first);
        }
    }
}
