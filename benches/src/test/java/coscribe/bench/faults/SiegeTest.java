package coscribe.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `./bench hostile`: each kind of assault a few times.
@Tag("slow")
class SiegeTest {
    /// Done by those who are let in.
    private static final Set<Assault> MEMBERS =
            Set.of(Assault.NEVER_READS, Assault.FLOOD, Assault.FLOODERS, Assault.IN_AND_OUT);

    @TempDir
    Path folder;

    @Test
    void a_relay_with_a_small_heap_outlives_every_assault_and_loses_nothing() {
        var rows = new ArrayList<Siege.Row>();

        new Siege(
                        Path.of("..").toAbsolutePath().normalize(),
                        folder,
                        8,
                        4,
                        Duration.ofSeconds(1),
                        1,
                        3,
                        3,
                        List.of(Assault.values()),
                        1)
                .run(rows::add);

        assertThat(rows).extracting(Siege.Row::assault).containsExactly(Assault.values());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.times()).isEqualTo(3);
            assertThat(row.without().least()).as("others wrote before it").isPositive();
            assertThat(row.with().least()).as("and during it").isPositive();
        });
        assertThat(rows)
                .filteredOn(row -> MEMBERS.contains(row.assault()))
                .hasSameSizeAs(MEMBERS)
                .allSatisfy(row ->
                        assertThat(row.failed()).as("who may come in did").isZero());
    }
}
