package coscribe.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.Limits;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The short form of `./bench faults`: real relays, a real Redis, real clients. Without relaxed failovers:
/// what they lose is timed by clocks of the clients there, which a busy machine stretches (docs/RELIABILITY.md).
@Tag("slow")
class FaultsTest {
    private static final int PEOPLE = 12;

    private static final Duration LONGEST_BETWEEN = Duration.ofSeconds(4);

    /// Long enough for everybody to have gone elsewhere: a client asks every 5 s and waits 8 s for the answer.
    /// A turn has passed on long before.
    private static final Duration FROZEN =
            Limits.CLIENT_PING_EVERY.plus(Limits.PONG_WITHIN).plusSeconds(1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(value = Scene.class, mode = EnumSource.Mode.EXCLUDE, names = "SENTINEL_RELAXED")
    void nothing_that_was_saved_is_lost_or_there_twice_and_all_texts_are_equal(Scene scene) {
        var result = new FaultRun(
                        scene,
                        Path.of("..").toAbsolutePath().normalize(),
                        folder,
                        PEOPLE,
                        4,
                        2,
                        Duration.ofSeconds(10),
                        atLeast(scene),
                        new FaultRun.Waits(every(scene), FROZEN, Duration.ofSeconds(1)),
                        Long.getLong("coscribe.seed", 1))
                .run();

        assertThat(result.outcome().typed()).as("lines typed").isGreaterThan(PEOPLE);
        assertThat(result.faults()).as("faults made").isPositive();
        switch (scene) {
            case REDIS_RESTARTS, SENTINEL ->
                assertThat(result.outcome().losses())
                        .as("connections lost while only Redis was away")
                        .isZero();
            default ->
                assertThat(result.outcome().losses())
                        .as("connections that a fault cost")
                        .isPositive();
        }
    }

    private static Duration every(Scene scene) {
        return scene.every.compareTo(LONGEST_BETWEEN) < 0 ? scene.every : LONGEST_BETWEEN;
    }

    /// So many faults are made, however long they take.
    private static int atLeast(Scene scene) {
        return switch (scene) {
            case RELAY_KILLS, ONE_JAR, NETWORK -> 4;
            case SENTINEL -> 2;
            default -> 1;
        };
    }
}
