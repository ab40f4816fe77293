package coscribe.relay.simulation;

import java.util.function.Function;

/// As {@link Probe}, on a model of Redis with replicas. What the store itself finds damaged counts, too.
public final class RedisProbe implements Function<Long, String> {
    @Override
    public String apply(Long seed) {
        return Probe.findings(World.replicated(seed));
    }
}
