package coscribe.relay.cli.load;

import coscribe.ot.protocol.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Everybody connects at once: a relay came back, or it is Monday morning. Who is sent away comes
/// back as an editor would: after what the relay asked for, and a random wait on top, whose bound
/// doubles from 1 s to 30 s.
final class StormLoad implements LoadClient.Watcher {
    private static final Duration IN_WITHIN = Duration.ofMinutes(3);
    /// How long the relay is given to see who hung up.
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);
    private static final double SECOND = 1e9;

    private final LoadPlan plan;
    private final Workload.Storm storm;
    private final People people;
    private final LoadLoop loop;
    private final RandomGenerator random;
    private final Consumer<String> tell;
    private final Figures joins = new Figures();
    private final CpuMeter cpu;
    /// By the number of who tries: when they first did, and how often it failed since.
    private final long[] firstNanos;

    private final int[] failed;
    private int arrived;
    private long lastNanos;
    private long sentAway;
    private boolean on;

    StormLoad(
            LoadPlan plan,
            Workload.Storm storm,
            People people,
            LoadLoop loop,
            RandomGenerator random,
            Consumer<String> tell) {
        this.plan = plan;
        this.storm = storm;
        this.people = people;
        this.loop = loop;
        this.random = random;
        this.tell = tell;
        this.cpu = new CpuMeter(plan.pids());
        this.firstNanos = new long[plan.people()];
        this.failed = new int[plan.people()];
    }

    LoadResult.Stormed run() {
        people.comeIn(people.all());
        people.fill();
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < plan.rounds(); i++) {
            people.hangUp();
            var _ = loop.run(() -> false, System.nanoTime() + NOTICED_WITHIN.toNanos());
            rounds.add(round());
            tell.accept("round " + (i + 1) + ": " + rounds.getLast());
        }
        return result(rounds);
    }

    private Round round() {
        joins.clear();
        Arrays.fill(failed, 0);
        arrived = 0;
        sentAway = 0;
        on = true;
        cpu.start();
        loop.watch();
        long start = System.nanoTime();
        for (var client : people.all()) {
            loop.at(start + jitter(storm.within()), () -> first(client));
        }
        boolean all =
                loop.run(() -> arrived == plan.people(), start + storm.within().toNanos() + IN_WITHIN.toNanos());
        on = false;
        double seconds = ((all ? lastNanos : System.nanoTime()) - start) / SECOND;
        return new Round(
                arrived,
                seconds,
                LoadResult.Spread.of(joins),
                sentAway,
                Medians.per(cpu.millis(), arrived),
                loop.watched(),
                all);
    }

    private long jitter(Duration bound) {
        return (long) (random.nextDouble() * bound.toNanos());
    }

    private void first(LoadClient client) {
        firstNanos[client.number()] = System.nanoTime();
        client.start(this);
    }

    @Override
    public void joined(LoadClient client, long nanos) {
        lastNanos = System.nanoTime();
        arrived++;
        joins.add(lastNanos - firstNanos[client.number()]);
    }

    @Override
    public void lost(LoadClient client, LoadClient.Lost how) {
        if (how.comeBack().isEmpty()) {
            people.lost().add(how.why());
        } else {
            sentAway++;
        }
        if (client.hasJoined()) {
            return;
        }
        Duration wait = how.comeBack().orElse(Duration.ZERO);
        long due = System.nanoTime() + wait.toNanos() + jitter(Backoff.bound(++failed[client.number()], wait));
        loop.at(due, () -> {
            if (on) {
                client.start(this);
            }
        });
    }

    private record Round(
            double joined,
            double seconds,
            LoadResult.Spread joins,
            double sentAway,
            OptionalDouble cpuPerJoin,
            Generator generator,
            boolean all) {
        @Override
        public String toString() {
            return String.format(
                    "%,.0f in within %.2f s, p50 %.0f ms, p99 %.0f ms, sent away %,.0f times",
                    joined, seconds, joins.p50(), joins.p99(), sentAway);
        }
    }

    private LoadResult.Stormed result(List<Round> rounds) {
        return new LoadResult.Stormed(
                (int) Medians.of(rounds, Round::joined),
                Medians.of(rounds, Round::seconds),
                Medians.spread(rounds, Round::joins),
                (long) Medians.of(rounds, Round::sentAway),
                Medians.known(rounds, Round::cpuPerJoin),
                Medians.generator(rounds, Round::generator),
                people.lost(),
                rounds.stream().allMatch(Round::all));
    }
}
