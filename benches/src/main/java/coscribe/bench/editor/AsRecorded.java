package coscribe.bench.editor;

import coscribe.bench.process.Patience;
import coscribe.bench.trace.Recording;
import coscribe.client.CoscribeClient;
import coscribe.client.link.RelayAddress;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.DocumentId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Compares what a recording ended with to what is there after it was typed.
record AsRecorded(Recording recording, Seat seat) {
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(30);

    /// Throws {@link IllegalStateException} with a sentence where the widget, the client and what a
    /// reader gets from the relay are not what was recorded. Everything is saved by now.
    ///
    /// @param reader  a profile of somebody else who may open the document
    void require(RelayAddress relay, Path reader, DocumentId id) throws Exception {
        var drawn = Screen.call(seat::drawn);
        var held = Screen.call(() -> seat.model().document());
        same("the widget shows", drawn);
        same("the client holds", held);
        same("the widget's formatting is", drawn.contentHash(), held.contentHash());
        try (var client = CoscribeClient.connect(relay, reader)) {
            var there = client.open(id).opened().get(60, TimeUnit.SECONDS);
            var _ = Patience.until(
                    CAUGHT_UP_WITHIN, () -> there.document().contentHash().equals(held.contentHash()));
            var read = there.document();
            same("the relay gave a reader", read);
            same("the relay's formatting is", read.contentHash(), held.contentHash());
        }
    }

    private void same(String who, Document document) {
        String text = document.text().plain();
        String end = recording.end() + "\n";
        if (!text.equals(end)) {
            int at = 0;
            while (at < Math.min(text.length(), end.length()) && text.charAt(at) == end.charAt(at)) {
                at++;
            }
            throw new IllegalStateException(recording.name() + " was typed to its end, but " + who
                    + " another text than was recorded: " + text.length() + " units in place of " + end.length()
                    + ", different from unit " + at + " on.");
        }
    }

    private void same(String who, ContentHash hash, ContentHash wanted) {
        if (!hash.equals(wanted)) {
            throw new IllegalStateException(
                    recording.name() + " was typed to its end, but " + who + " another than the client's.");
        }
    }
}
