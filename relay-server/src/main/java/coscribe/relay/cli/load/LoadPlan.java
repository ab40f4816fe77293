package coscribe.relay.cli.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalLong;

/// What load to make.
///
/// @param relay      plain WebSocket
/// @param pid        the relay's process on this computer, for its processor time
/// @param clients    people
/// @param documents  among which the people are spread; one of each types
/// @param rate       keystrokes a second of each who types
/// @param carets     whether everybody moves their caret once a second
/// @param characters of each document before it begins
/// @param warm       before anything counts
/// @param duration   of a round
/// @param rounds     of which the median is told
public record LoadPlan(
        InetSocketAddress relay,
        OptionalLong pid,
        int clients,
        int documents,
        double rate,
        boolean carets,
        int characters,
        Duration warm,
        Duration duration,
        int rounds) {
    public LoadPlan {
        if (documents < 1 || clients < documents || rounds < 1 || rate <= 0) {
            throw new IllegalArgumentException("a load needs a document or more, as many clients, a rate and a round");
        }
    }
}
