package coscribe.desktop.viewmodel;

import coscribe.client.link.LinkLoss;
import coscribe.client.runner.ClientException;
import java.util.concurrent.CompletionException;

/// Why something could not be had, for people: what happened, what was kept, what to do.
record Troubles(Strings strings) {
    /// @param server  that was asked, as people read its address
    String words(Throwable failure, String server) {
        Throwable why = failure;
        while (why instanceof CompletionException && why.getCause() != null) {
            why = why.getCause();
        }
        if (!(why instanceof ClientException known)) {
            return strings.get("trouble.other", server);
        }
        return known.code()
                .map(code -> strings.get(
                        switch (code) {
                            case INVITE_EXPIRED -> "trouble.inviteExpired";
                            case INVITE_USED, UNAUTHENTICATED -> "trouble.inviteUsed";
                            case EXPIRED -> "trouble.signedOut";
                            case NO_ACCESS, FORBIDDEN -> "trouble.forbidden";
                            case VERSION -> "trouble.version";
                            case LIMIT, STORE_AWAY -> "trouble.busy";
                            case MALFORMED, OUT_OF_ORDER, DAMAGED -> "trouble.other";
                        },
                        server))
                .orElseGet(() -> known.loss().map(loss -> lost(loss, server)).orElse(known.getMessage()));
    }

    private String lost(LinkLoss loss, String server) {
        if (!(loss instanceof LinkLoss.Unreachable(var trouble, var _))) {
            return strings.get("trouble.noAnswer", server);
        }
        return strings.get(
                switch (trouble) {
                    case UNKNOWN_HOST -> "trouble.unknownHost";
                    case NO_ANSWER -> "trouble.noAnswer";
                    case CERTIFICATE -> "trouble.certificate";
                    case NOT_ENCRYPTED -> "trouble.notEncrypted";
                    case PROXY -> "trouble.proxy";
                    case NO_WEBSOCKET -> "trouble.noWebSocket";
                },
                server);
    }
}
