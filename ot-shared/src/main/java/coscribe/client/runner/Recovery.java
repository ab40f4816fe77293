package coscribe.client.runner;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.session.JournalRecord;
import coscribe.ot.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes text for people out of journal records that cannot be applied.
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private Recovery() {}

    /// The document as it was last shown, where the records tell it from a checkpoint on; else what
    /// was typed, one edit to a paragraph. Empty: nobody typed anything.
    public static Optional<Document> textOf(PersonId person, DocumentId document, List<JournalRecord> records) {
        int checkpoint = -1;
        for (int i = 0; i < records.size(); i++) {
            checkpoint = records.get(i) instanceof JournalRecord.Checkpoint ? i : checkpoint;
        }
        if (checkpoint >= 0) {
            try {
                var session = Session.restored(person, document, records.subList(checkpoint, records.size()));
                return session.textSaved() ? Optional.empty() : Optional.of(session.shown());
            } catch (RuntimeException e) {
                LOG.info("records with gaps, only what was typed is recovered", e);
            }
        }
        return typed(records);
    }

    private static List<JournalRecord> flat(List<JournalRecord> records) {
        return records.stream()
                .flatMap(entry -> entry instanceof JournalRecord.Checkpoint checkpoint
                        ? checkpoint.then().stream()
                        : Stream.of(entry))
                .toList();
    }

    private static Optional<Document> typed(List<JournalRecord> records) {
        var out = Delta.builder();
        boolean any = false;
        for (JournalRecord entry : flat(records)) {
            if (entry instanceof JournalRecord.Edited(var change, var _, var _)
                    && change.delta().insertedLength() > 0) {
                change.delta().forEach(new Delta.Visitor() {
                    @Override
                    public void retain(int length, Attributes set) {}

                    @Override
                    public void insert(String source, int from, int to, Attributes set) {
                        out.insert(source, from, to, set);
                    }

                    @Override
                    public void delete(int length) {}
                });
                out.insert("\n");
                any = true;
            }
        }
        return any
                ? Optional.of(Document.EMPTY.apply(Change.of(out.build(Document.EMPTY.length()))))
                : Optional.empty();
    }
}
