package coscribe.bench.core;

import coscribe.bench.trace.Recording;
import coscribe.bench.trace.Recording.Patch;
import coscribe.bench.trace.Recording.Txn;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// The heap that an open document holds after its whole history was typed into it, formatting
/// included, against the bare gap buffer after the same keystrokes. Many copies are made, the
/// garbage is collected, what remains is divided.
final class Held {
    private static final int COPIES = 40;
    private static final int LARGE = 105_000;
    private static final double MUST = 4;

    private Held() {}

    static void report(Recording flat, Report report) {
        report(flat.name(), COPIES, () -> Replay.replay(flat), () -> Replay.bare(flat), report);
    }

    /// A document of 105,000 units: the recordings one behind the other, by two people in turns,
    /// until it is as long.
    static void reportLarge(List<Recording> flat, Report report) {
        report(
                String.format(Locale.ROOT, "the recordings one behind the other, %,d units, two authors", LARGE),
                COPIES / 4,
                () -> large(flat),
                () -> largeBare(flat),
                report);
    }

    private static void report(
            String name, int copies, Supplier<Document> ours, Supplier<GapBuffer> bare, Report report) {
        double held = held(copies, ours);
        double anchor = held(copies, bare);
        int units = ours.get().length();
        report.goal(
                "8",
                "heap held by " + name + " (" + String.format(Locale.ROOT, "%,d", units) + " units)",
                Report.number(held / 1024, "KiB") + " (" + Report.number(held / units, "bytes a unit") + ")",
                "gap buffer " + Report.number(anchor / 1024, "KiB"),
                Report.times(held / anchor),
                "<= 4 x",
                held <= MUST * anchor);
    }

    /// Bytes of heap that one copy holds.
    static <T> double held(int copies, Supplier<T> maker) {
        var kept = new ArrayList<T>(copies);
        long before = used();
        for (int i = 0; i < copies; i++) {
            kept.add(maker.get());
        }
        long after = used();
        if (kept.size() != copies) {
            throw new IllegalStateException("copies were lost");
        }
        return (double) (after - before) / copies;
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static Document large(List<Recording> flat) {
        Document document = Document.EMPTY;
        for (int round = 0; document.length() < LARGE; round++) {
            var recording = flat.get(round % flat.size());
            int behind = document.length() - 1;
            for (Txn txn : recording.txns()) {
                for (Patch patch : txn.patches()) {
                    var delta = Delta.replacement(
                            document.length(),
                            behind + patch.position(),
                            patch.deleted(),
                            patch.inserted(),
                            Stamps.of(round % 2));
                    document = document.apply(Change.of(delta));
                }
                if (document.length() >= LARGE) {
                    break;
                }
            }
        }
        return document;
    }

    private static GapBuffer largeBare(List<Recording> flat) {
        var buffer = new GapBuffer("");
        for (int round = 0; buffer.length() < LARGE - 1; round++) {
            var recording = flat.get(round % flat.size());
            int behind = buffer.length();
            for (Txn txn : recording.txns()) {
                for (Patch patch : txn.patches()) {
                    buffer.replace(behind + patch.position(), patch.deleted(), patch.inserted());
                }
                if (buffer.length() >= LARGE - 1) {
                    break;
                }
            }
        }
        return buffer;
    }
}
