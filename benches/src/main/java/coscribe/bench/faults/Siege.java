package coscribe.bench.faults;

import coscribe.bench.process.RelayChild;
import coscribe.kit.RawClient;
import coscribe.ot.protocol.DocumentId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
/// @param together   how many do at the same time what is done together, in each round
/// @param assaults   the kinds
record Siege(
        Path home,
        Path folder,
        int people,
        double perSecond,
        Duration stretch,
        int rounds,
        int times,
        int together,
        List<Assault> assaults,
        long seed) {
    private static final int AT_ONCE = 4;
    private static final int A_DOCUMENT = 5;
    private static final Duration CALM = Duration.ofSeconds(1);

    /// Whoever is not done by then, behind a stretch, is cut off.
    private static final Duration OVER_WITHIN = Duration.ofSeconds(30);

    private static final String HEAP = "-Xmx256m";

    /// One kind of assault: the 99th percentiles of until others' lines were saved, in ms, and the ratio of
    /// two neighbouring stretches.
    ///
    /// @param failed  of the assaults, how many ended in an error at the attacker: refused, closed, reset, cut off
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
                var crowd = new Crowd(tier, folder, people, A_DOCUMENT, new Random(seed))) {
            var relay = tier.relays().getFirst();
            var strangers = new Strangers(tier, relay.port(), crowd.aDocument());
            crowd.type(perSecond);
            Scene.pause(stretch);
            for (Assault assault : assaults) {
                told.accept(row(assault, crowd, strangers));
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

    /// Each is somebody new: what one person may ask of a relay is bounded, and who has used it up
    /// attacks nobody.
    private final class Strangers {
        private final Tier tier;
        private final int port;
        private final DocumentId document;
        private int met;

        Strangers(Tier tier, int port, DocumentId document) {
            this.tier = tier;
            this.port = port;
            this.document = document;
        }

        List<Assault.Target> some(int count) {
            var some = new ArrayList<Assault.Target>();
            for (int i = 0; i < count; i++) {
                int number = met++;
                some.add(new Assault.Target(
                        port, tier.token("intruder-" + number, document), document, new Random(seed + number)));
            }
            return some;
        }
    }

    private Row row(Assault assault, Crowd crowd, Strangers strangers) {
        int here = assault.together() ? together : times / rounds;
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        int failed = 0;
        for (int round = 0; round < rounds; round++) {
            var targets = strangers.some(here);
            Scene.pause(CALM);
            var _ = savedAfter(crowd);
            Scene.pause(stretch);
            without.add(savedAfter(crowd));
            failed += attack(assault, targets);
            with.add(savedAfter(crowd));
            ratios.add(with.getLast() / without.getLast());
        }
        return new Row(assault, rounds * here, failed, Spread.of(without), Spread.of(with), Spread.of(ratios));
    }

    /// The 99th percentile since this was last asked, in ms; where nothing was saved, for how long.
    private static double savedAfter(Crowd crowd) {
        double silence = crowd.takeSilence() / 1e6;
        double saved = crowd.takeSaved().p99();
        return saved > 0 ? saved : silence;
    }

    /// For a stretch, or until it is done as often as it has to be. Answers how many were refused or cut off.
    private int attack(Assault assault, List<Assault.Target> targets) {
        List<RawClient> kept = Collections.synchronizedList(new ArrayList<>());
        List<Future<Boolean>> underWay = new ArrayList<>();
        int atOnce = assault.together() ? targets.size() : AT_ONCE;
        long start = System.nanoTime();
        // Of a virtual thread alone, waiting for a socket can be ended.
        try (var attackers =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            for (int i = 0; i < targets.size(); i++) {
                var target = targets.get(i);
                underWay.add(attackers.submit(() -> isDone(assault, target, kept)));
                if (!assault.together()) {
                    pauseUntil(start + stretch.toNanos() * (i + 1) / targets.size());
                }
            }
            pauseUntil(start + stretch.toNanos());
            long over = System.nanoTime() + OVER_WITHIN.toNanos();
            return (int)
                    underWay.stream().filter(attack -> !isDoneBy(over, attack)).count();
        } finally {
            kept.forEach(Siege::close);
        }
    }

    private static boolean isDone(Assault assault, Assault.Target target, List<RawClient> kept) {
        try {
            assault.on(target, kept);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isDoneBy(long nanos, Future<Boolean> attack) {
        try {
            return attack.get(Math.max(0, nanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            attack.cancel(true);
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an assault could not be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void pauseUntil(long nanos) {
        Scene.pause(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
    }

    private static void close(RawClient client) {
        try {
            client.close();
        } catch (IOException e) {
            // It is gone.
        }
    }
}
