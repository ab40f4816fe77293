package coscribe.bench;

import java.util.Arrays;

/// The door to everything in this module: the first argument names what to run, the rest goes to it.
public final class Main {
    private static final String USAGE = """
            usage: coscribe-benches.jar COMMAND [ARGUMENTS]
            Nothing can be run yet: the benches arrive with the code they measure.
            """;

    private Main() {}

    public static void main(String[] args) {
        System.err.print(USAGE);
        System.exit(Arrays.asList(args).contains("--help") ? 0 : 2);
    }
}
