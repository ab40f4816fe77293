package coscribe.relay.transport;

import java.nio.charset.StandardCharsets;

/// Why a connection is closed, as the peer reads it in the close frame.
///
/// @param code a code that may be sent: 1000-1003, 1007-1014 or 3000-4999 (RFC 6455 section 7.4)
/// @param sentence what a person may read; at most 123 bytes of UTF-8 (section 5.5)
public record CloseReason(int code, String sentence) {
    /// The longest sentence that fits a control frame beside its code.
    public static final int MAX_SENTENCE_BYTES = 123;

    // The transport's own reasons, in the words of docs/PROTOCOL.md section 12.
    public static final CloseReason GOING_AWAY = new CloseReason(1001, "going away");
    public static final CloseReason PROTOCOL_ERROR = new CloseReason(1002, "protocol error");
    public static final CloseReason NO_BINARY = new CloseReason(1003, "text frames only");
    public static final CloseReason BAD_UTF8 = new CloseReason(1007, "bad UTF-8");
    public static final CloseReason NOT_AUTHENTICATED = new CloseReason(1008, "nobody signed in in time");
    public static final CloseReason FRAGMENTED = new CloseReason(1009, "frame too big: no fragments");
    public static final CloseReason INTERNAL_ERROR = new CloseReason(1011, "relay error");
    public static final CloseReason TOO_SLOW = new CloseReason(4008, "too slow, resync");
    public static final CloseReason UNRESPONSIVE = new CloseReason(4010, "no answer to ping");

    public CloseReason {
        if (!maySend(code)) {
            throw new IllegalArgumentException("close code " + code + " must not be sent");
        }
        int length = sentence.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_SENTENCE_BYTES) {
            throw new IllegalArgumentException("a close sentence has at most 123 bytes, not " + length);
        }
    }

    /// A frame longer than this peer may send.
    ///
    /// @param limit payload bytes
    public static CloseReason tooBig(int limit) {
        return new CloseReason(1009, "frame too big: at most " + limit + " bytes");
    }

    /// Whether an endpoint may put this code into a close frame.
    public static boolean maySend(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
