package coscribe.bench.faults;

import coscribe.bench.process.RelayChild;
import coscribe.kit.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// People write at a relay with a small heap. For each kind of assault, stretches without it and with it
/// take turns, so that whatever else this computer does is in both.
///
/// @param home       the repository
/// @param folder     for everything that is written
/// @param people     who write
/// @param perSecond  lines of each
/// @param stretch    how long one lasts; with an assault at least
/// @param rounds     stretches of each sort, for each kind
/// @param times      how often each kind is done, in all its rounds
record Siege(Path home, Path folder, int people, double perSecond, Duration stretch, int rounds, int times, long seed) {
    private static final int AT_ONCE = 4;
    private static final int A_DOCUMENT = 5;
    private static final Duration CALM = Duration.ofSeconds(1);
    private static final String HEAP = "-Xmx256m";

    /// One kind of assault: the 99th percentiles of until others' lines were saved, in ms, and the ratio of
    /// two neighbouring stretches.
    ///
    /// @param failed  of the assaults, how many ended in an error at the attacker: refused, closed, reset
    record Row(Assault assault, int times, int failed, Spread without, Spread with, Spread ratio) {}

    /// @param middle  the median
    record Spread(double least, double middle, double most) {
        static Spread of(List<Double> values) {
            var sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            return new Spread(sorted.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
        }
    }

    /// Throws {@link IllegalStateException} where the relay ends, or anything that was saved is lost.
    ///
    /// @param told  hears of each kind when it is over
    void run(Consumer<Row> told) {
        var layout = new Tier.Layout(Tier.Keeping.EMBEDDED, 1).withJava(HEAP, "-XX:+ExitOnOutOfMemoryError");
        try (var tier = new Tier(home, folder, layout, new Random(seed));
                var crowd = new Crowd(tier, folder, people, A_DOCUMENT, new Random(seed));
                var attackers = Executors.newFixedThreadPool(AT_ONCE)) {
            var relay = tier.relays().getFirst();
            var document = crowd.aDocument();
            var targets = new ArrayList<Assault.Target>();
            for (int i = 0; i < AT_ONCE; i++) {
                targets.add(new Assault.Target(
                        relay.port(), tier.token("intruder-" + i, document), document, new Random(seed + i)));
            }
            crowd.type(perSecond);
            Scene.pause(stretch);
            for (Assault assault : Assault.values()) {
                told.accept(row(assault, crowd, attackers, targets));
                requireAlive(relay, assault);
            }
            crowd.settle();
            var _ = crowd.judge(tier, Duration.ZERO);
        }
    }

    private static void requireAlive(RelayChild relay, Assault assault) {
        if (!relay.isAlive() || relay.complaints().contains("OutOfMemoryError")) {
            throw new IllegalStateException("the relay did not outlive " + assault.word() + ": " + relay.complaints());
        }
    }

    private Row row(Assault assault, Crowd crowd, ExecutorService attackers, List<Assault.Target> targets) {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        var failed = new AtomicInteger();
        for (int round = 0; round < rounds; round++) {
            Scene.pause(CALM);
            var _ = crowd.takeSaved();
            Scene.pause(stretch);
            without.add(crowd.takeSaved().p99());
            attack(assault, attackers, targets, failed);
            with.add(crowd.takeSaved().p99());
            ratios.add(with.getLast() / without.getLast());
        }
        return new Row(
                assault,
                rounds * (times / rounds),
                failed.get(),
                Spread.of(without),
                Spread.of(with),
                Spread.of(ratios));
    }

    /// For a stretch, or until it is done as often as it has to be.
    private void attack(
            Assault assault, ExecutorService attackers, List<Assault.Target> targets, AtomicInteger failed) {
        List<RawClient> kept = Collections.synchronizedList(new ArrayList<>());
        List<Future<Void>> underWay = new ArrayList<>();
        int here = times / rounds;
        long start = System.nanoTime();
        for (int i = 0; i < here; i++) {
            var target = targets.get(i % targets.size());
            Callable<Void> once = () -> {
                try {
                    assault.on(target, kept);
                } catch (IOException e) {
                    failed.incrementAndGet();
                }
                return null;
            };
            underWay.add(attackers.submit(once));
            pauseUntil(start + stretch.toNanos() * (i + 1) / here);
        }
        underWay.forEach(Siege::await);
        kept.forEach(Siege::close);
    }

    private static void pauseUntil(long nanos) {
        Scene.pause(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
    }

    private static void await(Future<Void> attack) {
        try {
            attack.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an assault could not be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void close(RawClient client) {
        try {
            client.close();
        } catch (IOException e) {
            // It is gone.
        }
    }
}
