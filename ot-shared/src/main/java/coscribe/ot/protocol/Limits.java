package coscribe.ot.protocol;

import coscribe.ot.document.Schema;
import java.time.Duration;

/// Every bound that both ends know. Printed in docs/PROTOCOL.md.
public final class Limits {
    public static final int PROTOCOL_VERSION = 1;
    public static final String SUBPROTOCOL = "coscribe.v1";

    /// A frame before `Welcome`, in bytes of UTF-8.
    public static final int FRAME_BEFORE_WELCOME_BYTES = 64 * 1024;
    /// A frame after it.
    public static final int FRAME_BYTES = 1024 * 1024;
    /// What the relay puts into one frame of a snapshot or range, about.
    public static final int PART_BYTES = 256 * 1024;
    /// Pieces of one snapshot or range: more than any document within the ceiling needs.
    public static final int PARTS = 4_096;
    /// Inserted text of one submission, in UTF-16 units (at most 256 KiB as UTF-8 in the common
    /// case).
    public static final int SUBMISSION_UNITS = 64 * 1024;
    public static final int SUBMISSION_COMPONENTS = 10_000;
    public static final int SUBMISSION_EVENTS = 100;
    /// A submission as its client cuts it, in bytes, about: rebased it may grow, and must still fit
    /// into a frame.
    public static final int SUBMISSION_BYTES = 512 * 1024;
    public static final int DOCUMENT_UNITS = 2_000_000;
    public static final int DOCUMENT_UNITS_CEILING = 16 * 1024 * 1024;
    /// A submission whose base is further behind the head gets `CATCH_UP`.
    public static final int BASE_AGE = 5_000;
    public static final int NAME_UNITS = 64;
    public static final int TITLE_UNITS = 200;
    /// Documents of one page of a list.
    public static final int LIST_DOCUMENTS = 100;
    /// Pages that a person may ask for at once, on all connections together.
    public static final int LIST_PAGES = 30;
    /// Then one more each so often.
    public static final Duration LIST_PAGE_EVERY = Duration.ofSeconds(1);
    /// Messages that a person may send at once, on all connections together.
    public static final int MESSAGES_AT_ONCE = 1_500;
    /// Then so many each second.
    public static final int MESSAGES_EACH_SECOND = 300;
    /// UTF-16 units of all those messages, at once.
    public static final int MESSAGE_UNITS_AT_ONCE = 4_000_000;
    /// Then so many each second.
    public static final int MESSAGE_UNITS_EACH_SECOND = 1_000_000;
    /// Components of submissions times commits that they have to cross, at once: one of the worst.
    public static final int WORK_AT_ONCE = SUBMISSION_COMPONENTS * BASE_AGE;
    /// Then so many each second.
    public static final int WORK_EACH_SECOND = 2_000_000;
    /// What each commit behind the revision of a `catch_up` counts there: who keeps up asks seldom, and
    /// for little.
    public static final int CATCH_UP_WORK = 10_000;
    /// Times that a person may join at once, on all connections together.
    public static final int JOINS_AT_ONCE = 100;
    /// Then so many each second.
    public static final int JOINS_EACH_SECOND = 10;
    /// Documents that a person may have open at once, at one relay.
    public static final int DOCUMENTS_OPEN = 50;
    /// A name or title as it is sent; the relay cuts it to the lengths above.
    public static final int SAID_UNITS = 1_024;
    public static final int JSON_DEPTH = 32;
    /// One JSON string, in UTF-16 units.
    public static final int STRING_UNITS = 256 * 1024;
    /// Attributes of one component of a submission, and of one character of a document.
    public static final int COMPONENT_ATTRIBUTES = Schema.MOST_ATTRIBUTES;
    /// An access token.
    public static final int TOKEN_UNITS = 8 * 1024;
    /// An invite code or refresh credential.
    public static final int SECRET_UNITS = 256;

    public static final Duration HELLO_WITHIN = Duration.ofSeconds(5);
    public static final Duration RELAY_PING_EVERY = Duration.ofSeconds(20);
    public static final Duration CLIENT_PING_EVERY = Duration.ofSeconds(5);
    public static final Duration PONG_WITHIN = Duration.ofSeconds(8);
    public static final Duration FIRST_RETRY_BOUND = Duration.ofSeconds(1);
    public static final Duration LAST_RETRY_BOUND = Duration.ofSeconds(30);
    /// The longest that a client waits because a relay asked it to.
    public static final Duration LONGEST_ASKED = Duration.ofMinutes(5);
    public static final Duration RESEND_AFTER = Duration.ofSeconds(10);
    public static final Duration PRESENCE_TTL = Duration.ofSeconds(30);
    /// How long somebody who left looks the same when they come back to a document.
    public static final Duration SLOT_KEPT = Duration.ofHours(24);

    private Limits() {}
}
