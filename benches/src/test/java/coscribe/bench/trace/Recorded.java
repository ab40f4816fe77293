package coscribe.bench.trace;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// The recorded sessions for tests, or a skip that says why.
public final class Recorded {
    private Recorded() {}

    public static Recording require(String name) {
        var file = RecordingsFolder.find(Path.of(""))
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile);
        assumeTrue(
                file.isPresent(),
                "Skipped: the recorded session " + name
                        + " is not there. Set COSCRIBE_TRACES to the folder that holds it.");
        return RecordingReader.read(file.orElseThrow());
    }
}
