package coscribe.relay.store.redis;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.Entry;
import coscribe.relay.store.LogEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What goes over a document's channel. The script `commit` writes the first two, or the relay where
/// replicas have to confirm before:
/// `c` first-revision ` ` count ` `, then for each commit: length ` ` chain-in-hex bytes;
/// `h` first-revision ` ` last-revision ` ` chain-in-hex;
/// `p` bytes;
/// `a`, alone: the scripts `grant` and `rename` write it.
sealed interface FeedMessage {
    record Committed(List<LogEntry> entries) implements FeedMessage {}

    record HeadMoved(Revision head) implements FeedMessage {}

    record Presence(byte[] bytes) implements FeedMessage {}

    record AccessChanged() implements FeedMessage {}

    /// More is not carried along.
    int CARRIED_BYTES = 16_384;

    /// Says what was appended after a revision.
    static byte[] appended(Revision after, List<Entry> entries) {
        var first = after.next();
        long size = entries.stream().mapToLong(entry -> entry.bytes().length).sum();
        if (size > CARRIED_BYTES) {
            return headMoved(
                    first, after.plus(entries.size()), entries.getLast().chain());
        }
        var message = new ByteArrayOutputStream();
        message.writeBytes(ascii("c" + first.number() + " " + entries.size() + " "));
        for (Entry entry : entries) {
            message.writeBytes(ascii(entry.bytes().length + " " + entry.chain().hex()));
            message.writeBytes(entry.bytes());
        }
        return message.toByteArray();
    }

    static byte[] headMoved(Revision first, Revision last, ChainHash chain) {
        return ascii("h" + first.number() + " " + last.number() + " " + chain.hex());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] presence(byte[] message) {
        var bytes = new byte[message.length + 1];
        bytes[0] = 'p';
        System.arraycopy(message, 0, bytes, 1, message.length);
        return bytes;
    }

    /// @throws IllegalArgumentException  where it is no message of ours
    static FeedMessage parse(byte[] message) {
        if (message.length == 0) {
            throw new IllegalArgumentException("an empty message");
        }
        var reader = new Reader(message);
        return switch (message[0]) {
            case 'c' -> new Committed(reader.entries());
            case 'h' -> {
                long _ = reader.number();
                yield new HeadMoved(new Revision(reader.number()));
            }
            case 'p' -> new Presence(Arrays.copyOfRange(message, 1, message.length));
            case 'a' -> {
                if (message.length > 1) {
                    throw new IllegalArgumentException("a word of " + message.length + " bytes");
                }
                yield new AccessChanged();
            }
            default -> throw new IllegalArgumentException("a message of kind " + message[0]);
        };
    }

    /// Reads on from the second byte.
    final class Reader {
        private static final int HASH = 64;
        private final byte[] message;
        private int at = 1;

        Reader(byte[] message) {
            this.message = message;
        }

        /// Decimal digits and the space behind them.
        long number() {
            int from = at;
            while (at < message.length && message[at] != ' ') {
                at++;
            }
            return Long.parseLong(new String(message, from, at++ - from, StandardCharsets.US_ASCII));
        }

        List<LogEntry> entries() {
            var revision = new Revision(number());
            long count = number();
            var entries = new ArrayList<LogEntry>();
            for (long i = 0; i < count; i++) {
                int length = (int) number();
                if (length < 0 || length > message.length - at - HASH) {
                    throw new IllegalArgumentException("a commit of " + length + " bytes is cut off");
                }
                var chain = new ChainHash(new String(message, at, HASH, StandardCharsets.US_ASCII));
                at += HASH;
                entries.add(new LogEntry(revision, chain, Arrays.copyOfRange(message, at, at + length)));
                at += length;
                revision = revision.next();
            }
            return entries;
        }
    }
}
