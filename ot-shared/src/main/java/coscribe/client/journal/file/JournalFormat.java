package coscribe.client.journal.file;

import coscribe.client.journal.Balance;
import coscribe.client.journal.RecordCodec;
import coscribe.ot.session.JournalRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What the bytes of a journal file are. All numbers are big-endian.
/// ```
///   header   "COSJNL" | version, 2 bytes | salt, 8 bytes | CRC-32C of the 16 bytes before
///   record   0xC05C   | length, 4 bytes  | CRC-32C, 4 bytes | payload of that length
/// ```
/// A record's CRC covers the file's salt, the record's place in the file, its length and its
/// payload. So a record is only ever read where it was written: not from an older file whose blocks
/// the disk gives back after a power cut, and not from a wrong place.
final class JournalFormat {
    static final int HEADER_BYTES = 20;
    static final int FRAME_BYTES = 10;
    static final int MAX_RECORD_BYTES = 1 << 28;

    private static final byte[] MAGIC = {'C', 'O', 'S', 'J', 'N', 'L'};
    private static final short VERSION = 1;
    private static final short MARK = (short) 0xC05C;

    private JournalFormat() {}

    static ByteBuffer header(long salt) {
        var bytes =
                ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putShort(VERSION).putLong(salt);
        var crc = new CRC32C();
        crc.update(bytes.array(), 0, HEADER_BYTES - 4);
        return bytes.putInt((int) crc.getValue()).flip();
    }

    /// A record as it stands at `offset` of a file with this salt.
    static ByteBuffer record(long salt, long offset, byte[] payload) {
        if (payload.length > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("a journal record of " + payload.length + " bytes");
        }
        return ByteBuffer.allocate(FRAME_BYTES + payload.length)
                .putShort(MARK)
                .putInt(payload.length)
                .putInt(crc(salt, offset, payload, 0, payload.length))
                .put(payload)
                .flip();
    }

    private static int crc(long salt, long offset, byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(20)
                .putLong(salt)
                .putLong(offset)
                .putInt(length)
                .flip());
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /// What a file holds.
    ///
    /// @param salt       empty: there is no good header, and nothing was read
    /// @param records    up to the first place that does not verify
    /// @param goodBytes  where that place is, or the file's length
    /// @param lastCheckpointBytes  how long the newest checkpoint is; 0: there is none
    /// @param behind     records that verify behind that place
    record Scan(
            Optional<Long> salt,
            List<JournalRecord> records,
            int goodBytes,
            int lastCheckpointBytes,
            List<JournalRecord> behind) {}

    static Scan scan(byte[] file) {
        Optional<Long> salt = saltOf(file);
        if (salt.isEmpty()) {
            return new Scan(salt, List.of(), 0, 0, List.of());
        }
        var records = new ArrayList<JournalRecord>();
        int checkpoint = 0;
        int at = HEADER_BYTES;
        while (true) {
            var found = recordAt(file, at, salt.get());
            if (found.isEmpty()) {
                return new Scan(salt, records, at, checkpoint, search(file, at, salt.get()));
            }
            records.add(found.get().entry());
            if (found.get().entry() instanceof JournalRecord.Checkpoint) {
                checkpoint = found.get().end() - at;
            }
            at = found.get().end();
        }
    }

    /// The records, where something may be unsent by what kinds of records there are; none where
    /// all is settled. Decodes nothing then, however large the document is.
    static List<JournalRecord> unsettled(byte[] file) {
        var salt = saltOf(file);
        if (salt.isEmpty()) {
            return List.of();
        }
        var balance = new Balance();
        int at = HEADER_BYTES;
        for (int end = frameEnd(file, at, salt.get()); end > 0; end = frameEnd(file, at, salt.get())) {
            int payload = at + FRAME_BYTES;
            var kind = payload < end ? RecordCodec.kindOf(file[payload]) : Optional.<RecordCodec.Kind>empty();
            if (kind.isEmpty()) {
                break;
            }
            balance.take(kind.get(), end - payload);
            at = end;
        }
        return balance.isSettled() ? List.of() : scan(file).records();
    }

    /// Every record that verifies from `from` on, wherever it begins.
    private static List<JournalRecord> search(byte[] file, int from, long salt) {
        var records = new ArrayList<JournalRecord>();
        int at = from;
        while (at + FRAME_BYTES <= file.length) {
            var found = recordAt(file, at, salt);
            found.ifPresent(each -> records.add(each.entry()));
            at = found.map(Found::end).orElse(at + 1);
        }
        return records;
    }

    private static Optional<Long> saltOf(byte[] file) {
        if (file.length < HEADER_BYTES) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(file);
        long salt = bytes.getLong(MAGIC.length + 2);
        return header(salt).equals(bytes.slice(0, HEADER_BYTES)) ? Optional.of(salt) : Optional.empty();
    }

    /// Where the record that begins at `at` ends; 0: none does that verifies.
    private static int frameEnd(byte[] file, int at, long salt) {
        if (at + FRAME_BYTES > file.length) {
            return 0;
        }
        var bytes = ByteBuffer.wrap(file, at, FRAME_BYTES);
        if (bytes.getShort() != MARK) {
            return 0;
        }
        int length = bytes.getInt();
        int told = bytes.getInt();
        int begin = at + FRAME_BYTES;
        boolean verifies = length >= 0 && length <= file.length - begin && told == crc(salt, at, file, begin, length);
        return verifies ? begin + length : 0;
    }

    private record Found(JournalRecord entry, int end) {}

    private static Optional<Found> recordAt(byte[] file, int at, long salt) {
        int end = frameEnd(file, at, salt);
        return end == 0
                ? Optional.empty()
                : RecordCodec.decode(Arrays.copyOfRange(file, at + FRAME_BYTES, end))
                        .map(entry -> new Found(entry, end));
    }
}
