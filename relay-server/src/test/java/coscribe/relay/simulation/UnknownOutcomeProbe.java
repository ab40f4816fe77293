package coscribe.relay.simulation;

import java.util.function.Function;

/// As {@link Probe}, in worlds in which roles go while the outcome of a commit is unknown only.
public final class UnknownOutcomeProbe implements Function<Long, String> {
    @Override
    public String apply(Long seed) {
        return Probe.findings(World.ofUnknownOutcomes(seed));
    }
}
