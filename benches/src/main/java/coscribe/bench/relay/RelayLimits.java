package coscribe.bench.relay;

import com.fasterxml.jackson.databind.JsonNode;
import coscribe.bench.process.RedisChild;
import coscribe.bench.process.RelayChild;
import coscribe.bench.process.TemporaryFolder;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `./bench relay-limits`: what one relay or one Redis has to carry, each by itself, against what was
/// set as a goal.
public final class RelayLimits {
    public static final String USAGE =
            "relay-limits [commits|heap|relays|long|redis ...]   what one relay and one Redis have to carry";

    /// Everybody of 64 documents strikes so fast that 5,000 commits a second are asked for, and a few more.
    private static final List<String> COMMITS = List.of(
            "spread",
            "--clients",
            "128",
            "--docs",
            "64",
            "--rate",
            "41",
            "--warm-up",
            "20s",
            "--duration",
            "15s",
            "--rounds",
            "3");
    private static final double COMMITS_PER_SECOND = 5_000;
    private static final double COMMITS_P99_MILLIS = 20;

    /// Comes twice: 12,500 connections.
    private static final List<String> HALF =
            List.of("idle", "--clients", "6250", "--docs", "1250", "--duration", "30s");
    private static final int HALF_PEOPLE = 6_250;
    private static final String HEAP = "-Xmx1g";

    private static final List<String> HOT =
            List.of("hot", "--clients", "64", "--rate", "5", "--warm-up", "20s", "--duration", "30s");
    private static final int SEVERAL = 8;
    private static final double LONGEST_WAIT_MILLIS = 2_000;
    private static final double LEAST_OF_ONE = 0.7;

    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final PrintStream out;
    private final PrintStream progress;
    private final Path home;

    /// Something that is to be reached.
    private enum Limit {
        COMMITS,
        HEAP,
        RELAYS,
        LONG,
        REDIS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A line of the table.
    ///
    /// @param must  as it was set
    record Row(String what, String found, String must, boolean met) {}

    public RelayLimits(PrintStream out, PrintStream progress, Path home) {
        this.out = out;
        this.progress = progress;
        this.home = home;
    }

    /// Answers the exit code: 0 where all that was asked for is reached, 1 where not, 2 where there is
    /// no such limit.
    public int run(List<String> arguments) {
        var known = List.of(Limit.values());
        var words = known.stream().map(Limit::word).toList();
        if (!words.containsAll(arguments)) {
            progress.println("usage: " + USAGE);
            return 2;
        }
        out.println("| limit | found | must | | load average before and after |");
        out.println("|" + " --- |".repeat(5));
        boolean met = true;
        for (Limit limit : known) {
            if (arguments.isEmpty() || arguments.contains(limit.word())) {
                met &= run(limit);
            }
        }
        return met ? 0 : 1;
    }

    private boolean run(Limit limit) {
        progress.println(limit.word() + " ...");
        double before = loadAverage();
        try (var folder = TemporaryFolder.of("relay-limits")) {
            var rows = switch (limit) {
                case COMMITS -> commits(folder.path());
                case HEAP -> heap(folder.path());
                case RELAYS -> relays(folder.path());
                case LONG -> new LongDocumentLimit(home, progress).run(folder.path());
                case REDIS -> RedisCosts.run(folder.path());
            };
            double after = loadAverage();
            rows.forEach(row -> out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.1f, %.1f |%n",
                    row.what,
                    row.found,
                    row.must,
                    row.must.isEmpty() ? "" : row.met ? "met" : "**missed**",
                    before,
                    after));
            return rows.stream().allMatch(Row::met);
        }
    }

    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private List<Row> commits(Path folder) {
        try (var redis = RedisChild.start(folder, RedisChild.Keeping.ALWAYS);
                var relay = relay("relay", folder, redis, List.of())) {
            var load = LoadChild.run(home, folder, List.of(relay), COMMITS, progress);
            double perSecond = number(load, "commits_per_s");
            double p99 = number(load, "saved_p99_ms");
            return List.of(new Row(
                    "64 documents, strict, one Redis that forces every commit",
                    String.format(
                            Locale.ROOT,
                            "%,.0f commits/s, saved p50 %.2f and p99 %.2f ms; %s ms of the relay's processor time each%s",
                            perSecond,
                            number(load, "saved_p50_ms"),
                            p99,
                            load.path("cpu_ms_per_commit").asText(),
                            generator(load)),
                    "5,000/s, p99 < 20 ms",
                    isWell(load) && perSecond >= COMMITS_PER_SECOND && p99 < COMMITS_P99_MILLIS));
        }
    }

