package coscribe.relay.transport.selector;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The head of an HTTP/1 request, parsed strictly (RFC 9112 sections 2 to 5): nothing is repaired.
///
/// @param method as sent, for example `GET`
/// @param path the request target up to a question mark
/// @param query what follows it, or empty
/// @param minorVersion 0 or 1
/// @param fields looked up without regard to case; repeated ones joined with ", "
record RequestHead(String method, String path, String query, int minorVersion, Map<String, String> fields) {

    /// Why bytes are not a request head that we answer otherwise.
    static final class MalformedHeadException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String sentence;

        MalformedHeadException(int status, String sentence) {
            super(sentence, null, false, false);
            this.status = status;
            this.sentence = sentence;
        }

        /// The HTTP status that says so.
        int status() {
            return status;
        }

        /// What is wrong, for who sent it.
        String sentence() {
            return sentence;
        }
    }

    /// Where the head ends in `bytes[0, length)`: the index behind its empty line, or -1 while that has
    /// not come. Bytes before `from` were searched before, so a slow sender costs linear time.
    static int end(byte[] bytes, int from, int length) {
        for (int i = Math.max(3, from); i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    /// Parses a whole head, its empty line included.
    static RequestHead parse(byte[] bytes, int length) throws MalformedHeadException {
        var lines = new String(bytes, 0, length - 4, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        var first = lines[0].split(" ", -1);
        if (first.length != 3 || !isToken(first[0]) || !isVisible(first[1])) {
            throw new MalformedHeadException(400, "The first line must be: METHOD TARGET HTTP/1.1");
        }
        int minorVersion = switch (first[2]) {
            case "HTTP/1.1" -> 1;
            case "HTTP/1.0" -> 0;
            default -> throw new MalformedHeadException(505, "This port speaks HTTP/1.1.");
        };
        if (!first[1].startsWith("/")) {
            throw new MalformedHeadException(400, "The request target must be a path.");
        }
        var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            addField(lines[i], fields);
        }
        if (minorVersion == 1 && !fields.containsKey("Host")) {
            throw new MalformedHeadException(400, "The Host header is missing.");
        }
        int mark = first[1].indexOf('?');
        return new RequestHead(
                first[0],
                mark < 0 ? first[1] : first[1].substring(0, mark),
                mark < 0 ? "" : first[1].substring(mark + 1),
                minorVersion,
                Collections.unmodifiableMap(fields));
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /// Whether a comma-separated field holds this element, without regard to case.
    boolean lists(String name, String element) {
        for (var listed : fields.getOrDefault(name, "").split(",", -1)) {
            if (listed.strip().equalsIgnoreCase(element)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the sender wants a WebSocket, well or badly.
    boolean asksForWebSocket() {
        return lists("Upgrade", "websocket");
    }

    private static void addField(String line, Map<String, String> fields) throws MalformedHeadException {
        int colon = line.indexOf(':');
        if (colon < 0 || !isToken(line.substring(0, colon))) {
            throw new MalformedHeadException(400, "A header line must be: Name: value");
        }
        var value = line.substring(colon + 1).strip();
        for (int i = 0; i < value.length(); i++) {
            if ((value.charAt(i) < ' ' && value.charAt(i) != '\t') || value.charAt(i) == 0x7f) {
                throw new MalformedHeadException(400, "A header line holds a control character.");
            }
        }
        var name = line.substring(0, colon);
        if (fields.containsKey(name) && isSingle(name)) {
            throw new MalformedHeadException(400, "The header " + name + " is given twice.");
        }
        fields.merge(name, value, (one, other) -> one + ", " + other);
    }

    /// Fields whose second value would be a way to say different things to different readers.
    private static boolean isSingle(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "host", "origin", "authorization", "sec-websocket-key", "sec-websocket-version" -> true;
            default -> false;
        };
    }

    private static boolean isToken(String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(String target) {
        return !target.isEmpty() && target.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /// Method and path only: query and fields may hold credentials.
    @Override
    public String toString() {
        return "RequestHead[" + method + " " + path + "]";
    }
}
