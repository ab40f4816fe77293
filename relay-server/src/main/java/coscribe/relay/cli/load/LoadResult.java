package coscribe.relay.cli.load;

import java.util.List;
import java.util.OptionalDouble;

/// What a load found. Times in milliseconds; of several rounds, the median.
///
/// @param edits        acknowledged in a round
/// @param p50          from a keystroke to another person's text, and so on
/// @param late         99th percentile of how late the load itself struck its keys: where it is large, what
///     is measured is this computer
/// @param cpuPerEdit   the relay's processor time
/// @param joinsPerSecond  connect, sign in and receive the document, many at once
/// @param cpuPerJoin   the relay's processor time
/// @param lost         connections that broke, and why
/// @param equal        whether everybody in each document, and a newcomer, had the same text at the end
public record LoadResult(
        long edits,
        double p50,
        double p95,
        double p99,
        double late,
        OptionalDouble cpuPerEdit,
        double joinsPerSecond,
        double joinP50,
        double joinP99,
        OptionalDouble cpuPerJoin,
        List<String> lost,
        boolean equal) {
    public LoadResult {
        lost = List.copyOf(lost);
    }
}
