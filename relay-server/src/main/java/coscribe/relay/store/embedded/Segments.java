package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.LogEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A stretch of old log as one compressed value: the commits' bytes, each behind its length. Their
/// chain hashes are not kept but recomputed, which verifies every byte by the way.
final class Segments {
    /// One row of the table.
    ///
    /// @param before  the chain hash before the first commit
    /// @param chain   the chain hash after the last
    /// @param length  how many bytes it is before compression
    record Segment(long first, long last, ChainHash before, ChainHash chain, int length, byte[] bytes) {}

    private Segments() {}

    /// @param entries  dense and verified; at least one
    static Segment pack(ChainHash before, List<LogEntry> entries) {
        var plain = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(plain)) {
            for (LogEntry entry : entries) {
                out.writeInt(entry.bytes().length);
                out.write(entry.bytes());
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return new Segment(
                entries.getFirst().revision().number(),
                entries.getLast().revision().number(),
                before,
                entries.getLast().chain(),
                plain.size(),
                deflate(plain.toByteArray()));
    }

    private static byte[] deflate(byte[] plain) {
        try (var deflater = new Deflater()) {
            deflater.setInput(plain);
            deflater.finish();
            var out = new ByteArrayOutputStream(plain.length / 4 + 64);
            var buffer = new byte[8 * 1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    /// @throws DamagedDocumentException  where it is not what was packed
    static List<LogEntry> unpack(DocumentId document, Segment segment) {
        if (segment.first() < 1 || segment.last() > Revision.MAX) {
            throw new DamagedDocumentException(document, "the bounds of a segment");
        }
        var entries = new ArrayList<LogEntry>();
        var chain = segment.before();
        try (var in = new DataInputStream(new ByteArrayInputStream(inflate(segment)))) {
            for (long revision = segment.first(); revision <= segment.last(); revision++) {
                int length = in.readInt();
                if (length < 0 || length > in.available()) {
                    throw new IOException("a commit of " + length + " bytes");
                }
                var bytes = in.readNBytes(length);
                chain = chain.after(bytes);
                entries.add(new LogEntry(new Revision(revision), chain, bytes));
            }
            if (in.available() > 0 || !chain.equals(segment.chain())) {
                throw new IOException("another history");
            }
        } catch (IOException | DataFormatException e) {
            throw new DamagedDocumentException(
                    document, "the segment of revisions " + segment.first() + " to " + segment.last());
        }
        return entries;
    }

    private static byte[] inflate(Segment segment) throws DataFormatException {
        if (segment.length() < 0) {
            throw new DataFormatException("a negative length");
        }
        try (var inflater = new Inflater()) {
            inflater.setInput(segment.bytes());
            var out = new ByteArrayOutputStream(Math.min(segment.length(), 1 << 20));
            var buffer = new byte[8 * 1024];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 || out.size() + count > segment.length()) {
                    throw new DataFormatException("not what was packed");
                }
                out.write(buffer, 0, count);
            }
            if (out.size() != segment.length()) {
                throw new DataFormatException("not what was packed");
            }
            return out.toByteArray();
        }
    }
}
