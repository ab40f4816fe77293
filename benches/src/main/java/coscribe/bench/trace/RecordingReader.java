package coscribe.bench.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coscribe.bench.trace.Recording.Patch;
import coscribe.bench.trace.Recording.Txn;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Op;
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
    private final Grid grid = new Grid(_ -> Attributes.NONE);
    private final List<View> views = new ArrayList<>();
    private final List<Txn> txns = new ArrayList<>();

    private RecordingReader(String start, int agents) {
        for (int agent = 0; agent < agents; agent++) {
            views.add(new View(start));
        }
    }

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
        var reader = new RecordingReader(start, agents);
        reader.readAll(json.path("txns"));
        return new Recording(name, start, json.path("endContent").asText(), agents, reader.txns);
    }

    private void readAll(JsonNode list) {
        var seen = new ArrayList<int[]>(); // after each transaction: how many of each writer's are in its text
        int[] made = new int[2];
        for (JsonNode json : list) {
            int agent = json.path("agent").asInt();
            int[] had = new int[2];
            if (views.size() == 1) {
                had[0] = made[0];
            }
            for (JsonNode parent : json.path("parents")) {
                int[] parents = seen.get(parent.asInt());
                had[0] = Math.max(had[0], parents[0]);
                had[1] = Math.max(had[1], parents[1]);
            }
            if (had[agent] != made[agent]) {
                throw new IllegalArgumentException(
                        "transaction " + seen.size() + " does not follow its writer's earlier ones");
            }
            readOne(json, agent, ++made[agent], had[1 - agent]);
            had[agent]++;
            seen.add(had);
        }
    }

    private void readOne(JsonNode json, int agent, int number, int others) {
        View view = views.get(agent);
        while (view.others < others) {
            view.others++;
            view.apply(grid.at(1 - agent, view.others, number - 1));
        }
        int length = view.text.length();
        var patches = new ArrayList<Patch>();
        for (JsonNode patch : json.path("patches")) {
            patches.add(view.patched(
                    patch.get(0).asInt(), patch.get(1).asInt(), patch.get(2).asText()));
        }
        var txn = new Txn(agent, number, others, length, patches);
        grid.add(txn);
        txns.add(txn);
    }

    /// The text as one writer saw it.
    private static final class View {
        final StringBuilder text;
        int others;
        private boolean astral;

        View(String start) {
            text = new StringBuilder(start);
            astral = hasAstral(start);
        }

        Patch patched(int position, int deleted, String inserted) {
            int from = units(0, position);
            int to = units(from, deleted);
            text.replace(from, to, inserted);
            astral |= hasAstral(inserted);
            return new Patch(from, to - from, inserted);
        }

        void apply(Delta delta) {
            int at = 0;
            for (Op op : delta.ops()) {
                switch (op) {
                    case Op.Retain(int length, var _) -> at += length;
                    case Op.Insert(var inserted, var _) -> {
                        text.insert(at, inserted);
                        at += inserted.length();
                        astral |= hasAstral(inserted);
                    }
                    case Op.Delete(int length) -> text.delete(at, at + length);
                }
            }
        }

        private int units(int from, int codePoints) {
            return astral ? text.offsetByCodePoints(from, codePoints) : from + codePoints;
        }

        private static boolean hasAstral(String text) {
            return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
        }
    }
}
