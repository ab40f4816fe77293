package coscribe.relay.transport.selector;

import static java.nio.charset.StandardCharsets.UTF_8;

import coscribe.relay.transport.HttpAnswer;

/// An answer over plain HTTP as bytes. The connection is closed after each, and nothing is cached, framed
/// or sniffed: an invite page's address is a secret.
final class HttpBytes {
    private HttpBytes() {}

    /// @param withBody false for an answer to HEAD, which says the length only
    static byte[] of(HttpAnswer answer, boolean withBody) {
        var body = answer.body().getBytes(UTF_8);
        var head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(phrase(answer.status()));
        head.append("\r\nContent-Type: ").append(answer.contentType());
        head.append("\r\nContent-Length: ").append(body.length);
        head.append("\r\nConnection: close");
        head.append("\r\nCache-Control: no-store");
        head.append("\r\nReferrer-Policy: no-referrer");
        head.append("\r\nX-Content-Type-Options: nosniff");
        head.append("\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline';"
                + " frame-ancestors 'none'");
        answer.fields()
                .forEach((name, value) ->
                        head.append("\r\n").append(name).append(": ").append(value));
        var headBytes = head.append("\r\n\r\n").toString().getBytes(UTF_8);
        if (!withBody) {
            return headBytes;
        }
        var whole = java.util.Arrays.copyOf(headBytes, headBytes.length + body.length);
        System.arraycopy(body, 0, whole, headBytes.length, body.length);
        return whole;
    }

    private static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Status";
        };
    }
}
