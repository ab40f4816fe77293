package coscribe.client.journal;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.kit.Gen;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.session.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Draws journal records of every kind. A journal does not ask whether they make sense together.
public final class Records {
    private Records() {}

    public static JournalRecord any(Gen gen) {
        return switch (gen.below(9)) {
            case 0 ->
                new JournalRecord.Checkpoint(
                        gen.text(gen.below(5)),
                        new Epoch("e".repeat(32)),
                        new Revision(gen.below(1_000_000)),
                        document(gen),
                        gen.pick(Role.values()),
                        gen.chance(50) ? Optional.empty() : Optional.of(new ClientId("c".repeat(32))),
                        1 + gen.below(1_000),
                        some(gen, gen.below(4)).stream()
                                .filter(entry -> !(entry instanceof JournalRecord.Checkpoint))
                                .toList());
            case 1 -> new JournalRecord.Entered(new ClientId("d".repeat(32)), gen.pick(Role.values()));
            case 2 -> new JournalRecord.Edited(change(gen), gen.pick(Intent.values()), gen.chance(50));
            case 3 -> new JournalRecord.Sent(1 + gen.below(1_000), gen.chance(50));
            case 4 -> new JournalRecord.Others(new Revision(gen.below(1_000_000)), change(gen));
            case 5 -> new JournalRecord.Reopened();
            case 6 -> new JournalRecord.Titled(gen.text(gen.below(5)));
            case 7 ->
                new JournalRecord.Renaming(gen.chance(50) ? Optional.empty() : Optional.of(gen.text(gen.below(5))));
            default -> new JournalRecord.Acknowledged(new Revision(gen.below(1_000_000)));
        };
    }

    public static List<JournalRecord> some(Gen gen, int count) {
        var records = new ArrayList<JournalRecord>();
        for (int i = 0; i < count; i++) {
            records.add(any(gen));
        }
        return records;
    }

    /// An edit whose record takes at least this many bytes.
    public static JournalRecord large(int bytes) {
        return new JournalRecord.Edited(
                Change.of(Delta.builder().insert("x".repeat(bytes)).build(1)), Intent.EDIT, false);
    }

    private static Change change(Gen gen) {
        return gen.commit(gen.change(gen.document()));
    }

    private static Document document(Gen gen) {
        return Document.EMPTY.apply(
                Change.of(Delta.builder().insert(gen.text(gen.below(40))).build(Document.EMPTY.length())));
    }
}
