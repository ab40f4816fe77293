package coscribe.relay.cli;

import coscribe.relay.Relay;
import java.io.PrintStream;
import java.util.Map;

/// Where a command runs.
///
/// @param environment  variables, all of them
/// @param out          what was asked for
/// @param err          logs, and what went wrong
/// @param stop         when a server is to end
/// @param json         whether results are lines of JSON
/// @param quiet        whether only the result itself is printed
/// @param colour       whether `out` shows colours
public record CommandContext(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        Stop stop,
        Relay.World world,
        boolean json,
        boolean quiet,
        boolean colour) {

    /// When a server is to end.
    @FunctionalInterface
    public interface Stop {
        /// Returns when the process was asked to end.
        void await() throws InterruptedException;
    }

    CommandContext with(boolean asJson, boolean quietly, boolean coloured) {
        return new CommandContext(environment, out, err, stop, world, asJson, quietly, coloured);
    }
}
