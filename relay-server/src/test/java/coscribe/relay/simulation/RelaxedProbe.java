package coscribe.relay.simulation;

import java.util.function.Function;

/// As {@link Probe}, of a {@link RelaxedRun}.
public final class RelaxedProbe implements Function<Long, String> {
    @Override
    public String apply(Long seed) {
        var run = new RelaxedRun(seed, true);
        var outcome = run.play();
        return outcome.span().compareTo(RelaxedRun.AT_RISK) > 0 ? run.told(outcome) : "";
    }
}
