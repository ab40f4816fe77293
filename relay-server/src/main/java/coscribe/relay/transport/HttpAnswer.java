package coscribe.relay.transport;

import java.util.Map;

/// A small answer over plain HTTP, after which the connection is closed.
///
/// @param status 200 to 599
/// @param contentType for example `text/plain; charset=utf-8`
/// @param body sent as UTF-8; short
/// @param fields further header fields, for example `Retry-After`
public record HttpAnswer(int status, String contentType, String body, Map<String, String> fields) {
    public HttpAnswer {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("an answer's status is 200 to 599, not " + status);
        }
        fields = Map.copyOf(fields);
        refuseLineBreaks(contentType);
        fields.forEach((name, value) -> refuseLineBreaks(name + value));
    }

    /// One line of plain text.
    public static HttpAnswer text(int status, String sentence) {
        return new HttpAnswer(status, "text/plain; charset=utf-8", sentence + "\n", Map.of());
    }

    /// The same answer with one more header field.
    public HttpAnswer with(String name, String value) {
        var more = new java.util.HashMap<>(fields);
        more.put(name, value);
        return new HttpAnswer(status, contentType, body, more);
    }

    private static void refuseLineBreaks(String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a header field is one line");
        }
    }
}
