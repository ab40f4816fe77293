package coscribe.relay.transport.selector;

import coscribe.relay.transport.HttpAnswer;
import coscribe.relay.transport.TransportOptions;
import coscribe.relay.transport.UpgradeRequest;
import java.util.Base64;
import java.util.Set;

/// What a request head asks for, by RFC 6455 section 4.2.1 and our own rules. Pure: who may come in is
/// for the gatekeeper, which page is at a path for the page source.
final class HandshakeRules {
    private final Set<String> allowedOrigins;
    private final String subprotocol;

    HandshakeRules(TransportOptions options) {
        this.allowedOrigins = options.allowedOrigins();
        this.subprotocol = options.subprotocol();
    }

    /// What to do with a request.
    sealed interface Wish {
        /// A well-formed upgrade that the gatekeeper may decide about.
        record Upgrade(UpgradeRequest request) implements Wish {}

        /// A plain page.
        ///
        /// @param withBody false for HEAD
        record Page(String path, boolean withBody) implements Wish {}

        /// Neither; the answer says what is wrong.
        record Refused(HttpAnswer answer) implements Wish {}
    }

    Wish judge(RequestHead head) {
        if (head.asksForWebSocket()) {
            return judgeUpgrade(head);
        }
        return switch (head.method()) {
            case "GET" -> new Wish.Page(head.path(), true);
            case "HEAD" -> new Wish.Page(head.path(), false);
            default ->
                new Wish.Refused(
                        HttpAnswer.text(405, "Only GET is understood here.").with("Allow", "GET, HEAD"));
        };
    }

    private Wish judgeUpgrade(RequestHead head) {
        if (!head.method().equals("GET")) {
            return new Wish.Refused(
                    HttpAnswer.text(405, "A WebSocket is opened with GET.").with("Allow", "GET"));
        }
        if (head.minorVersion() == 0) {
            return refused(400, "A WebSocket needs HTTP/1.1.");
        }
        if (!head.lists("Connection", "Upgrade")) {
            return refused(400, "The header \"Connection: Upgrade\" is missing; a proxy may have removed it.");
        }
        if (!head.field("Sec-WebSocket-Version").orElse("").equals("13")) {
            return new Wish.Refused(HttpAnswer.text(426, "This relay speaks WebSocket version 13.")
                    .with("Sec-WebSocket-Version", "13")
                    .with("Upgrade", "websocket"));
        }
        if (!isKey(head.field("Sec-WebSocket-Key").orElse(""))) {
            return refused(400, "Sec-WebSocket-Key must be 16 bytes in Base64.");
        }
        if (!head.lists("Sec-WebSocket-Protocol", subprotocol)) {
            return refused(400, "Ask for the subprotocol: Sec-WebSocket-Protocol: " + subprotocol);
        }
        var origin = head.field("Origin");
        if (origin.isPresent() && !allowedOrigins.contains(origin.get())) {
            return refused(403, "Pages of this origin may not connect to this relay.");
        }
        return new Wish.Upgrade(new UpgradeRequest(head.path(), head.query(), head.fields()));
    }

    private static Wish refused(int status, String sentence) {
        return new Wish.Refused(HttpAnswer.text(status, sentence));
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
