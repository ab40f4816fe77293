package coscribe.bench.relay;

import com.fasterxml.jackson.databind.JsonNode;
import coscribe.bench.process.Child;
import coscribe.bench.process.RedisChild;
import coscribe.bench.process.RelayChild;
import coscribe.bench.process.TemporaryFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `./bench relay`: `coscribe-relay bench` against a relay that is started for it, on each store;
/// then the same load once more with a profiler attached.
public final class RelayBench {
    public static final String USAGE =
            "relay [--quick]   office and storm on the embedded store and on Redis, with a profile";

    private static final List<String> OFFICE =
            List.of("office", "--clients", "500", "--docs", "100", "--rate", "5", "--chars", "5000");
    private static final List<String> MEASURED = List.of("--warm-up", "5s", "--duration", "6s", "--rounds", "5");
    private static final List<String> MEASURED_QUICKLY =
            List.of("--warm-up", "3s", "--duration", "2s", "--rounds", "1");

    /// Everybody joins and the documents are filled first; a profile is of the typing behind that.
    private static final List<String> ONCE = List.of("--rounds", "1", "--warm-up", "2s", "--duration");

    private static final String TYPING_BEGINS = "warming for ";

    /// The office at four times its speed.
    private static final List<String> WARMING =
            List.of("office", "--clients", "500", "--docs", "100", "--rate", "20", "--chars", "5000");

    private static final double COLD_PERCENT = 5;
    private static final int WARMED_AT_MOST = 10;
    private static final List<String> STORM = List.of("storm", "--clients", "2000", "--docs", "400", "--chars", "5000");
    private static final int PROFILE_AFTER_SECONDS = 2; // the load's own warming
    private static final int WARMING_SECONDS = 10;
    private static final int PROFILE_SECONDS = 60;
    private static final int SHOWN = 8;
    private static final Duration TYPING_WITHIN = Duration.ofMinutes(2);
    private static final int LOOK_AGAIN_MILLIS = 20;

    private final PrintStream out;
    private final PrintStream progress;
    private final Path home;

    private enum Setting {
        EMBEDDED("embedded, strict (every commit forced)"),
        REDIS_ALWAYS("Redis, strict (appendfsync always)"),
        REDIS_NOTHING("Redis, volatile (keeps nothing on disk)");

        final String shown;

        Setting(String shown) {
            this.shown = shown;
        }
    }

    public RelayBench(PrintStream out, PrintStream progress, Path home) {
        this.out = out;
        this.progress = progress;
        this.home = home;
    }

    public int run(List<String> arguments) {
        if (!List.of("--quick").containsAll(arguments)) {
            progress.println("usage: " + USAGE);
            return 2;
        }
        var measured = arguments.isEmpty() ? MEASURED : MEASURED_QUICKLY;
        out.println("| store | p50 ms | p95 ms | p99 ms | generator late p99 ms | relay CPU ms per commit |"
                + " joins/s | join p50 ms | join p99 ms | CPU ms per join | sent away | lost | texts equal |"
                + " the generator was the limit of |");
        out.println("|" + " --- |".repeat(14));
        var profiles = new ArrayList<String>();
        boolean good = true;
        for (Setting setting : Setting.values()) {
            good &= measure(setting, measured, profiles);
        }
        out.println();
        profiles.forEach(out::println);
        return good ? 0 : 1;
    }

    private boolean measure(Setting setting, List<String> measured, List<String> profiles) {
        try (var temporary = TemporaryFolder.of("relay-bench");
                var redis = redis(setting, temporary.path());
                var relay = RelayChild.start("relay", home, temporary.path(), redis.store, List.of())) {
            progress.println(setting.shown);
            Path folder = temporary.path();
            var profile = Profile.in(folder);
            var warm = measured == MEASURED ? warmed(relay, folder, profile) : List.<Profile.Share>of();
            var office = load(relay, folder, joined(OFFICE, measured));
            profiles.add(setting.shown + ": " + shown(warm));
            progress.println("storm");
            var storm = load(relay, folder, STORM);
            out.println("| "
                    + String.join(
                            " | ",
                            setting.shown,
                            text(office, "p50_ms"),
                            text(office, "p95_ms"),
                            text(office, "p99_ms"),
                            text(office, "generator_late_p99_ms"),
                            text(office, "cpu_ms_per_commit"),
                            text(storm, "joins_per_s"),
                            text(storm, "join_p50_ms"),
                            text(storm, "join_p99_ms"),
                            text(storm, "cpu_ms_per_join"),
                            text(storm, "sent_away"),
                            text(office, "lost"),
                            text(office, "texts_equal"),
                            limits(office, storm))
                    + " |");
            return text(office, "texts_equal").equals("true")
                    && text(office, "lost").equals("0")
                    && text(storm, "lost").equals("0");
        }
    }

