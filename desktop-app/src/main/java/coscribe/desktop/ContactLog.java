package coscribe.desktop;

import coscribe.client.link.LinkLoss;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.Status;
import coscribe.client.runner.Status.Contact;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts into the log how a document stands with its relay whenever that changed, and why: not each
/// try of many. On the thread that draws.
final class ContactLog implements DocumentListener {
    private static final Logger LOG = LoggerFactory.getLogger(ContactLog.class);

    private final DocumentClient document;
    private Optional<String> last = Optional.empty();

    private ContactLog(DocumentClient document) {
        this.document = document;
    }

    /// From now on.
    static ContactLog of(DocumentClient document) {
        var log = new ContactLog(document);
        document.listen(log);
        log.statusChanged(document, document.status());
        return log;
    }

    void end() {
        document.unlisten(this);
    }

    @Override
    public void statusChanged(DocumentClient it, Status status) {
        var now = word(status.contact());
        if (now.isPresent() && !now.equals(last)) {
            last = now;
            LOG.info(
                    "event=contact document={} is={} why=\"{}\"",
                    it.id().hex(),
                    now.get(),
                    why(status.contact()).orElse(""));
        }
    }

    /// Empty: on the way to one that has a word.
    private static Optional<String> word(Contact contact) {
        return switch (contact) {
            case Contact.None(), Contact.Connecting(int _), Contact.CatchingUp() -> Optional.empty();
            case Contact.Waiting(int _, var _, var _) -> Optional.of("away");
            case Contact.Live() -> Optional.of("live");
            case Contact.Full() -> Optional.of("full");
            case Contact.Stopped(var _, var _) -> Optional.of("stopped");
            case Contact.Offline() -> Optional.of("offline");
            case Contact.Closed() -> Optional.of("closed");
        };
    }

    private static Optional<String> why(Contact contact) {
        return switch (contact) {
            case Contact.Waiting(int _, var _, var cause) -> cause.map(LinkLoss::sentence);
            case Contact.Stopped(var code, var sentence) -> Optional.of(code + ": " + sentence);
            default -> Optional.empty();
        };
    }
}
