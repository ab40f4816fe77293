package coscribe.bench.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coscribe.bench.trace.Recording.Patch;
import coscribe.bench.trace.Recording.Txn;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
    @TempDir
    Path folder;

    private static String replayed(Recording flat) {
        Document document = Document.EMPTY;
        for (var txn : flat.txns()) {
            document = document.apply(Change.of(txn.delta(Attributes.NONE)));
        }
        return document.text().plain();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sveltecomponent.json.gz",
                "friendsforever_flat.json.gz",
                "json-crdt-patch.json.gz",
                "friendsforever.json.gz"
            })
    void a_recorded_session_put_in_one_order_ends_as_recorded(String name) {
        var recording = Recorded.require(name);
        assertThat(replayed(Flat.of(recording))).isEqualTo(recording.end() + "\n");
    }

    @Test
    void what_happened_at_several_carets_is_the_same_as_one_after_the_other() {
        var stamp = Attributes.of("author", Value.of("somebody"));
        var random = new SplittableRandom(42);
        for (int round = 0; round < 20_000; round++) {
            int length = random.nextInt(12);
            var patches = new ArrayList<Patch>();
            var folded = Delta.identity(length + 1);
            int before = length; // what lies in front of the last patch
            for (int i = random.nextInt(2, 5); i > 0; i--) {
                int at = random.nextInt(before + 1);
                var patch = new Patch(at, random.nextInt(before - at + 1), "xy".substring(random.nextInt(3)));
                patches.add(patch);
                folded = folded.compose(
                        Delta.replacement(folded.targetLength(), at, patch.deleted(), patch.inserted(), stamp));
                before = random.nextInt(8) == 0 ? folded.targetLength() - 1 : at; // sometimes behind it again
            }
            assertThat(new Txn(0, 1, 0, length, patches).delta(stamp))
                    .as("%s", patches)
                    .isEqualTo(folded);
        }
    }

    @Test
    void a_recording_takes_as_long_as_its_writers_wait_for_each_other() {
        var none = List.<Patch>of();
        var alone = new Recording("alone", "", "", 1, List.of(new Txn(0, 1, 0, 0, none), new Txn(0, 2, 0, 0, none)));
        var atOnce = new Recording("at once", "", "", 2, List.of(new Txn(0, 1, 0, 0, none), new Txn(1, 1, 0, 0, none)));
        var waiting = new Recording(
                "waiting",
                "",
                "",
                2,
                List.of(new Txn(0, 1, 0, 0, none), new Txn(1, 1, 1, 0, none), new Txn(0, 2, 1, 0, none)));
        assertThat(alone.seconds(5)).isEqualTo(0.4);
        assertThat(atOnce.seconds(5)).isEqualTo(0.2);
        assertThat(waiting.seconds(10)).isEqualTo(0.3, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 299, 300, 1_000})
    void a_session_of_one_is_written_by_two_however_short_it_is(int length) {
        var txns = IntStream.range(0, length)
                .mapToObj(i -> new Txn(0, i + 1, 0, i, List.of(new Patch(i, 0, "x"))))
                .toList();
        var turns = new Recording("alone", "", "", 1, txns).inTurns(150);
        assertThat(turns.count(0)).isPositive();
        assertThat(turns.count(1)).isPositive();
        assertThat(turns.count(0) + turns.count(1)).isEqualTo(length);
        assertThat(replayed(turns)).isEqualTo("x".repeat(length) + "\n");
    }

    @Test
    void a_transaction_may_be_had_at_any_point_where_more_of_the_others_is_there() {
        var recording = Recorded.require("friendsforever.json.gz");
        var grid = Grid.of(recording, _ -> Attributes.NONE);
        var eager = Document.EMPTY;
        int[] made = new int[2];
        // The first writer goes ahead as far as it can, the second follows: another order than the recorded one.
        while (made[0] + made[1] < recording.txns().size()) {
            int agent = made[0] < grid.count(0) && grid.txn(0, made[0] + 1).seen() <= made[1] ? 0 : 1;
            Delta next = grid.at(agent, made[agent] + 1, made[1 - agent]);
            made[agent]++;
            eager = eager.apply(Change.of(next));
        }
        assertThat(eager.text().plain()).isEqualTo(recording.end() + "\n");
    }

    @Test
    void positions_are_code_points_and_become_units() throws IOException {
        var recording = RecordingReader.read(written("astral", """
                {"kind":"concurrent","endContent":"\ud83d\ude00b\ud83d\ude01a","numAgents":2,"txns":[
                 {"parents":[],"agent":0,"patches":[[0,0,"\ud83d\ude00a"]]},
                 {"parents":[0],"agent":1,"patches":[[1,0,"b"]]},
                 {"parents":[0],"agent":0,"patches":[[2,0,"x"]]},
                 {"parents":[1,2],"agent":0,"patches":[[2,0,"\ud83d\ude01"],[4,1,""]]}]}"""));
        assertThat(recording.txns().get(1).patches()).containsExactly(new Patch(2, 0, "b"));
        assertThat(replayed(Flat.of(recording))).isEqualTo(recording.end() + "\n");
    }

    @Test
    void a_session_of_three_people_is_refused_with_a_sentence() throws IOException {
        var file = written("three", "{\"kind\":\"concurrent\",\"endContent\":\"\",\"numAgents\":3,\"txns\":[]}");
        assertThatThrownBy(() -> RecordingReader.read(file)).hasMessageContaining("3 people");
    }

    private Path written(String name, String json) throws IOException {
        var file = folder.resolve(name + ".json.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
