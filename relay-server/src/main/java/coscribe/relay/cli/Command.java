package coscribe.relay.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One thing that an administrator can say. To add one: implement this, and name it in
/// {@link Commands}.
interface Command {
    /// As it is typed.
    String name();

    /// One line for the list of commands.
    String summary();

    /// Its own options and words, built anew for each call; those that all commands share are added
    /// to it. Built in code: reading annotations would cost a start a fifth of a second.
    CommandSpec spec();

    /// Does it.
    ///
    /// @return the exit code: 0 ok, 1 failed, 5 a check failed
    /// @throws coscribe.relay.RelayFailure  with a sentence and the exit code
    int run(ParseResult parsed, CommandContext context);
}
