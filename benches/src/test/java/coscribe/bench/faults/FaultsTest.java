package coscribe.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The short form of `./bench faults`: real relays, a real Redis, real clients.
@Tag("slow")
class FaultsTest {
    private static final int PEOPLE = 12;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Scene.class)
    void nothing_that_was_saved_is_lost_or_there_twice_and_all_texts_are_equal(Scene scene) {
        var result = new FaultRun(
                        scene,
                        Path.of("..").toAbsolutePath().normalize(),
                        folder,
                        PEOPLE,
                        4,
                        2,
                        Duration.ofSeconds(10),
                        scene == Scene.REDIS_RESTARTS || scene == Scene.FROZEN_RELAY ? 1 : 4,
                        Long.getLong("coscribe.seed", 1))
                .run();

        assertThat(result.outcome().typed()).as("lines typed").isGreaterThan(PEOPLE);
        assertThat(result.faults()).as("faults made").isPositive();
        if (scene == Scene.REDIS_RESTARTS) {
            assertThat(result.outcome().losses())
                    .as("connections lost while only Redis was away")
                    .isZero();
        } else {
            assertThat(result.outcome().losses())
                    .as("connections that a fault cost")
                    .isPositive();
        }
    }
}
