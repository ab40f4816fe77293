package coscribe.client.journal;

import coscribe.ot.document.Change;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.session.JournalRecord;
import coscribe.ot.wire.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A journal record as bytes: its kind, small fields in binary, documents and changes as the wire
/// has them.
public final class RecordCodec {
    private static final byte CHECKPOINT = 1;
    private static final byte ENTERED = 2;
    private static final byte EDITED = 3;
    private static final byte SENT = 4;
    private static final byte OTHERS = 5;
    private static final byte ACKNOWLEDGED = 6;
    private static final byte REOPENED = 7;
    private static final byte UNSENT = 8;
    private static final byte SENT_WHOLE = 9;
    private static final byte TITLED = 10;
    private static final byte RENAMING = 11;
    private static final byte RENAMED = 12;
    private static final byte EDITED_ON = 13;
    private static final byte CHECKPOINT_AND_MORE = 14;

    private RecordCodec() {}

    public static byte[] encode(JournalRecord entry) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            write(out, entry);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, JournalRecord entry) throws IOException {
        switch (entry) {
            case JournalRecord.Checkpoint(
                    var title,
                    var epoch,
                    var revision,
                    var document,
                    var role,
                    var client,
                    long nextSeq,
                    var then) -> {
                out.writeByte(then.isEmpty() ? CHECKPOINT : CHECKPOINT_AND_MORE);
                block(out, title.getBytes(StandardCharsets.UTF_8));
                word(out, epoch.hex());
                out.writeLong(revision.number());
                block(out, Wire.encodeDocument(document));
                word(out, role.word());
                word(out, client.map(ClientId::hex).orElse(""));
                out.writeLong(nextSeq);
                if (!then.isEmpty()) {
                    out.writeInt(then.size());
                    for (JournalRecord each : then) {
                        block(out, encode(each));
                    }
                }
            }
            case JournalRecord.Entered(var client, var role) -> {
                out.writeByte(ENTERED);
                word(out, client.hex());
                word(out, role.word());
            }
            case JournalRecord.Reopened() -> out.writeByte(REOPENED);
            case JournalRecord.Unsent() -> out.writeByte(UNSENT);
            case JournalRecord.Edited(var change, var intent, boolean joinsStep) -> {
                out.writeByte(joinsStep ? EDITED_ON : EDITED);
                word(out, intent.word());
                block(out, Wire.encodeChange(change));
            }
            case JournalRecord.Sent(long seq, boolean whole) -> {
                out.writeByte(whole ? SENT_WHOLE : SENT);
                out.writeLong(seq);
            }
            case JournalRecord.Others(var to, var change) -> {
                out.writeByte(OTHERS);
                out.writeLong(to.number());
                block(out, Wire.encodeChange(change));
            }
            case JournalRecord.Titled(var title) -> {
                out.writeByte(TITLED);
                block(out, title.getBytes(StandardCharsets.UTF_8));
            }
            case JournalRecord.Renaming(var title) -> {
                out.writeByte(title.isPresent() ? RENAMING : RENAMED);
                if (title.isPresent()) {
                    block(out, title.get().getBytes(StandardCharsets.UTF_8));
                }
            }
            case JournalRecord.Acknowledged(var revision) -> {
                out.writeByte(ACKNOWLEDGED);
                out.writeLong(revision.number());
            }
        }
    }

    private static void block(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void word(DataOutputStream out, String word) throws IOException {
        out.writeUTF(word);
    }

    /// Tells what a record is by its first byte, with the rest unread.
    public static Optional<Kind> kindOf(byte first) {
        return switch (first) {
            case CHECKPOINT -> Optional.of(Kind.CHECKPOINT);
            case CHECKPOINT_AND_MORE -> Optional.of(Kind.CHECKPOINT_AND_MORE);
            case ENTERED, UNSENT -> Optional.of(Kind.UNSENT_AGAIN);
            case EDITED, EDITED_ON -> Optional.of(Kind.EDITED);
            case SENT, SENT_WHOLE -> Optional.of(Kind.SENT);
            case ACKNOWLEDGED -> Optional.of(Kind.ACKNOWLEDGED);
            case RENAMING -> Optional.of(Kind.RENAMING);
            case RENAMED -> Optional.of(Kind.RENAMED);
            case OTHERS, REOPENED, TITLED -> Optional.of(Kind.NEUTRAL);
            default -> Optional.empty();
        };
    }

    /// What a record means for whether something is unsent.
    public enum Kind {
        /// Everything before is settled.
        CHECKPOINT,
        /// Everything before is settled, and something inside perhaps not.
        CHECKPOINT_AND_MORE,
        EDITED,
        SENT,
        ACKNOWLEDGED,
        /// What was in flight is unsent again.
        UNSENT_AGAIN,
        RENAMING,
        RENAMED,
        NEUTRAL
    }

    /// Empty: these bytes are not a record.
    public static Optional<JournalRecord> decode(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var entry = read(in);
            return in.read() < 0 ? Optional.of(entry) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JournalRecord edited(DataInputStream in, boolean joinsStep) throws IOException {
        Intent intent = known(Intent.ofWord(in.readUTF()));
        return new JournalRecord.Edited(change(in), intent, joinsStep);
    }

    private static JournalRecord read(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case CHECKPOINT -> checkpoint(in, false);
            case CHECKPOINT_AND_MORE -> checkpoint(in, true);
            case ENTERED -> new JournalRecord.Entered(new ClientId(in.readUTF()), role(in));
            case EDITED -> edited(in, false);
            case EDITED_ON -> edited(in, true);
            case REOPENED -> new JournalRecord.Reopened();
            case UNSENT -> new JournalRecord.Unsent();
            case SENT -> new JournalRecord.Sent(in.readLong(), false);
            case SENT_WHOLE -> new JournalRecord.Sent(in.readLong(), true);
            case OTHERS -> new JournalRecord.Others(new Revision(in.readLong()), change(in));
            case TITLED -> new JournalRecord.Titled(text(in));
            case RENAMING -> new JournalRecord.Renaming(Optional.of(text(in)));
            case RENAMED -> new JournalRecord.Renaming(Optional.empty());
            case ACKNOWLEDGED -> new JournalRecord.Acknowledged(new Revision(in.readLong()));
            default -> throw new IOException("a record of an unknown kind");
        };
    }

    private static JournalRecord checkpoint(DataInputStream in, boolean more) throws IOException {
        return new JournalRecord.Checkpoint(
                text(in),
                new Epoch(in.readUTF()),
                new Revision(in.readLong()),
                Wire.decodeDocument(block(in)),
                role(in),
                Optional.of(in.readUTF()).filter(hex -> !hex.isEmpty()).map(ClientId::new),
                in.readLong(),
                more ? inside(in) : List.of());
    }

    private static List<JournalRecord> inside(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new IOException(count + " records inside a checkpoint");
        }
        var records = new ArrayList<JournalRecord>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = block(in);
            if (bytes.length == 0 || bytes[0] == CHECKPOINT || bytes[0] == CHECKPOINT_AND_MORE) {
                throw new IOException("no record, or a checkpoint inside a checkpoint");
            }
            records.add(decode(bytes).orElseThrow(() -> new IOException("a garbled record inside a checkpoint")));
        }
        return records;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(block(in), StandardCharsets.UTF_8);
    }

    private static Role role(DataInputStream in) throws IOException {
        return known(Role.ofWord(in.readUTF()));
    }

    private static Change change(DataInputStream in) throws IOException {
        return Wire.decodeChange(block(in));
    }

    private static <T> T known(Optional<T> word) throws IOException {
        return word.orElseThrow(() -> new IOException("an unknown word"));
    }

    private static byte[] block(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a block of " + length + " bytes");
        }
        return in.readNBytes(length);
    }
}
