package coscribe.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scene in which Sentinels replace the Redis. Not the relaxed one: what that loses is timed by
/// clocks of the clients there, which a busy machine stretches (docs/RELIABILITY.md).
@Tag("slow")
class FailoverFaultsTest {
    @TempDir
    Path folder;

    @Test
    void what_was_saved_outlives_the_redis_that_had_it_and_nobody_is_cut_off() {
        int losses = ShortScene.play(Scene.SENTINEL, folder, 2).losses();

        assertThat(losses).as("connections lost while only Redis was away").isZero();
    }
}
