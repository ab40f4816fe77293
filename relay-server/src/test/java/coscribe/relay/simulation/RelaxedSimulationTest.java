package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What a failover takes back of what a relay answered as saved, relaxed, was answered within two seconds, by the
/// relay's clock. `-Dcoscribe.sim.relaxed.seeds=N` runs more.
class RelaxedSimulationTest {
    private static final int SEEDS = Integer.getInteger("coscribe.sim.relaxed.seeds", 300);

    @Test
    void what_a_failover_takes_back_was_answered_within_the_bound() {
        int withLoss = 0;
        int withRefusals = 0;
        var longest = Duration.ZERO;
        for (long seed = 0; seed < SEEDS; seed++) {
            var outcome = new RelaxedRun(seed, true).play();
            assertThat(outcome.span()).as("lost in seed %s: %s", seed, outcome).isLessThanOrEqualTo(RelaxedRun.AT_RISK);
            assertThat(outcome.silence()).as("taken again in seed %s", seed).isLessThan(Duration.ofSeconds(2));
            withLoss += outcome.lost() > 0 ? 1 : 0;
            withRefusals += outcome.refused() > 0 ? 1 : 0;
            longest = longest.compareTo(outcome.span()) > 0 ? longest : outcome.span();
        }
        System.out.println("relaxed on a model of Redis: " + SEEDS + " seeds, " + withLoss + " lost something, at most "
                + longest.toMillis() + " ms of it, " + withRefusals + " refused something");
        assertThat(withLoss).isGreaterThan(SEEDS / 2);
        assertThat(withRefusals).isGreaterThan(SEEDS / 2);
    }

    @Test
    void without_the_bound_more_is_lost() {
        assertThat(LongStream.range(0, 20).mapToObj(seed -> new RelaxedRun(seed, false).play()))
                .anySatisfy(outcome -> assertThat(outcome.span()).isGreaterThan(RelaxedRun.AT_RISK));
    }
}
