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
import java.util.Locale;

/// A recorded session typed into a document, one validated change for each transaction, against the
/// same keystrokes in a bare gap buffer.
final class Replay {
    private static final double MUST = 10;
    private static final int LONG = 260_000;

    private Replay() {}

    static void report(Recording recording, Report report, Timing timing) {
        var taken = Taken.by(Flat.of(recording), timing);
        report.goal(
                "2",
                taken.what(),
                taken.ours(),
                taken.against(),
                taken.ratio(),
                "<= 10 x",
                taken.nanos <= MUST * taken.bareNanos);
    }

    /// As many keystrokes as the recording that others are measured with; it is not among ours.
    static void reportLong(List<Recording> flat, Report report, Timing timing) {
        String name = String.format(
                Locale.ROOT, "a stand-in of %,d keystrokes (%d recordings, again and again)", LONG, flat.size());
        var taken = Taken.by(Flat.oneBehindTheOther(name, flat, LONG), timing);
        report.figure("1", taken.what(), taken.ours(), taken.against(), taken.ratio());
    }

    private record Taken(String name, int transactions, double nanos, double bareNanos) {
        static Taken by(Recording flat, Timing timing) {
            verify(flat, replay(flat).text().plain(), "the document");
            verify(flat, bare(flat) + "\n", "the gap buffer");
            var times = timing.of(List.of(() -> replay(flat), () -> bare(flat)));
            return new Taken(
                    flat.name(),
                    flat.txns().size(),
                    times.get(0).median(),
                    times.get(1).median());
        }

        String what() {
            return "replay " + name + ", " + String.format(Locale.ROOT, "%,d", transactions)
                    + " transactions, each built, checked, applied; end text verified";
        }

        String ours() {
            return Report.nanos(nanos) + " (" + Report.nanos(nanos / transactions) + " each)";
        }

        String against() {
            return "gap buffer " + Report.nanos(bareNanos) + " (" + Report.nanos(bareNanos / transactions) + ")";
        }

        String ratio() {
            return Report.times(nanos / bareNanos);
        }
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
