package coscribe.ot.kit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coscribe.ot.delta.Delta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Recorded editing sessions of real people. They lie outside this repository: in the folder that
/// `COSCRIBE_TRACES` names, else in `shared/traces` beside it.
public final class Traces {
    private Traces() {}

    /// A session of one writer.
    ///
    /// @param start    the text before it
    /// @param end      the text after it
    /// @param changes  one for each transaction, in order; they expect a closing newline behind
    ///   the text
    public record Sequential(String start, String end, List<Delta> changes) {}

    /// The folder, if there is one.
    public static Optional<Path> folder() {
        String named = System.getenv("COSCRIBE_TRACES");
        if (named != null) {
            return Optional.of(Path.of(named)).filter(Files::isDirectory);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolve("shared/traces");
            if (Files.isDirectory(beside)) {
                return Optional.of(beside);
            }
        }
        return Optional.empty();
    }

    /// One trace; the test is skipped, with a sentence, where it is missing.
    public static Path require(String name) {
        var file = folder().map(folder -> folder.resolve(name)).filter(Files::isRegularFile);
        assumeTrue(
                file.isPresent(),
                "Skipped: the recorded session " + name
                        + " is not there. Set COSCRIBE_TRACES to the folder that holds it.");
        return file.orElseThrow();
    }

    public static JsonNode read(Path file) {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    public static Sequential sequential(Path file) {
        var json = read(file);
        var copy = new Copy(json.path("startContent").asText() + "\n");
        var changes = new ArrayList<Delta>();
        for (JsonNode txn : json.path("txns")) {
            var patches = new ArrayList<Delta>();
            for (JsonNode patch : txn.path("patches")) {
                patches.add(copy.patched(
                        patch.get(0).asInt(), patch.get(1).asInt(), patch.get(2).asText()));
            }
            changes.add(patches.isEmpty() ? Delta.identity(copy.text.length()) : Delta.composeAll(patches));
        }
        return new Sequential(
                json.path("startContent").asText(), json.path("endContent").asText(), changes);
    }

    /// The text at hand, because positions are recorded in code points.
    private static final class Copy {
        final StringBuilder text;
        private boolean astral;

        Copy(String start) {
            text = new StringBuilder(start);
            astral = hasAstral(start);
        }

        Delta patched(int position, int deleted, String inserted) {
            int from = units(0, position);
            int to = units(from, deleted);
            var delta = Delta.builder()
                    .retain(from)
                    .insert(inserted)
                    .delete(to - from)
                    .build(text.length());
            text.replace(from, to, inserted);
            astral |= hasAstral(inserted);
            return delta;
        }

        private int units(int from, int codePoints) {
            return astral ? text.offsetByCodePoints(from, codePoints) : from + codePoints;
        }

        private static boolean hasAstral(String text) {
            return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
        }
    }
}
