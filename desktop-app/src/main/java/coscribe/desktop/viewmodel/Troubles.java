package coscribe.desktop.viewmodel;

import coscribe.client.journal.JournalException;
import coscribe.client.link.LinkLoss;
import coscribe.client.runner.ClientException;
import coscribe.desktop.viewmodel.AttemptFailedException.Attempt;
import coscribe.ot.protocol.FailureCode;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// Why something could not be had, for people: what happened, what was kept, what to do.
record Troubles(Strings strings) {
    /// A sentence or a few, and the code by which help, logs and `doctor` know them.
    ///
    /// @param code   empty: it has none
    /// @param proxy  that wants to be signed in to; empty: that is not what is in the way
    record Told(Optional<String> code, String words, Optional<String> proxy) {
        Told(Optional<String> code, String words) {
            this(code, words, Optional.empty());
        }
    }

    /// @param server  that was asked, as people read its address, where the failure does not say
    String words(Throwable failure, String server) {
        return told(failure, server).words();
    }

    Told told(Throwable failure, String server) {
        return switch (failure) {
            case CompletionException wrapped -> told(cause(wrapped), server);
            case AttemptFailedException attempt -> attempted(attempt);
            case ClientException known -> told(known, server);
            case JournalException disk -> told(disk);
            case NotAllowedException decided ->
                of(
                        switch (decided.what()) {
                            case LINKS -> "trouble.linksOff";
                            case HOSTING -> "trouble.hostingOff";
                        },
                        server);
            default -> of("trouble.other", server);
        };
    }

    private static Throwable cause(Throwable wrapped) {
        var cause = wrapped.getCause();
        return cause == null ? new IllegalStateException("a failure without a cause", wrapped) : cause;
    }

    private Told attempted(AttemptFailedException failure) {
        var why = cause(failure);
        boolean isGuest = failure.attempt() == Attempt.CREATE
                && why instanceof ClientException refused
                && refused.code().filter(FailureCode.FORBIDDEN::equals).isPresent();
        return isGuest ? of("trouble.guest", failure.server()) : told(why, failure.server());
    }

    private Told told(ClientException known, String server) {
        return known.code()
                .map(code -> switch (code) {
                    case INVITE_EXPIRED -> of("trouble.inviteExpired", server, 8);
                    case INVITE_USED, UNAUTHENTICATED -> of("trouble.inviteUsed", server, 9);
                    case EXPIRED -> of("trouble.signedOut", server, 6);
                    case NO_ACCESS -> of("trouble.noAccess", server, 10);
                    case FORBIDDEN -> of("trouble.forbidden", server);
                    case VERSION -> of("trouble.version", server, 18);
                    case LIMIT, STORE_AWAY -> of("trouble.busy", server);
                    case DAMAGED -> of("trouble.damaged", server);
                    case MALFORMED, OUT_OF_ORDER -> of("trouble.other", server);
                })
                .orElseGet(() -> known.loss()
                        .map(loss -> lost(loss, server))
                        .orElse(new Told(Optional.empty(), String.valueOf(known.getMessage()))));
    }

    private Told lost(LinkLoss loss, String server) {
        if (!(loss instanceof LinkLoss.Unreachable(var trouble, var _, var about))) {
            return of("trouble.noAnswer", server, 1);
        }
        return switch (trouble) {
            case UNKNOWN_HOST -> of("trouble.unknownHost", server, 2);
            case NO_ANSWER -> of("trouble.noAnswer", server, 1);
            case CERTIFICATE ->
                about.isEmpty() ? of("trouble.certificate", server, 3) : of("trouble.issuer", server, 3, about);
            case CERTIFICATE_NAME -> of("trouble.certificateName", server, 3);
            case CERTIFICATE_TIME -> of("trouble.certificateTime", server, 3);
            case NOT_ENCRYPTED -> of("trouble.notEncrypted", server);
            case PROXY_SIGN_IN ->
                new Told(Optional.of("CS-04"), strings.get("trouble.proxySignIn", about), Optional.of(about));
            case PROXY -> of("trouble.proxy", server, 4, about);
            case PROXY_AWAY -> of("trouble.proxyAway", server, 4, about);
            case NO_WEBSOCKET -> of("trouble.noWebSocket", server, 5);
            case NOT_ALLOWED -> of("trouble.notAllowed", server);
        };
    }

    private Told told(JournalException disk) {
        return new Told(
                Optional.empty(),
                strings.get(
                        switch (disk.kind()) {
                            case LOCKED -> "trouble.locked";
                            case FULL -> "trouble.diskFull";
                            case BROKEN, UNREADABLE -> "trouble.unreadable";
                        }));
    }

    private Told of(String key, String server) {
        return new Told(Optional.empty(), strings.get(key, server));
    }

    private Told of(String key, String server, int number) {
        return of(key, server, number, "");
    }

    private Told of(String key, String server, int number, String about) {
        return new Told(Optional.of("CS-%02d".formatted(number)), strings.get(key, server, about));
    }
}
