package coscribe.relay.backup;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Reads what {@link LineWriter} wrote.
final class LineReader {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int LONGEST_RUN = 256 << 20;

    private final DigestInputStream digested;
    private final DataInputStream in;
    private long lines;
    private String sumBefore = "";

    /// @param buffered  reading single bytes of it is cheap
    LineReader(InputStream buffered) {
        digested = new DigestInputStream(buffered, Sums.sha256());
        in = new DataInputStream(digested);
    }

    /// How many lines were read.
    long lines() {
        return lines;
    }

    /// SHA-256 of everything before the line that was read last, where it is the file's last.
    String sumBefore() {
        return sumBefore;
    }

    Line next() throws IOException {
        lines++;
        int first = peekFirst();
        var bytes = new ByteArrayOutputStream(128);
        for (int each = first; each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException();
            }
            if (bytes.size() >= LONGEST_LINE) {
                throw new IllegalArgumentException("it is too long");
            }
            bytes.write(each);
        }
        var parts = bytes.toString(StandardCharsets.UTF_8).split("\t", -1);
        var fields = new ArrayList<String>(parts.length);
        for (int i = 1; i < parts.length; i++) {
            fields.add(unescaped(parts[i]));
        }
        return new Line(parts[0], fields);
    }

    /// The last line's word is the only one that begins with an e.
    private int peekFirst() throws IOException {
        var digest = digested.getMessageDigest();
        digested.on(false);
        int first = in.read();
        digested.on(true);
        if (first == 'e') {
            sumBefore = HexFormat.of().formatHex(digest.digest());
        } else if (first >= 0) {
            digest.update((byte) first);
        }
        return first;
    }

    private static String unescaped(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        var text = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            i++;
            text.append(
                    switch (i < field.length() ? field.charAt(i) : ' ') {
                        case '\\' -> '\\';
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        default -> throw new IllegalArgumentException("no such escape");
                    });
        }
        return text.toString();
    }

    /// What stands behind a line that says how many there are and how long they are.
    List<byte[]> counted(long count, long bytes) throws IOException {
        if (count < 1 || bytes < count * Integer.BYTES || bytes > LONGEST_RUN) {
            throw new IllegalArgumentException("no such run");
        }
        var all = new ArrayList<byte[]>();
        long left = bytes;
        for (long i = 0; i < count; i++) {
            int length = in.readInt();
            left -= Integer.BYTES + (long) length;
            if (length < 0 || left < 0) {
                throw new IllegalArgumentException("a commit of " + length + " bytes");
            }
            var each = in.readNBytes(length);
            if (each.length < length) {
                throw new EOFException();
            }
            all.add(each);
        }
        if (left != 0) {
            throw new IllegalArgumentException("a run that is longer than it says");
        }
        return all;
    }

    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }
}
