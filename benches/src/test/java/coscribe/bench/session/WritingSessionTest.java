package coscribe.bench.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.bench.trace.Endings.Ending;
import coscribe.bench.trace.RecordingsFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real processes, real sockets, real stores, real kill -9. The long form is `./bench kill`.
@Tag("slow")
class WritingSessionTest {
    private static final Duration AT_MOST = Duration.ofMinutes(5);
    private static final int FIRST = 2_500;

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    /// The beginning of the recorded session, or the built-in script where there is no recording.
    private static Source written() {
        var file = RecordingsFolder.find(Path.of(""))
                .map(found -> found.resolve("friendsforever.json.gz"))
                .filter(Files::isRegularFile);
        return new Source(file, FIRST);
    }

    /// The relay is started from the class path: its jar may not be built yet.
    private Plan plan(Source source, Plan.Kind store, int relays, int relayKills, int writerKills) {
        double perSecond = source.file().isPresent() ? 250 : 30; // the script is short
        return new Plan(folder, folder, source, store, relays, perSecond, relayKills, writerKills, 7, AT_MOST);
    }

    private WritingSession.Outcome hold(Source source, Plan.Kind store, int relays, int relayKills, int writerKills) {
        var outcome = new WritingSession(plan(source, store, relays, relayKills, writerKills), told::add).hold();
        System.out.println("writing session on " + store + ": " + SessionCommand.verdict(outcome));
        return outcome;
    }

    @Test
    void two_writers_a_listener_and_a_latecomer_have_one_text() {
        var outcome = hold(new Source(Optional.empty(), Integer.MAX_VALUE), Plan.Kind.EMBEDDED, 1, 0, 0);
        assertThat(outcome.ending()).isEqualTo(new Ending.AsRecorded());
        assertThat(outcome.text()).contains("Everybody writes here at once", "The café downstairs closes");
        assertThat(told).anyMatch(line -> line.contains("ready in"));
    }

    @Test
    void nothing_is_lost_or_doubled_while_an_embedded_relay_and_its_writers_are_killed() {
        var source = written();
        var outcome = hold(source, Plan.Kind.EMBEDDED, 1, 4, 2);
        assertThat(outcome.kills()).isEqualTo(8);
        isMetBySubmissions(outcome);
        assertThat(outcome.keystrokes()).isEqualTo(source.read().txns().size());
    }

    private static void isMetBySubmissions(WritingSession.Outcome outcome) {
        assertThat(outcome.metNone())
                .as("kills that met no submission under way")
                .isZero();
        assertThat(outcome.inFlight()).isGreaterThanOrEqualTo(outcome.kills());
    }

    @Test
    void nothing_is_lost_or_doubled_while_two_relays_on_one_redis_and_their_writers_are_killed() {
        var source = written();
        var outcome = hold(source, Plan.Kind.REDIS, 2, 4, 2);
        assertThat(outcome.kills()).isEqualTo(8);
        isMetBySubmissions(outcome);
        assertThat(outcome.keystrokes()).isEqualTo(source.read().txns().size());
    }

    @Test
    void nothing_is_lost_or_doubled_on_a_store_in_memory_while_the_writers_are_killed() {
        var source = new Source(Optional.empty(), Integer.MAX_VALUE);
        var outcome = hold(source, Plan.Kind.MEMORY, 1, 0, 2);
        assertThat(outcome.kills()).isEqualTo(4);
        isMetBySubmissions(outcome);
        assertThat(outcome.ending()).isEqualTo(new Ending.AsRecorded());
    }

    /// The relay has nearly all that a journal loses, and writers type again what is missing: only
    /// the writer itself can notice, before it speaks to anybody.
    @ParameterizedTest
    @EnumSource(Loss.class)
    void a_journal_that_lost_something_over_a_kill_is_noticed(Loss loss) {
        var source = new Source(Optional.empty(), Integer.MAX_VALUE);
        var session = new WritingSession(
                plan(source, Plan.Kind.EMBEDDED, 1, 0, 1),
                told::add,
                writer -> loss.befall(journalOf(writer)),
                _ -> {});
        assertThatThrownBy(session::hold)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s)writer[12] failed:.*The journal lost keystrokes: it had taken [0-9]+ of them"
                        + " when its writer was killed, and gave back [0-9]+\\..*");
    }

    /// What the relay had acknowledged is gone from its store; a writer would only have to type it
    /// again for all texts to be equal at the end.
    @Test
    void a_relay_that_comes_back_without_what_it_had_saved_is_noticed(@TempDir Path copies) {
        var source = new Source(Optional.empty(), Integer.MAX_VALUE);
        Path older = copies.resolve("older");
        var session = new WritingSession(
                plan(source, Plan.Kind.EMBEDDED, 1, 2, 0),
                told::add,
                data -> {
                    if (Files.exists(older)) {
                        copy(older, data);
                    } else {
                        copy(data, older);
                    }
                },
                _ -> {});
        assertThatThrownBy(session::hold)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s)writer[12] failed:.*(This writer's text had [0-9]+ of its keystrokes"
                        + "|text was kept as a copy).*");
    }

    /// The files of a folder, in the place of those of another; what is a socket or a lock stays.
    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            try (var there = Files.list(to)) {
                for (Path file : there.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
            try (var files = Files.list(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    enum Loss {
        ALL {
            @Override
            void spoil(Path journal) throws IOException {
                Files.delete(journal);
            }
        },
        ITS_END {
            @Override
            void spoil(Path journal) throws IOException {
                try (var file = FileChannel.open(journal, StandardOpenOption.WRITE)) {
                    var _ = file.truncate(file.size() * 3 / 4);
                }
            }
        };

        abstract void spoil(Path journal) throws IOException;

        void befall(Path journal) {
            try {
                spoil(journal);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Path journalOf(Path writer) {
        try (var files = Files.walk(writer)) {
            return files.filter(file -> file.endsWith("journal")).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
