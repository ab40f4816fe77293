package coscribe.bench.session;

import coscribe.bench.trace.Recording;
import coscribe.bench.trace.RecordingReader;
import coscribe.bench.trace.Script;
import java.nio.file.Path;
import java.util.Optional;

/// Which recording is written, said in one word so that it can be handed to a writer's process.
///
/// @param file   empty: the built-in script
/// @param first  how many transactions of it at most
public record Source(Optional<Path> file, int first) {
    private static final long SCRIPT_SEED = 11;
    private static final int BLOCK = 150;

    /// For two writers: a session of one is written by two in turns.
    public Recording read() {
        return file.map(RecordingReader::read)
                .orElseGet(() -> Script.twoPeople(SCRIPT_SEED))
                .beginning(first)
                .inTurns(BLOCK);
    }

    public String word() {
        return first + ":" + file.map(Path::toString).orElse("");
    }

    public static Source of(String word) {
        int colon = word.indexOf(':');
        String path = word.substring(colon + 1);
        return new Source(
                path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path)),
                Integer.parseInt(word.substring(0, colon)));
    }
}
