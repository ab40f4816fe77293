package coscribe.relay.simulation;

import java.util.Map;
import java.util.TreeMap;

/// What went over the wires of a simulated world: messages and bytes, by way and kind.
final class Traffic {
    private static final int CLIENT_MASK = 4;

    private final Map<String, Count> counts = new TreeMap<>();

    /// @param bytes  of all messages together
    record Count(long messages, long bytes) {
        static final Count NONE = new Count(0, 0);

        Count plus(Count other) {
            return new Count(messages + other.messages, bytes + other.bytes);
        }

        Count minus(Count earlier) {
            return new Count(messages - earlier.messages, bytes - earlier.bytes);
        }
    }

    /// What was counted until now.
    Map<String, Count> now() {
        return Map.copyOf(counts);
    }

    void add(String what, long messages, long bytes) {
        counts.merge(what, new Count(messages, bytes), Count::plus);
    }

    /// A frame of a client's, masked (RFC 6455, 5.2).
    void toRelay(String text) {
        int length = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        int head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
        add("to relay: " + kind(text), 1, length + head + CLIENT_MASK);
    }

    /// @param size  of the frame, its head included
    void toClient(String text, int size) {
        add("to editor: " + kind(text), 1, size);
    }

    private static String kind(String text) {
        int from = text.indexOf("\"t\":\"") + 5;
        return text.substring(from, text.indexOf('"', from));
    }
}
