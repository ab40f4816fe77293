package coscribe.relay.store.redis;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.LogCheck;
import coscribe.relay.store.LogEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// A run of old log, compressed. Segment `n` holds the revisions `n * SIZE + 1` to `(n + 1) *
/// SIZE`.
///
/// Bytes: the format's version, the chain hashes before and after the run (hex), then deflated: for
/// each commit its length (4 bytes) and its bytes. The chain hashes between are recomputed, which
/// is also how damage is found.
///
/// @param before  the chain hash before the first entry
record Segment(long number, ChainHash before, List<LogEntry> entries) {
    static final int SIZE = 256;
    private static final int VERSION = 1;
    private static final int HASH = 64;

    /// The segment that holds the commit after `revision`.
    static long after(Revision revision) {
        return revision.number() / SIZE;
    }

    /// The segment that holds the commit `revision`, which is not 0.
    static long of(Revision revision) {
        return (revision.number() - 1) / SIZE;
    }

    Revision start() {
        return new Revision(number * SIZE);
    }

    /// @throws IllegalArgumentException  if `revision` is not in reach of this segment
    ChainHash chainAt(Revision revision) {
        long index = revision.number() - start().number();
        if (index < 0 || index > SIZE) {
            throw new IllegalArgumentException("revision " + revision + " in segment " + number);
        }
        return index == 0 ? before : entries.get((int) index - 1).chain();
    }

    byte[] bytes() {
        var packed = new ByteArrayOutputStream();
        try {
            packed.write(VERSION);
            packed.writeBytes(Words.bytes(before.hex()));
            packed.writeBytes(Words.bytes(entries.getLast().chain().hex()));
            try (var out = new DataOutputStream(new DeflaterOutputStream(packed))) {
                for (LogEntry entry : entries) {
                    out.writeInt(entry.bytes().length);
                    out.write(entry.bytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return packed.toByteArray();
    }

    /// @throws DamagedDocumentException  where it is not what was stored
    static Segment parse(DocumentId document, long number, byte[] packed) {
        if (packed.length < 1 + 2 * HASH || packed[0] != VERSION) {
            throw new DamagedDocumentException(document, "segment " + number + " has an unknown form");
        }
        try (var in = new DataInputStream(new InflaterInputStream(
                new ByteArrayInputStream(packed, 1 + 2 * HASH, packed.length - 1 - 2 * HASH)))) {
            var before = hash(packed, 1);
            var revision = new Revision(number * SIZE);
            var chain = before;
            var entries = new ArrayList<LogEntry>(SIZE);
            for (int i = 0; i < SIZE; i++) {
                var bytes = in.readNBytes(in.readInt());
                revision = revision.next();
                chain = chain.after(bytes);
                entries.add(new LogEntry(revision, chain, bytes));
            }
            if (in.read() == -1 && chain.equals(hash(packed, 1 + HASH))) {
                return new Segment(number, before, List.copyOf(entries));
            }
        } catch (IOException | IllegalArgumentException _) {
            // told below: what the library says of damaged bytes helps nobody
        }
        throw new DamagedDocumentException(document, "segment " + number + " is not what was stored");
    }

    private static ChainHash hash(byte[] packed, int offset) {
        return new ChainHash(new String(packed, offset, HASH, StandardCharsets.US_ASCII));
    }

    /// A whole run, read from the log.
    static Segment of(DocumentId document, Revision start, ChainHash before, List<LogEntry> entries) {
        if (start.number() % SIZE != 0 || entries.size() != SIZE) {
            throw new IllegalArgumentException(entries.size() + " entries after " + start);
        }
        LogCheck.requireDense(document, start, before, entries);
        return new Segment(start.number() / SIZE, before, List.copyOf(entries));
    }
}
