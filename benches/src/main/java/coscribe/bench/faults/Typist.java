package coscribe.bench.faults;

import coscribe.client.CoscribeClient;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.Status;
import coscribe.ot.protocol.DocumentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/// Somebody who types lines that nobody else types, through the product's client with its journal,
/// and notes which of them it was told are saved.
final class Typist implements DocumentListener, AutoCloseable {
    /// In every line, and in nothing else that is written here: where it is found, text of a document is.
    static final String WORD = "cormorant";

    private final int number;
    private final CoscribeClient client;
    private final DocumentClient document;
    private final Notes notes;
    private final RandomGenerator random;
    private int typed; // at home
    private volatile int saved;
    private final Map<Integer, Long> savedAtNanos = new ConcurrentHashMap<>();
    private final List<KeptCopy.Reason> copies = new CopyOnWriteArrayList<>();
    private long awaySinceNanos; // at home; 0: not away
    private volatile Optional<String> trouble = Optional.empty();

    /// What all typists note; thread-safe.
    interface Notes {
        /// A line was saved so long after it was typed.
        void saved(long nanos);

        /// A connection was lost and is good again after so long.
        void recovered(long nanos);
    }

    Typist(int number, CoscribeClient client, DocumentId document, Notes notes, RandomGenerator random) {
        this.number = number;
        this.client = client;
        this.notes = notes;
        this.random = random;
        this.document = client.open(document);
        this.document.listen(this);
    }

    CompletableFuture<DocumentClient> opened() {
        return document.opened();
    }

    DocumentId documentId() {
        return document.id();
    }

    /// Types a line at the beginning of another one.
    void type() {
        var _ = document.run(it -> {
            int line = ++typed;
            String text = it.text();
            int at = text.indexOf('\n', text.isEmpty() ? 0 : random.nextInt(text.length())) + 1;
            it.insert(at, line(number, line) + "\n");
            long struck = System.nanoTime();
            var _ = it.saved().whenComplete((_, failure) -> {
                if (failure == null) {
                    long now = System.nanoTime();
                    saved = Math.max(saved, line);
                    savedAtNanos.put(line, now);
                    notes.saved(now - struck);
                }
            });
        });
    }

    static String line(int typist, int number) {
        return "<" + WORD + " " + typist + "." + number + ">";
    }

    /// Completes when everything typed is saved.
    CompletableFuture<Void> settled() {
        return document.saved();
    }

    int number() {
        return number;
    }

    /// How many lines it typed. Once nobody types any more.
    int typed() {
        return document.call(_ -> typed).join();
    }

    /// The newest line of which it was told that everything up to it is saved.
    int saved() {
        return saved;
    }

    /// When it was told that a line is saved; empty: it was not.
    Optional<Long> savedAtNanos(int line) {
        return Optional.ofNullable(savedAtNanos.get(line));
    }

    /// Why its text was kept as a copy, each time: what was not saved by then may be in it only.
    List<KeptCopy.Reason> copies() {
        return copies;
    }

    String text() {
        return document.text();
    }

    /// Its place among the document's revisions.
    long revision() {
        return document.session().revision().number();
    }

    Optional<String> trouble() {
        return trouble;
    }

    boolean isLive() {
        return document.status().contact() instanceof Status.Contact.Live;
    }

    String stands() {
        var status = document.status();
        return "typist " + number + ": " + status.contact() + ", " + status.unsaved() + " unsaved, revision "
                + revision();
    }

    @Override
    public void statusChanged(DocumentClient document, Status status) {
        switch (status.contact()) {
            case Status.Contact.Live() -> {
                if (awaySinceNanos != 0) {
                    notes.recovered(System.nanoTime() - awaySinceNanos);
                    awaySinceNanos = 0;
                }
            }
            case Status.Contact.Stopped(var code, var sentence) ->
                trouble = Optional.of("typist " + number + " was turned away: " + code + ", " + sentence);
            case Status.Contact.Waiting ignored -> {
                if (awaySinceNanos == 0) {
                    awaySinceNanos = System.nanoTime();
                }
            }
            default -> {}
        }
    }

    @Override
    public void copyKept(DocumentClient document, KeptCopy copy) {
        if (copy.reason() == KeptCopy.Reason.FORKED || copy.reason() == KeptCopy.Reason.OUT_OF_REACH) {
            copies.add(copy.reason()); // the relay's text is another one
        } else {
            trouble = Optional.of("typist " + number + " had text kept as a copy: " + copy.reason());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
