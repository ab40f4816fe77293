package coscribe.client.runner;

import coscribe.ot.document.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Copies that last as long as the process.
public final class MemoryCopies implements Copies {
    private final List<KeptCopy> copies = new ArrayList<>();

    @Override
    public synchronized KeptCopy keep(Document document, KeptCopy.Reason reason, String title, Instant at) {
        var copy = new KeptCopy("copy-" + (copies.size() + 1), reason, at, title, document);
        copies.add(copy);
        return copy;
    }

    @Override
    public synchronized List<KeptCopy> list() {
        return List.copyOf(copies);
    }
}
