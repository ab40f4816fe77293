package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A seed that failed in one process is of use only if it fails in the next. `Set.copyOf` and its
/// like walk in an order that each process draws for itself.
class ReplayTest {
    private static final int SEEDS = 20;

    @Test
    @Timeout(120)
    void a_seed_goes_the_same_way_in_another_process() throws Exception {
        List<String> here = LongStream.range(0, SEEDS).mapToObj(ReplayTest::run).toList();
        assertThat(elsewhere()).isEqualTo(here);
    }

    private static String run(long seed) {
        var world = new World(seed);
        world.run();
        return SimulationMain.told(world);
    }

    private static List<String> elsewhere() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulationMain.class.getName(),
                        "0",
                        String.valueOf(SEEDS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said.lines().filter(line -> line.startsWith("seed ")).toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
