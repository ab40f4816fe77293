package coscribe.relay.transport.selector;

import coscribe.relay.transport.Gatekeeper;
import coscribe.relay.transport.Gatekeeper.Admission;
import coscribe.relay.transport.HttpAnswer;
import coscribe.relay.transport.PlainHttp;
import coscribe.relay.transport.UpgradeRequest;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what becomes of a request head: asks the rules, then who knows people or pages. What those
/// throw is one answer of 500, not more. Any thread.
final class Doorman {
    private static final Logger log = LoggerFactory.getLogger(Doorman.class);
    private static final HttpAnswer FAILED = HttpAnswer.text(500, "The relay failed on this request.");
    private static final HttpAnswer DRAINING =
            HttpAnswer.text(503, "This relay is restarting; connect again.").with("Retry-After", "1");

    private final HandshakeRules rules;
    private final Gatekeeper gatekeeper;
    private final PlainHttp pages;
    private volatile boolean draining;

    Doorman(HandshakeRules rules, Gatekeeper gatekeeper, PlainHttp pages) {
        this.rules = rules;
        this.gatekeeper = gatekeeper;
        this.pages = pages;
    }

    /// What to do with the sender of a request.
    sealed interface Decision {
        /// It becomes a WebSocket.
        record Open(UpgradeRequest request) implements Decision {}

        /// It gets an answer and its connection ends.
        ///
        /// @param withBody false for HEAD
        record Answer(HttpAnswer answer, boolean withBody) implements Decision {}
    }

    Decision decide(RequestHead head, InetSocketAddress from) {
        return switch (rules.judge(head)) {
            case HandshakeRules.Wish.Refused(HttpAnswer refusal) -> new Decision.Answer(refusal, true);
            case HandshakeRules.Wish.Page(String path, boolean withBody) -> new Decision.Answer(page(path), withBody);
            case HandshakeRules.Wish.Upgrade(UpgradeRequest request) ->
                switch (admit(request, from)) {
                    case Admission.Refused(HttpAnswer refusal) -> new Decision.Answer(refusal, true);
                    case Admission.Welcome() -> new Decision.Open(request);
                };
        };
    }

    /// From now on nobody is let in.
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    private Admission admit(UpgradeRequest request, InetSocketAddress from) {
        if (draining) {
            return new Admission.Refused(DRAINING);
        }
        try {
            return gatekeeper.admit(request, from);
        } catch (Throwable failed) {
            log.error("event=gatekeeper-failed", failed);
            return new Admission.Refused(FAILED);
        }
    }

    private HttpAnswer page(String path) {
        try {
            return pages.get(path).orElseGet(() -> HttpAnswer.text(404, "There is nothing here."));
        } catch (Throwable failed) {
            log.error("event=page-failed", failed);
            return FAILED;
        }
    }
}
