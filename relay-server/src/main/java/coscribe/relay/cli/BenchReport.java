package coscribe.relay.cli;

import coscribe.relay.cli.load.Generator;
import coscribe.relay.cli.load.LoadPlan;
import coscribe.relay.cli.load.LoadResult;
import coscribe.relay.cli.load.Workload;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a load found, as a row of figures and as sentences.
final class BenchReport {
    private static final double SLOW_MILLIS = 100;
    private static final double LONG_MILLIS = 10_000;

    private final String workload;
    private final LoadPlan plan;
    private final LoadResult result;

    BenchReport(String workload, LoadPlan plan, LoadResult result) {
        this.workload = workload;
        this.plan = plan;
        this.result = result;
    }

    /// Name and value, in order. Empty where nobody knows.
    Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("workload", workload);
        fields.put("clients", Integer.toString(plan.allPeople()));
        fields.put("docs", Integer.toString(plan.allDocuments()));
        fields.put("chars", Integer.toString(plan.characters()));
        switch (result) {
            case LoadResult.Typed typed -> typed(typed, fields);
            case LoadResult.Stormed stormed -> stormed(stormed, fields);
            case LoadResult.Idled idled -> idled(idled, fields);
        }
        fields.put("lost", Integer.toString(result.lost().size()));
        generator(result.generator(), fields);
        return fields;
    }

    private void typed(LoadResult.Typed typed, Map<String, String> fields) {
        if (plan.workload() instanceof Workload.Typing typing) {
            fields.put("writers", Integer.toString(typing.everybody() ? plan.people() : plan.documents()));
            fields.put("rate", decimal(typing.rate()));
            fields.put("carets", Boolean.toString(typing.carets()));
        }
        fields.put("keystrokes", Long.toString(typed.keystrokes()));
        fields.put("commits", Long.toString(typed.commits()));
        fields.put("commits_per_s", decimal(typed.commitsPerSecond()));
        fields.put("saved_per_s", decimal(typed.savedPerSecond()));
        spread("", typed.screens(), fields);
        spread("saved_", typed.saved(), fields);
        fields.put("cpu_ms_per_commit", decimal(typed.cpuPerCommit()));
        fields.put("texts_equal", Boolean.toString(typed.equal()));
    }

    private void stormed(LoadResult.Stormed stormed, Map<String, String> fields) {
        if (plan.workload() instanceof Workload.Storm storm) {
            fields.put("within_s", decimal(storm.within().toMillis() / 1e3));
        }
        fields.put("joined", Integer.toString(stormed.joined()));
        fields.put("last_in_s", decimal(stormed.seconds()));
        fields.put("joins_per_s", decimal(stormed.joinsPerSecond()));
        spread("join_", stormed.joins(), fields);
        fields.put("sent_away", Long.toString(stormed.sentAway()));
        fields.put("cpu_ms_per_join", decimal(stormed.cpuPerJoin()));
    }

    private static void idled(LoadResult.Idled idled, Map<String, String> fields) {
        fields.put("resident_kib_each_first", decimal(idled.first()));
        fields.put("resident_kib_each_further", decimal(idled.further()));
        fields.put("heap_kib_each_further", decimal(idled.heap()));
        fields.put("resident_mib", mebibytes(idled.all().resident()));
        fields.put("heap_mib", mebibytes(idled.all().heap()));
        fields.put("cpu_percent", percent(idled.cpu()));
    }

    /// Nothing where nothing was measured, as where everybody is alone in their document.
    private static void spread(String name, LoadResult.Spread spread, Map<String, String> fields) {
        boolean any = spread.most() > 0;
        fields.put(name + "p50_ms", any ? decimal(spread.p50()) : "");
        fields.put(name + "p95_ms", any ? decimal(spread.p95()) : "");
        fields.put(name + "p99_ms", any ? decimal(spread.p99()) : "");
        fields.put(name + "most_ms", any ? decimal(spread.most()) : "");
    }

    private void generator(Generator generator, Map<String, String> fields) {
        fields.put("generator_late_p99_ms", decimal(generator.lateMillis()));
        fields.put("generator_busy_percent", percent(OptionalDouble.of(generator.busy())));
        fields.put("limit", result.wasGeneratorTheLimit() ? "generator" : "");
    }

    // --- sentences

    /// What an administrator makes of it.
    String verdict() {
        if (!result.isGood()) {
            return "Not good: " + whatIsWrong();
        }
        if (result.wasGeneratorTheLimit()) {
            return String.format(
                    Locale.ROOT,
                    "The generator was the limit, not the relay: its thread was at work %.0f %% of the time, and 1 of"
                            + " 100 times more than %s ms late. The figures say how it fared, and little of the relay."
                            + " Take fewer clients or a lower rate, or wait until this computer has less to do.",
                    result.generator().busy() * 100,
                    decimal(result.generator().lateMillis()));
        }
        return switch (result) {
            case LoadResult.Typed typed -> typed(typed);
            case LoadResult.Stormed stormed -> stormed(stormed);
            case LoadResult.Idled idled -> idled(idled);
        };
    }

    private String whatIsWrong() {
        String broken = result.lost().size() + " connections broke";
        return switch (result) {
            case LoadResult.Typed typed ->
                broken + ", texts " + (typed.equal() ? "equal." : "not equal everywhere, or not in time.");
            case LoadResult.Stormed stormed -> broken + ", " + stormed.joined() + " of " + plan.people() + " came in.";
            case LoadResult.Idled ignored -> broken + ".";
        };
    }

    private static String typed(LoadResult.Typed typed) {
        boolean alone = typed.screens().most() == 0;
        double millis = alone ? typed.saved().p99() : typed.screens().p99();
        String p99 = decimal(millis);
        return millis > SLOW_MILLIS
                ? "Too much for this computer: 1 keystroke of 100 took longer than " + p99 + " ms."
                : "Good: 99 of 100 keystrokes were " + (alone ? "saved" : "on everybody's screen") + " within " + p99
                        + " ms.";
    }

    private String stormed(LoadResult.Stormed stormed) {
        String all = "all " + stormed.joined() + " were in after " + decimal(stormed.seconds())
                + " s, 99 of 100 within "
                + decimal(stormed.joins().p99()) + " ms of their first attempt"
                + (stormed.sentAway() == 0 ? "" : "; " + stormed.sentAway() + " times somebody was told to come later")
                + ".";
        if (stormed.joins().p99() > LONG_MILLIS) {
            return "Too much for this computer: " + all;
        }
        return "Good: " + all
                + (plan.workload() instanceof Workload.Storm storm
                                && stormed.seconds() < storm.within().toMillis() / 1e3 * 1.2
                        ? " It could take more: the last was in nearly as soon as they came."
                        : "");
    }

    private static String idled(LoadResult.Idled idled) {
        if (idled.further().isEmpty()) {
            return "Nobody tells the memory: " + idled.connections() + " connections stayed.";
        }
        double kib = idled.further().getAsDouble();
        return String.format(
                Locale.ROOT,
                "Good: %d connections stayed; a further one takes %.1f KiB, so 10000 of them %.0f MiB.",
                idled.connections(),
                kib,
                kib * 10_000 / 1_024);
    }

    private static String decimal(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 1 ? "%.2f" : "%.3f", value);
    }

    private static String decimal(OptionalDouble value) {
        return value.isPresent() ? decimal(value.getAsDouble()) : "";
    }

    private static String mebibytes(OptionalLong bytes) {
        return bytes.isPresent() ? decimal(bytes.getAsLong() / 1_048_576.0) : "";
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? String.format(Locale.ROOT, "%.1f", share.getAsDouble() * 100) : "";
    }
}
