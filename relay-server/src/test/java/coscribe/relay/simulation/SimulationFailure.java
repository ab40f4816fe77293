package coscribe.relay.simulation;

/// An invariant is broken, or something was thrown. The seed replays it exactly, up to the hash of
/// everything that happened until then.
final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    SimulationFailure(World world, String what) {
        super(told(world, what));
    }

    SimulationFailure(World world, Throwable thrown) {
        super(told(world, thrown.toString()), thrown);
    }

    private static String told(World world, String what) {
        return "seed " + world.seed + " at " + world.scheduler.nowMicros() + " us, trace "
                + Long.toHexString(world.scheduler.traceHash()) + ": " + what + " [" + world.seen
                + "]; -Dcoscribe.sim.seed=" + world.seed + " replays it";
    }
}
