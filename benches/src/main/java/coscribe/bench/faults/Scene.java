package coscribe.bench.faults;

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
    RELAY_KILLS(3, 200, Duration.ofSeconds(2)) {
        @Override
        void fault(Tier tier, int number, RandomGenerator random) {
            var relay = tier.relays().get(number % tier.relays().size());
            relay.kill();
            relay.startAgain();
        }
    },

    /// The only relay, with the embedded store, is killed with -9 every five seconds.
    ONE_JAR(0, 50, Duration.ofSeconds(5)) {
        @Override
        void fault(Tier tier, int number, RandomGenerator random) {
            var relay = tier.relays().getFirst();
            relay.kill();
            relay.startAgain();
        }
    },

    /// Redis is killed with -9 every twenty seconds and reads its file back.
    REDIS_RESTARTS(2, 50, Duration.ofSeconds(20)) {
        @Override
        void fault(Tier tier, int number, RandomGenerator random) {
            tier.redis().kill();
            tier.redis().startAgain();
        }
    },

    /// The network between editors and relays, and between relays and Redis, does what it can.
    NETWORK(2, 50, Duration.ofSeconds(3)) {
        @Override
        void fault(Tier tier, int number, RandomGenerator random) {
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

    /// A relay is stopped for half a minute in mid-step, and goes on as if nothing had been.
    FROZEN_RELAY(2, 50, Duration.ofSeconds(5)) {
        @Override
        void fault(Tier tier, int number, RandomGenerator random) {
            var relay = tier.relays().get(number % tier.relays().size());
            relay.holdStill();
            pause(frozen);
            relay.goOn();
        }
    };

    private static final int KINDS = 10; // of faults of a network

    /// Long enough for everybody to have gone elsewhere, and for a lease to have passed on.
    private static final Duration frozen = Duration.ofSeconds(30);

    final int relays;
    final int people;
    final Duration every;

    /// @param relays  0: one with the embedded store
    /// @param every   from the end of one fault to the next
    Scene(int relays, int people, Duration every) {
        this.relays = relays;
        this.people = people;
        this.every = every;
    }

    /// Makes one fault, and ends it where it would not end by itself.
    ///
    /// @param number  from 0
    abstract void fault(Tier tier, int number, RandomGenerator random);

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

    static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
