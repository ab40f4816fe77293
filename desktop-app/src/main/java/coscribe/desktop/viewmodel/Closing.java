package coscribe.desktop.viewmodel;

import coscribe.client.runner.DocumentClient;
import coscribe.ot.document.Document;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a document is closed: without a question, for what was typed is with the relay or on the
/// disk. Where neither has it the document stays open, and a message says so.
///
/// On the thread that draws.
public final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    private static final Duration DISK_ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final DocumentClient client;
    private final Executor home;
    private final Runnable close;
    private final Runnable stay;
    private Optional<Document> written = Optional.empty(); // as a file, elsewhere
    private boolean asking;

    /// @param close  closes it
    /// @param stay   tells that it stays open, and why
    public Closing(DocumentClient client, Executor home, Runnable close, Runnable stay) {
        this.client = client;
        this.home = home;
        this.close = close;
        this.stay = stay;
    }

    /// All of it, as it was then, is in a file that the writer asked for.
    public void written(Document document) {
        written = Optional.of(document);
    }

    /// The writer wants to close it. Where the disk does not answer it counts as one that takes nothing.
    public void ask() {
        if (written.filter(it -> it == client.document()).isPresent()) {
            close.run();
        } else if (!asking) {
            asking = true;
            var _ = client.losesByClosing()
                    .completeOnTimeout(true, DISK_ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .thenAcceptAsync(this::answered, home);
        }
    }

    private void answered(boolean loses) {
        asking = false;
        if (loses) {
            LOG.warn("event=not_closed why=\"edits are in memory only\"");
            stay.run();
        } else {
            close.run();
        }
    }
}
