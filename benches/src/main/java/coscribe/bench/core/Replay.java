package coscribe.bench.core;

import coscribe.bench.trace.Flat;
import coscribe.bench.trace.Recording;
import coscribe.bench.trace.Recording.Patch;
import coscribe.bench.trace.Recording.Txn;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import java.util.List;

/// A recorded session typed into a document, one validated change for each transaction, against the
/// same keystrokes in a bare gap buffer.
final class Replay {
    private static final double MUST = 10;

    private Replay() {}

    static void report(Recording recording, Report report, Timing timing) {
        Recording flat = Flat.of(recording);
        verify(flat, replay(flat).text().plain(), "the document");
        verify(flat, bare(flat) + "\n", "the gap buffer");
        var times = timing.of(List.of(() -> replay(flat), () -> bare(flat)));
        double ours = times.get(0).median();
        double anchor = times.get(1).median();
        int n = flat.txns().size();
        report.goal(
                "2",
                "replay " + flat.name() + ", " + String.format("%,d", n)
                        + " transactions, each built, checked, applied; end text verified",
                Report.nanos(ours) + " (" + Report.nanos(ours / n) + " each)",
                "gap buffer " + Report.nanos(anchor) + " (" + Report.nanos(anchor / n) + ")",
                Report.times(ours / anchor),
                "<= 10 x",
                ours <= MUST * anchor);
    }

    private static void verify(Recording recording, String text, String who) {
        if (!text.equals(recording.end() + "\n")) {
            throw new IllegalStateException(
                    recording.name() + " did not end with its recorded text in " + who + "; nothing was measured");
        }
    }

    static Document start(Recording recording) {
        return recording.start().isEmpty()
                ? Document.EMPTY
                : Document.EMPTY.apply(Change.of(
                        Delta.builder().insert(recording.start(), Stamps.of(0)).build(1)));
    }

    static Document replay(Recording recording) {
        return replay(recording, start(recording), Stamps.of(0));
    }

    private static Document replay(Recording recording, Document start, Attributes stamp) {
        Document document = start;
        for (Txn txn : recording.txns()) {
            document = checkedAndApplied(document, Change.of(txn.delta(stamp)));
        }
        return document;
    }

    static Document checkedAndApplied(Document document, Change change) {
        var flaw = Schema.check(change, document.length())
                .or(() -> Schema.checkBoundaries(change.delta(), document.text()));
        if (flaw.isPresent()) {
            throw new IllegalStateException(flaw.get().sentence());
        }
        return document.apply(change);
    }

    static GapBuffer bare(Recording recording) {
        var buffer = new GapBuffer(recording.start());
        for (Txn txn : recording.txns()) {
            for (Patch patch : txn.patches()) {
                buffer.replace(patch.position(), patch.deleted(), patch.inserted());
            }
        }
        return buffer;
    }
}
