package coscribe.client;

import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.Status;
import coscribe.client.runner.Surroundings;
import coscribe.ot.protocol.RelayId;
import java.io.UncheckedIOException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes in the profile what an open document is called and when it was used: what
/// {@link CoscribeClient#recent} lists.
final class Noting implements DocumentListener {
    private static final Logger LOG = LoggerFactory.getLogger(Noting.class);

    private final Surroundings around;
    private final Profile profile;
    private final RelayAddress address;
    private final RelayId relay;

    Noting(Surroundings around, Profile profile, RelayAddress address, RelayId relay) {
        this.around = around;
        this.profile = profile;
        this.address = address;
        this.relay = relay;
    }

    @Override
    public void opened(DocumentClient document) {
        note(document);
    }

    @Override
    public void titleChanged(DocumentClient document, String title) {
        note(document);
    }

    @Override
    public void statusChanged(DocumentClient document, Status status) {
        if (status.contact() instanceof Status.Contact.Closed
                && document.session().hasDocument()) {
            note(document);
        }
    }

    private void note(DocumentClient document) {
        var now = new Recent(
                address,
                relay,
                document.person(),
                document.id(),
                document.title(),
                around.clock().instant(),
                0,
                false);
        try {
            around.disk().execute(() -> write(now));
        } catch (RejectedExecutionException e) {
            // The program ends, and its disk with it. What was noted while the document was open stands.
            LOG.debug("document not listed document={}", now.document().hex());
        }
    }

    private void write(Recent now) {
        try {
            profile.note(now);
        } catch (UncheckedIOException e) {
            LOG.warn("document not listed document={}", now.document().hex(), e);
        }
    }
}
