package coscribe.ot.protocol;

/// Why the relay closed a connection: WebSocket close codes. 1xxx are the standard's, 4xxx ours.
public enum CloseReason {
    NORMAL(1000, "bye"),
    /// Reconnect now, any relay will do.
    RESTARTING(1012, "restart"),
    UNSUPPORTED_DATA(1003, "text frames only"),
    BAD_UTF8(1007, "bad UTF-8"),
    TOO_BIG(1009, "frame too big"),
    INTERNAL(1011, "relay error"),
    /// Sign in again.
    UNAUTHENTICATED(4001, "not signed in"),
    /// No `hello` within its time.
    HELLO_LATE(4002, "hello too late"),
    MALFORMED(4003, "message not understood"),
    OUT_OF_ORDER(4004, "message out of order"),
    /// No access, or no such document.
    NO_ACCESS(4005, "no access"),
    VERSION(4006, "no common protocol version"),
    /// A later connection of the same client id took over. Reserved: each join has its own.
    SUPERSEDED(4007, "superseded"),
    /// Did not read for 10 s; nothing is lost: reconnect and catch up.
    TOO_SLOW(4008, "too slow, resync"),
    /// The person's limits; `Failed` said which.
    LIMIT(4009, "limit reached"),
    /// No answer to pings.
    UNRESPONSIVE(4010, "no answer to ping");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }
}
