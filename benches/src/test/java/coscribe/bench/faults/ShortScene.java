package coscribe.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.Limits;
import java.nio.file.Path;
import java.time.Duration;

/// The short form of a scene of `./bench faults`: real relays, a real Redis, real clients.
final class ShortScene {
    private static final int PEOPLE = 12;

    private static final Duration LONGEST_BETWEEN = Duration.ofSeconds(4);

    /// Long enough for everybody to have gone elsewhere: a client asks every 5 s and waits 8 s for the answer.
    /// A turn has passed on long before.
    private static final Duration FROZEN =
            Limits.CLIENT_PING_EVERY.plus(Limits.PONG_WITHIN).plusSeconds(1);

    private ShortScene() {}

    /// Nothing that was saved is lost or there twice, and all texts are equal, or it throws.
    ///
    /// @param atLeast  so many faults are made, however long they take
    static Crowd.Outcome play(Scene scene, Path folder, int atLeast) {
        var result = new FaultRun(
                        scene,
                        Path.of("..").toAbsolutePath().normalize(),
                        folder,
                        PEOPLE,
                        4,
                        2,
                        Duration.ofSeconds(10),
                        atLeast,
                        new FaultRun.Waits(every(scene), FROZEN, Duration.ofSeconds(1)),
                        Long.getLong("coscribe.seed", 1))
                .run();
        assertThat(result.outcome().typed()).as("lines typed").isGreaterThan(PEOPLE);
        assertThat(result.faults()).as("faults made").isPositive();
        return result.outcome();
    }

    private static Duration every(Scene scene) {
        return scene.every.compareTo(LONGEST_BETWEEN) < 0 ? scene.every : LONGEST_BETWEEN;
    }
}
