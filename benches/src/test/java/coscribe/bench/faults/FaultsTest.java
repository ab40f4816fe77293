package coscribe.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each scene of `./bench faults` in its short form, but those of a Redis that is replaced
/// ({@link FailoverFaultsTest}).
@Tag("slow")
class FaultsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Scene.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SENTINEL", "SENTINEL_RELAXED"})
    void nothing_that_was_saved_is_lost_or_there_twice_and_all_texts_are_equal(Scene scene) {
        int losses = ShortScene.play(scene, folder, atLeast(scene)).losses();

        if (scene == Scene.REDIS_RESTARTS) {
            assertThat(losses).as("connections lost while only Redis was away").isZero();
        } else {
            assertThat(losses).as("connections that a fault cost").isPositive();
        }
    }

    private static int atLeast(Scene scene) {
        return switch (scene) {
            case RELAY_KILLS, ONE_JAR, NETWORK -> 4;
            default -> 1;
        };
    }
}
