package coscribe.bench.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coscribe.bench.trace.RecordingBuilder.Keystroke;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Reads recorded sessions, sequential and concurrent ones, in the format of the public collection
/// josephg/editing-traces: gzipped JSON, positions in Unicode code points.
public final class RecordingReader {
    private RecordingReader() {}

    public static Recording read(Path file) {
        JsonNode json;
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            json = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recording " + file, e);
        }
        String name = file.getFileName().toString().replace(".json.gz", "");
        String start = json.path("startContent").asText();
        int agents = json.path("kind").asText().equals("concurrent")
                ? json.path("numAgents").asInt()
                : 1;
        if (agents < 1 || agents > 2) {
            throw new IllegalArgumentException(name + " was written by " + agents + " people; one or two can be read");
        }
        var builder = new RecordingBuilder(start, agents);
        readAll(json.path("txns"), agents, builder);
        return new Recording(name, start, json.path("endContent").asText(), agents, builder.txns());
    }

    private static void readAll(JsonNode list, int agents, RecordingBuilder builder) {
        var seen = new ArrayList<int[]>(); // after each transaction: how many of each writer's are in its text
        for (JsonNode json : list) {
            int agent = json.path("agent").asInt();
            int[] had = new int[2];
            if (agents == 1) {
                had[0] = builder.made(0);
            }
            for (JsonNode parent : json.path("parents")) {
                int[] parents = seen.get(parent.asInt());
                had[0] = Math.max(had[0], parents[0]);
                had[1] = Math.max(had[1], parents[1]);
            }
            if (had[agent] != builder.made(agent)) {
                throw new IllegalArgumentException(
                        "transaction " + seen.size() + " does not follow its writer's earlier ones");
            }
            builder.add(agent, had[1 - agent], keystrokes(json.path("patches")));
            had[agent]++;
            seen.add(had);
        }
    }

    private static List<Keystroke> keystrokes(JsonNode patches) {
        var keystrokes = new ArrayList<Keystroke>();
        for (JsonNode patch : patches) {
            keystrokes.add(new Keystroke(
                    patch.get(0).asInt(), patch.get(1).asInt(), patch.get(2).asText()));
        }
        return keystrokes;
    }
}
