package coscribe.bench.faults;

import coscribe.bench.process.RelayChild;
import coscribe.kit.FaultProxy;
import coscribe.kit.FaultProxy.Way;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// What goes wrong, and where. RELIABILITY rows name the scene that shows them.
enum Scene {
    /// A relay of three is killed with -9 every two seconds and started again.
    RELAY_KILLS(Tier.Keeping.REDIS, 3, 200, Duration.ofSeconds(2)) {
        @Override
        void fault(Tier tier, int number, FaultRun.Waits waits, RandomGenerator random) {
            var relay = tier.relays().get(number % tier.relays().size());
            relay.kill();
            relay.startAgain();
        }
    },

    /// The only relay, with the embedded store, is killed with -9 every five seconds.
    ONE_JAR(Tier.Keeping.EMBEDDED, 1, 50, Duration.ofSeconds(5)) {
        @Override
        void fault(Tier tier, int number, FaultRun.Waits waits, RandomGenerator random) {
            var relay = tier.relays().getFirst();
            relay.kill();
            relay.startAgain();
        }
    },

    /// Redis is killed with -9 every twenty seconds and reads its file back.
    REDIS_RESTARTS(Tier.Keeping.REDIS, 2, 50, Duration.ofSeconds(20)) {
        @Override
        void fault(Tier tier, int number, FaultRun.Waits waits, RandomGenerator random) {
            tier.redis().kill();
            tier.redis().startAgain();
        }
    },

    /// The network between editors and relays, and between relays and Redis, does what it can.
    NETWORK(Tier.Keeping.REDIS, 2, 50, Duration.ofSeconds(3)) {
        @Override
        void fault(Tier tier, int number, FaultRun.Waits waits, RandomGenerator random) {
            boolean inFront = (number + number / KINDS) % 2 == 0; // each kind in both places, in the end
            var line = inFront
                    ? tier.front()
                    : tier.behind().get(random.nextInt(tier.behind().size()));
            spoil(line, number, random);
            pause(Duration.ofMillis(500 + random.nextInt(2_500)));
            line.heal();
            line.cut(); // bytes may be gone for good
        }
    },

    /// A relay is stopped in mid-step, and goes on as if nothing had been.
    FROZEN_RELAY(Tier.Keeping.REDIS, 2, 50, Duration.ofSeconds(5)) {
        @Override
        void fault(Tier tier, int number, FaultRun.Waits waits, RandomGenerator random) {
            var relay = tier.relays().get(number % tier.relays().size());
            relay.holdStill();
            pause(waits.frozen());
            relay.goOn();
        }
    },

    /// One relay after the other is told to end, as an upgrade does, and started again.
    ROLLING(Tier.Keeping.REDIS, 2, 50, Duration.ofSeconds(2)) {
        @Override
        void fault(Tier tier, int number, FaultRun.Waits waits, RandomGenerator random) {
            var relay = tier.relays().get(number % tier.relays().size());
            relay.close();
            relay.startAgain();
            relay.awaitReady();
        }

        @Override
        Tier.Layout layout() {
            return super.layout().withDrain(Duration.ofSeconds(20)); // people go within half of it
        }
    },

    /// Sentinels put the replica in the primary's place: it was killed, cut off, or frozen.
    SENTINEL(Tier.Keeping.WATCHED, 2, 50, Duration.ofSeconds(3)) {
        @Override
        void fault(Tier tier, int number, FaultRun.Waits waits, RandomGenerator random) {
            failOver(tier, number);
        }
    },

    /// The same where the replica confirms within two seconds after: what the primary alone had for so
    /// long may be lost.
    SENTINEL_RELAXED(Tier.Keeping.WATCHED_RELAXED, 2, 50, Duration.ofSeconds(3)) {
        @Override
        void fault(Tier tier, int number, FaultRun.Waits waits, RandomGenerator random) {
            failOver(tier, number);
        }

        @Override
        Duration atRisk() {
            return Duration.ofSeconds(2);
        }
    };

    private static final int KINDS = 10; // of faults of a network
    private static final int FAILOVERS = 5; // kinds of them

    /// Longer than a primary may go on without its replica.
    private static final Duration replicaAway = Duration.ofSeconds(4);

    private final Tier.Layout layout;
    final int people;
    final Duration every;

    /// @param every  from the end of one fault to the next, at most
    Scene(Tier.Keeping keeping, int relays, int people, Duration every) {
        this.layout = new Tier.Layout(keeping, relays);
        this.people = people;
        this.every = every;
    }

    /// Makes one fault, and ends it where it would not end by itself.
    ///
    /// @param number  from 0
    abstract void fault(Tier tier, int number, FaultRun.Waits waits, RandomGenerator random);

    /// For how long what is called saved may still be lost; zero: nothing is.
    Duration atRisk() {
        return Duration.ZERO;
    }

    /// What it is played on.
    Tier.Layout layout() {
        return layout;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return List.of(values()).stream().map(Scene::word).toList();
    }

    private static void spoil(FaultProxy line, int number, RandomGenerator random) {
        switch (number % KINDS) {
            case 0 -> line.cut();
            case 1 -> line.reset();
            case 2 -> line.back(Way.BLACK_HOLE);
            case 3 -> line.forth(Way.BLACK_HOLE);
            case 4 -> line.loseReply(1 + random.nextInt(20));
            case 5 -> {
                line.deaf(true);
                line.cut();
            }
            case 6 -> line.forth(Way.late(Duration.ofMillis(100), Duration.ofMillis(200)));
            case 7 -> line.back(Way.late(Duration.ofMillis(100), Duration.ofMillis(200)));
            case 8 -> {
                line.forth(Way.sliced(7));
                line.back(Way.sliced(7));
            }
            default -> line.back(Way.slow(20_000));
        }
    }

    /// Returns when the one that was replaced follows the new primary, and edits are taken.
    private static void failOver(Tier tier, int number) {
        var redis = tier.watched();
        var old = redis.primary();
        switch (number % FAILOVERS) {
            case 0 -> {
                old.cutOffFromReplica(); // edits are on the one that dies, and nowhere else
                pause(replicaAway);
                old.redis().kill();
            }
            case 1 -> old.cutOff();
            case 2 -> old.redis().kill();
            case 3 -> old.cutOffFromItsOwn(); // and goes on answering relays
            default -> old.redis().holdStill();
        }
        redis.awaitAnother(old);
        old.heal();
        switch (number % FAILOVERS) {
            case 0, 2 -> old.redis().startAgain();
            case 1, 3 -> {} // it is reached again, and learns that it was replaced
            default -> old.redis().goOn();
        }
        redis.awaitWhole();
        tier.relays().forEach(RelayChild::awaitWrites);
    }

    static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
