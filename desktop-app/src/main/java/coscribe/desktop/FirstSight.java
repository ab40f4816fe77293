package coscribe.desktop;

import coscribe.client.link.LinkLoss;
import coscribe.client.runner.ClientException;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.Status;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Waits until there is something of a document to see. One of which there is a copy here is seen
/// at once; one that has to come from its relay is given up when that cannot be reached: nobody
/// looks at a window without a text. What was given up is closed.
final class FirstSight implements DocumentListener {
    private final DocumentClient document;
    private final CompletableFuture<DocumentClient> seen = new CompletableFuture<>();

    private FirstSight(DocumentClient document) {
        this.document = document;
    }

    /// Fails with {@link ClientException}.
    static CompletableFuture<DocumentClient> of(DocumentClient document) {
        var sight = new FirstSight(document);
        document.listen(sight);
        sight.statusChanged(document, document.status());
        var _ = document.opened().whenComplete((opened, failure) -> sight.settle(Optional.ofNullable(failure)));
        return sight.seen;
    }

    @Override
    public void statusChanged(DocumentClient it, Status status) {
        if (status.contact() instanceof Status.Contact.Waiting(int _, var _, var cause)
                && cause.isPresent()
                && !document.session().hasDocument()) {
            settle(cause.map(FirstSight::unreached));
        }
    }

    private static Throwable unreached(LinkLoss loss) {
        return new ClientException(loss);
    }

    private void settle(Optional<Throwable> failure) {
        document.unlisten(this);
        if (failure.isEmpty()) {
            seen.complete(document);
        } else if (seen.completeExceptionally(failure.get())) {
            var _ = document.shutDown();
        }
    }
}
