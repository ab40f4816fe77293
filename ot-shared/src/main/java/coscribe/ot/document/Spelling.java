package coscribe.ot.document;

import java.util.Arrays;

/// Writes JSON in UTF-8 as `JSON.stringify` does, from an array of characters to an array of bytes
/// without a step between: a content hash goes over a whole document, on the thread that draws.
/// Half a surrogate pair becomes a question mark.
final class Spelling {
    private static final int FIRST_ROOM = 1_024; // most documents of a simulation need no more
    private static final int ROOM = 16_384;
    private static final int MOST = 6; // bytes that one character becomes
    private static final boolean[] AS_THEY_ARE = new boolean[128];
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    static {
        for (char c = 0x20; c < 128; c++) {
            AS_THEY_ARE[c] = c != '"' && c != '\\';
        }
    }

    private final CanonicalForm.Sink sink;
    private byte[] bytes = new byte[FIRST_ROOM];
    private int at;
    private char high; // the first half of a pair of which the second is still to come, or 0

    Spelling(CanonicalForm.Sink sink) {
        this.sink = sink;
    }

    /// Characters of ASCII, as they are; no more than fit into {@link #ROOM}.
    void plain(String ascii) {
        settle();
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[at++] = (byte) ascii.charAt(i);
        }
    }

    void bytes(byte[] spelt) {
        settle();
        if (spelt.length > ROOM) {
            flush();
            sink.accept(spelt, 0, spelt.length);
        } else {
            room(spelt.length);
            System.arraycopy(spelt, 0, bytes, at, spelt.length);
            at += spelt.length;
        }
    }

    void quoted(String value) {
        plain("\"");
        escaped(value.toCharArray(), 0, value.length());
        plain("\"");
    }

    /// What stands between quotes.
    void escaped(char[] source, int from, int to) {
        int i = from;
        while (i < to) {
            room(MOST);
            if (high == 0) {
                i = copy(source, i, Math.min(to, i + bytes.length - at));
            }
            if (i < to) {
                room(MOST);
                one(source[i++]);
            }
        }
    }

    /// Writes what needs no escape, and answers where it ends.
    private int copy(char[] source, int from, int to) {
        byte[] into = bytes;
        int put = at;
        int i = from;
        while (i < to && source[i] < 128 && AS_THEY_ARE[source[i]]) {
            into[put++] = (byte) source[i++];
        }
        at = put;
        return i;
    }

    private void one(char c) {
        if (Character.isLowSurrogate(c) && high != 0) {
            int point = Character.toCodePoint(high, c);
            high = 0;
            put(0xf0 | point >> 18, 0x80 | point >> 12 & 0x3f, 0x80 | point >> 6 & 0x3f, 0x80 | point & 0x3f);
            return;
        }
        settle();
        if (Character.isHighSurrogate(c)) {
            high = c;
        } else if (Character.isLowSurrogate(c)) {
            put('?');
        } else if (c >= 0x800) {
            put(0xe0 | c >> 12, 0x80 | c >> 6 & 0x3f, 0x80 | c & 0x3f);
        } else if (c >= 0x80) {
            put(0xc0 | c >> 6, 0x80 | c & 0x3f);
        } else {
            ascii(c);
        }
    }

    private void ascii(char c) {
        switch (c) {
            case '"', '\\' -> put('\\', c);
            case '\n' -> put('\\', 'n');
            case '\t' -> put('\\', 't');
            case '\r' -> put('\\', 'r');
            case '\b' -> put('\\', 'b');
            case '\f' -> put('\\', 'f');
            default -> {
                if (c < 0x20) {
                    put('\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]);
                } else {
                    put(c);
                }
            }
        }
    }

    private void put(int... some) {
        for (int each : some) {
            bytes[at++] = (byte) each;
        }
    }

    /// Half a pair, and nothing that belongs to it.
    private void settle() {
        if (high != 0) {
            high = 0;
            room(1);
            put('?');
        }
    }

    private void room(int units) {
        if (at + units <= bytes.length) {
            return;
        }
        if (at + units <= ROOM) {
            bytes = Arrays.copyOf(bytes, ROOM);
        } else {
            flush();
            if (units > bytes.length) {
                bytes = new byte[ROOM];
            }
        }
    }

    private void flush() {
        sink.accept(bytes, 0, at);
        at = 0;
    }

    /// Hands on what is gathered; nothing comes behind it.
    void end() {
        settle();
        flush();
    }
}
