package coscribe.bench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.bench.trace.Endings;
import coscribe.bench.trace.Flat;
import coscribe.bench.trace.Grid;
import coscribe.bench.trace.Recorded;
import coscribe.ot.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// That the bench measures what it says; how fast, no test asks.
class CoreBenchTest {
    @Test
    void the_gap_buffer_is_a_text() {
        var random = new Random(7);
        var buffer = new GapBuffer("start");
        var model = new StringBuilder("start");
        for (int i = 0; i < 5_000; i++) {
            int at = random.nextInt(model.length() + 1);
            int deleted = Math.min(random.nextInt(4), model.length() - at);
            String inserted = "abcdefgh".substring(0, random.nextInt(9));
            buffer.replace(at, deleted, inserted);
            model.replace(at, at + deleted, inserted);
            assertThat(buffer.length()).isEqualTo(model.length());
        }
        assertThat(buffer).hasToString(model.toString());
    }

    @Test
    void a_recorded_conversation_goes_through_sessions_and_sequencer_to_its_end() {
        var recording = Recorded.require("friendsforever.json.gz");
        var outcome = Conversation.hold(recording, Grid.of(recording, Stamps::of), Wire::encode);
        // One tie, which the relay decides by who came first and the recording by who has the lower number.
        assertThat(Endings.judge(recording, outcome.texts())).endsWith(" characters in a tie at 3798 to 3815");
        assertThat(outcome.commits()).isLessThan(recording.txns().size());
    }

    @Test
    void recordings_one_behind_the_other_are_as_long_as_said_and_replay_to_their_end() {
        var flat = List.of(
                Flat.of(Recorded.require("sveltecomponent.json.gz")),
                Flat.of(Recorded.require("friendsforever.json.gz")));
        var joined = Flat.oneBehindTheOther("joined", flat, 50_000);
        assertThat(joined.txns()).hasSize(50_000);
        assertThat(joined.end())
                .startsWith(flat.get(0).end() + flat.get(1).end().substring(0, 100));
        assertThat(Replay.replay(joined).text().plain()).isEqualTo(joined.end() + "\n");
        assertThat(Replay.bare(joined)).hasToString(joined.end());
    }

    @Test
    void offline_branches_meet() {
        var flat = Flat.of(Recorded.require("sveltecomponent.json.gz"));
        assertThat(Branches.meet(new Typing(List.of(flat)), Replay.replay(flat).text(), 3_000))
                .isTrue();
    }

    @Test
    void the_adversarial_changes_are_as_large_as_said() {
        assertThat(WorstPairs.sizes().subList(0, WorstPairs.sizes().size() - 1))
                .allSatisfy(size -> assertThat(size).isBetween(65_535, 65_536));
    }

    @Test
    void what_is_held_is_weighed() {
        assertThat(Held.held(100, () -> new byte[100_000])).isCloseTo(100_016, within(5_000.0));
    }

    @Test
    void without_a_recording_it_says_so() {
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(new CoreBench(out, out, Path.of("")).run(List.of("/no/such/file.json.gz")))
                .isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("There is no file /no/such/file.json.gz.");
    }
}
