package coscribe.relay.people;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What people read who are not let in: what happened, what was kept, what to do.
final class Sentences {
    static final String SIGNED_OUT =
            "You've been signed out. Your edits are kept on this device. Sign in and they will be sent.";
    static final String COPIED = "This device was signed out because somebody used a copy of its sign-in. "
            + "Your edits are kept on this device. Sign in again and they will be sent.";
    static final String DISABLED = "This server doesn't let you in any more. Nothing was changed. "
            + "Ask an administrator to enable your account, or use another one.";
    static final String NO_CODE = "This invite code is not complete. Nothing was changed. "
            + "Copy the whole link: its code has 12 letters and digits.";
    static final String CODES_OFF = "This server takes no invite links. Nothing was changed. "
            + "Sign in the way your team does, or ask an administrator.";
    static final String INVITE_USED = "This invite link was turned off or has been used up. Nothing was changed. "
            + "Ask the person who sent it for a new one.";
    static final String NO_DOCUMENT = "The document of this invite link is gone. Nothing was changed. "
            + "Ask the person who sent it for a new one.";
    static final String STORE_AWAY = "The server can't reach its storage. Your edits are kept on this device. "
            + "Keep writing; Coscribe is trying again.";
    static final String DAMAGED = "The server can't read this document. It is kept as it is. Ask an administrator.";

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Sentences() {}

    static String inviteExpired(Instant since) {
        return "This invite link expired on " + DAY.format(since)
                + ". Nothing was changed. Ask the person who sent it for a new one.";
    }
}
