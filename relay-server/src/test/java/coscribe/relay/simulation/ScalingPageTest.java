package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.CanonicalForm;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.relay.sequencing.SequenceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/// What docs/SCALING.md computes follows from its own formulas and from what it says was measured.
class ScalingPageTest {
    private static final int PEOPLE = 5;
    /// In one document of so many somebody types.
    private static final double QUIET = 10;

    private static final double KEYS_PER_SECOND = 5;
    private static final double HOURS_OF_TYPING = 8;
    private static final int CHARACTERS = 5_000;
    private static final double MICROS = 1e6;
    private static final double BUSY_AT_MOST = 0.5;

    private static final String SNAPSHOT = "d, 5,000 characters of one person";

    private final Map<String, Double> measured = ScalingPage.numbers("measured");

    /// A tier.
    private record Size(double relays, double connections) {
        double documents() {
            return connections / PEOPLE;
        }

        /// How many relays have somebody in a document, on average: each person is at any of them.
        double k() {
            return relays * (1 - Math.pow(1 - 1 / relays, PEOPLE));
        }

        double commits() {
            return documents() / QUIET * KEYS_PER_SECOND;
        }

        double messages() {
            return 3 + k() + PEOPLE;
        }

        double snapshots() {
            return commits() / SequenceLimits.DEFAULT.snapshotCommits();
        }

        double looks() {
            return documents() * k() * (1 / QUIET + (1 - 1 / QUIET) / 10);
        }

        double publications() {
            return documents() * k() / 10;
        }
    }

    private static final List<Size> SIZES =
            List.of(new Size(8, 100_000), new Size(40, 500_000), new Size(160, 2_000_000));

    private double bytes(Size size) {
        return bytes(
                "commit",
                size,
                Map.of("s", measured("s").longValue(), "b", measured("b").longValue()));
    }

    private double bytesOfSnapshot(Size size) {
        return bytes("snapshot", size, Map.of("d", measured(SNAPSHOT).longValue()));
    }

    private static double bytes(String table, Size size, Map<String, Long> lengths) {
        return ScalingPage.table(table).values().stream()
                .mapToDouble(row -> {
                    double times = switch (row.times().getFirst()) {
                        case "k" -> size.k();
                        case "k-1" -> size.k() - 1;
                        case "m" -> PEOPLE;
                        default -> 1;
                    };
                    return times * row.each(lengths);
                })
                .sum();
    }

    private Double measured(String what) {
        return measured.getOrDefault(what, Double.NaN);
    }

    /// To hand a small message to one relay, in microseconds.
    private double published() {
        return measured("who is here, published to 5 relays") / 5;
    }

    /// Of one second, in processors.
    private double redis(Size size) {
        double micros = size.commits() * (measured("a commit, 1 relay follows") + (size.k() - 1) * published())
                + size.looks() * measured("a look where the log of a document ends")
                + size.publications() * (measured("who is here, written down") + size.k() * published());
        return micros / MICROS;
    }

    private String row(String what, String format, ToDoubleFunction<Size> figure) {
        var cells = new ArrayList<String>();
        for (Size size : SIZES) {
            cells.add(String.format(Locale.ROOT, format, figure.applyAsDouble(size)));
        }
        return "| " + what + " | " + String.join(" | ", cells) + " |";
    }

    @Test
    void what_is_computed_follows_from_formulas_and_measurements() {
        var rows = List.of(
                row("relays", "%,.0f", Size::relays),
                row("connections", "%,.0f", Size::connections),
                row("documents, 5 people each", "%,.0f", Size::documents),
                row("k, on average", "%.2f", Size::k),
                row("commits a second", "%,.0f", Size::commits),
                row("messages a commit, 3 + k + 5", "%.2f", Size::messages),
                row("messages a second, for commits", "%,.0f", size -> size.commits() * size.messages()),
                row("bytes a commit", "%,.0f", this::bytes),
                row(
                        "MB a second, for commits, everywhere together",
                        "%,.1f",
                        size -> size.commits() * bytes(size) / 1e6),
                row("submissions a second at a relay", "%,.0f", size -> size.commits() / size.relays()),
                row(
                        "commits that a relay hears of a second",
                        "%,.0f",
                        size -> size.commits() * size.k() / size.relays()),
                row("frames that a relay sends a second", "%,.0f", size -> size.commits() * PEOPLE / size.relays()),
                row("snapshots a second", "%,.0f", Size::snapshots),
                row("looks whether a snapshot is there a second", "%,.0f", size -> size.snapshots() * (size.k() - 1)),
                row(
                        "MB a second, for snapshots of 5,000 characters",
                        "%,.1f",
                        size -> size.snapshots() * bytesOfSnapshot(size) / 1e6),
                row("looks at a log's end a second", "%,.0f", Size::looks),
                row("publications of who is here a second", "%,.0f", Size::publications),
                row("processors that Redis needs", "%.1f", this::redis),
                row("Redis, each half busy", "%,.0f", size -> Math.ceil(redis(size) / BUSY_AT_MOST)),
                row(
                        "GB of Redis for the commits of a day (8 hours)",
                        "%,.0f",
                        size -> size.commits()
                                * HOURS_OF_TYPING
                                * 3_600
                                * measured("bytes a commit kept, in segments")
                                / 1e9));
        assertThat(ScalingPage.text().lines()).as(String.join("\n", rows)).containsAll(rows);
    }

    @Test
    void a_snapshot_is_as_long_as_the_page_says() {
        var author = Attributes.of(Schema.AUTHOR, Value.of("a".repeat(32)));
        var typed = Delta.builder().insert("x".repeat(CHARACTERS), author).build(Document.EMPTY.length());
        assertThat(CanonicalForm.of(Document.EMPTY.apply(Change.of(typed))))
                .hasSize(measured(SNAPSHOT).intValue());
    }
}