    private static String limits(JsonNode office, JsonNode storm) {
        return Stream.of(office, storm)
                .filter(load -> !text(load, "limit").isEmpty())
                .map(load -> text(load, "workload"))
                .collect(Collectors.joining(", "));
    }

    private record Redis(List<RedisChild> child, RelayChild.Store store) implements AutoCloseable {
        @Override
        public void close() {
            child.forEach(RedisChild::close);
        }
    }

    private static Redis redis(Setting setting, Path folder) {
        if (setting == Setting.EMBEDDED) {
            return new Redis(List.of(), new RelayChild.Store.Embedded());
        }
        boolean strict = setting == Setting.REDIS_ALWAYS;
        var child = RedisChild.start(folder, strict ? RedisChild.Keeping.ALWAYS : RedisChild.Keeping.NOTHING);
        return new Redis(List.of(child), new RelayChild.Store.Redis(child.url(), strict));
    }

    private JsonNode load(RelayChild relay, Path folder, List<String> options) {
        return LoadChild.run(home, folder, List.of(relay), options, progress);
    }

    /// Loads the relay until it compiles hardly anything, and joins people meanwhile. Answers where
    /// its processor time goes then, under the same load.
    private List<Profile.Share> warmed(RelayChild relay, Path folder, Profile profile) {
        for (int round = 1; round <= WARMED_AT_MOST; round++) {
            var _ = load(relay, folder, STORM);
            var last = profiled(relay, folder, profile, WARMING_SECONDS);
            double compiling = last.stream()
                    .filter(share -> share.where().equals(Profile.COMPILING))
                    .mapToDouble(Profile.Share::percent)
                    .sum();
            long samples = last.stream().mapToLong(Profile.Share::samples).sum();
            progress.printf(
                    Locale.ROOT, "warming, round %d: %.1f %% of %,d samples compiling%n", round, compiling, samples);
            if (compiling < COLD_PERCENT) {
                break;
            }
        }
        return profiled(relay, folder, profile, PROFILE_SECONDS);
    }

    private List<Profile.Share> profiled(RelayChild relay, Path folder, Profile profile, int seconds) {
        var once = joined(ONCE, List.of(seconds + PROFILE_AFTER_SECONDS + "s"));
        try (var child = LoadChild.start(home, folder, List.of(relay), joined(WARMING, once))) {
            awaitTyping(child);
            TimeUnit.SECONDS.sleep(PROFILE_AFTER_SECONDS);
            profile.start(relay.pid());
            TimeUnit.SECONDS.sleep(seconds);
            profile.stop(relay.pid());
            var _ = child.exitCode(LoadChild.WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return profile.shares();
    }

    private static void awaitTyping(Child load) throws InterruptedException {
        long deadline = System.nanoTime() + TYPING_WITHIN.toNanos();
        while (!load.complaints().contains(TYPING_BEGINS)) {
            if (!load.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the load did not begin to type:\n" + load.complaints());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static String shown(List<Profile.Share> shares) {
        long samples = shares.stream().mapToLong(Profile.Share::samples).sum();
        return String.format(Locale.ROOT, "%,d samples: ", samples)
                + String.join(
                        ", ",
                        shares.stream()
                                .limit(SHOWN)
                                .map(share -> String.format(Locale.ROOT, "%s %.0f %%", share.where(), share.percent()))
                                .toList());
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asText();
    }

    private static List<String> joined(List<String> one, List<String> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