    private List<Row> heap(Path folder) {
        try (var redis = RedisChild.start(folder, RedisChild.Keeping.ALWAYS);
                var relay = relay("relay", folder, redis, List.of(HEAP))) {
            var options = new ArrayList<>(HALF);
            options.addAll(List.of("--metrics-bind", "127.0.0.1:" + relay.metricsPort()));
            var load = LoadChild.run(home, folder, List.of(relay), options, progress);
            boolean all = number(load, "lost") == 0 && relay.isAlive();
            return List.of(new Row(
                    String.format(Locale.ROOT, "%,d joined connections, %s", 2 * HALF_PEOPLE, HEAP),
                    String.format(
                            Locale.ROOT,
                            "%s; heap behind a collection %s MiB, resident %s MiB; %s KiB of heap and %s KiB resident for each"
                                    + " of the second half; %s %% of one processor while all rest",
                            all ? "all stayed" : load.path("lost").asText() + " lost",
                            load.path("heap_mib").asText(),
                            load.path("resident_mib").asText(),
                            load.path("heap_kib_each_further").asText(),
                            load.path("resident_kib_each_further").asText(),
                            load.path("cpu_percent").asText()),
                    "12,500 in 1 GiB",
                    all));
        }
    }

    private List<Row> relays(Path folder) {
        var one = hot(folder.resolve("one"), 1);
        var several = hot(folder.resolve("several"), SEVERAL);
        double ratio = number(several.load, "saved_per_s") / number(one.load, "saved_per_s");
        boolean well = isWell(one.load) && isWell(several.load);
        return List.of(
                new Row("1 document, 64 editors at 5 keys a second, 1 relay", shown(one), "", isWell(one.load)),
                new Row(
                        "the same on 8 relays",
                        shown(several),
                        "nobody waits over 2 s",
                        well && number(several.load, "saved_most_ms") < LONGEST_WAIT_MILLIS),
                new Row(
                        "keystrokes saved a second, 8 relays against 1",
                        String.format(Locale.ROOT, "%.2f", ratio),
                        ">= 0.7",
                        well && ratio >= LEAST_OF_ONE));
    }

    /// @param lostRaces  of a hundred batches, how many were sent when another relay's had come first
    private record Hot(JsonNode load, double lostRaces) {}

    private Hot hot(Path folder, int count) {
        var there = TemporaryFolder.fresh(folder);
        try (var redis = RedisChild.start(there, RedisChild.Keeping.ALWAYS)) {
            var relays = new ArrayList<RelayChild>();
            try {
                for (int i = 1; i <= count; i++) {
                    relays.add(relay("relay" + i, there, redis, List.of()));
                }
                var load = LoadChild.run(home, there, relays, HOT, progress);
                double lost = sum(relays, "coscribe_batches_total{outcome=\"lost race\"}");
                return new Hot(load, 100 * lost / sum(relays, "coscribe_batches_total{"));
            } finally {
                relays.forEach(RelayChild::close);
            }
        }
    }

    private static double sum(List<RelayChild> relays, String metrics) {
        return relays.stream().mapToDouble(relay -> relay.sumOfMetrics(metrics)).sum();
    }

    private static String shown(Hot hot) {
        var load = hot.load;
        return String.format(
                Locale.ROOT,
                "%.0f keystrokes/s saved in %.0f commits/s; %.1f %% of batches lost a race; saved p50 %s, p99 %s, most %s ms;"
                        + " %s ms of all relays' processor time a commit%s",
                number(load, "saved_per_s"),
                number(load, "commits_per_s"),
                hot.lostRaces,
                load.path("saved_p50_ms").asText(),
                load.path("saved_p99_ms").asText(),
                load.path("saved_most_ms").asText(),
                load.path("cpu_ms_per_commit").asText(),
                generator(load));
    }

    private RelayChild relay(String name, Path folder, RedisChild redis, List<String> options) {
        return RelayChild.startCounting(
                name, home, folder, new RelayChild.Store.Redis(redis.url(), true), options, DRAIN);
    }

    private static boolean isWell(JsonNode load) {
        return number(load, "lost") == 0 && load.path("texts_equal").asText().equals("true");
    }

    private static String generator(JsonNode load) {
        String said = String.format(
                Locale.ROOT,
                "; generator late by %s ms (p99), at work %s %%",
                load.path("generator_late_p99_ms").asText(),
                load.path("generator_busy_percent").asText());
        return load.path("limit").asText().isEmpty() ? said : said + ": **it was the limit**";
    }

    private static double number(JsonNode load, String field) {
        return Double.parseDouble(load.path(field).asText());
    }
}
