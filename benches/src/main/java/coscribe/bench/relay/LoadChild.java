package coscribe.bench.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coscribe.bench.process.Child;
import coscribe.bench.process.Java;
import coscribe.bench.process.RelayChild;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `coscribe-relay bench` as a program of its own, against relays that run.
final class LoadChild {
    static final Duration WITHIN = Duration.ofMinutes(15);

    private LoadChild() {}

    /// Starts it.
    ///
    /// @param relays   of one store; the people are spread over them
    /// @param options  the workload, and how much
    static Child start(Path home, Path folder, List<RelayChild> relays, List<String> options) {
        var arguments = new ArrayList<>(List.of(
                "bench",
                "--json",
                "--data-dir",
                relays.getFirst().data().toString(),
                "--url",
                relays.stream().map(relay -> "ws://127.0.0.1:" + relay.port()).collect(Collectors.joining(",")),
                "--pid",
                relays.stream().map(relay -> Long.toString(relay.pid())).collect(Collectors.joining(","))));
        arguments.addAll(options);
        return Child.start("load", Java.relay(home, List.of(), arguments), Map.of(), folder);
    }

    /// Runs it to its end; answers what it found, and passes on why connections were lost.
    static JsonNode run(Path home, Path folder, List<RelayChild> relays, List<String> options, PrintStream progress) {
        try (var child = start(home, folder, relays, options)) {
            int exit = child.exitCode(WITHIN);
            child.complaints().lines().filter(line -> line.startsWith("lost: ")).forEach(progress::println);
            if (!child.said().startsWith("{")) {
                throw new IllegalStateException("the load ended with " + exit + ":\n" + child.complaints());
            }
            return new ObjectMapper().readTree(child.said());
        } catch (IOException e) {
            throw new UncheckedIOException("the load said no JSON", e);
        }
    }
}
