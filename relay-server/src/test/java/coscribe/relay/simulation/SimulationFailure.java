package coscribe.relay.simulation;

/// An invariant is broken. The seed replays it exactly.
final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    SimulationFailure(World world, String what) {
        super("seed " + world.seed + " at " + world.scheduler.nowMicros() + " us: " + what + " [" + world.seen + "]");
    }
}
