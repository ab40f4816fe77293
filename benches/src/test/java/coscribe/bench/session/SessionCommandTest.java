package coscribe.bench.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a whole session answers to whoever started it: 0 only where all texts were equal.
@Tag("slow")
class SessionCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int session(Consumer<Path> beforeComparing, String... arguments) {
        return new SessionCommand(
                        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), folder, beforeComparing)
                .session(List.of(arguments));
    }

    @Test
    void equal_texts_are_0_and_are_told() {
        assertThat(session(_ -> {}, "--keep", folder.toString()))
                .as(() -> err.toString(UTF_8))
                .isZero();
        assertThat(out.toString(UTF_8)).contains("the store are equal", "none missing, none twice");
    }

    @Test
    void a_single_letter_more_in_one_of_them_is_1_and_is_told() {
        assertThat(session(SessionCommandTest::addALetter, "--keep", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("FAILED: the texts are not equal");
        assertThat(out.toString(UTF_8)).doesNotContain("are equal");
    }

    private static void addALetter(Path session) {
        try {
            Path text = session.resolve("writer2").resolve("text");
            Files.writeString(text, Files.readString(text) + "x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_cannot_be_understood_is_2() {
        assertThat(session(_ -> {}, "--speed", "9")).isEqualTo(2);
        assertThat(session(_ -> {}, "--store", "paper")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("There is no store 'paper': it is embedded, redis or memory.");
    }
}
