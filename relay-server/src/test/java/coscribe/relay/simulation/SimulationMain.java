package coscribe.relay.simulation;

/// Runs seeds from the command line: FIRST COUNT. Prints what each failing one says.
final class SimulationMain {
    private SimulationMain() {}

    /// What a seed did, to compare with what it does elsewhere.
    static String told(World world) {
        return "seed " + world.seed + ": trace " + Long.toHexString(world.scheduler.traceHash()) + ": " + world.seen;
    }

    public static void main(String[] args) {
        long first = Long.parseLong(args[0]);
        long count = Long.parseLong(args[1]);
        int failed = 0;
        long start = System.nanoTime();
        for (long seed = first; seed < first + count && failed < 5; seed++) {
            var world = new World(seed);
            try {
                world.run();
                if (count <= 20) {
                    System.out.println(told(world));
                }
            } catch (SimulationFailure e) {
                failed++;
                System.out.println("FAILED " + seed + " " + e);
                Throwable where = e.getCause() == null ? e : e.getCause();
                for (int i = 0; i < Math.min(12, where.getStackTrace().length); i++) {
                    System.out.println("    " + where.getStackTrace()[i]);
                }
            }
        }
        System.out.println(failed + " failed, " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
}
