package coscribe.ot.document;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.kit.Notation;
import coscribe.ot.kit.Traces;
import java.util.ArrayDeque;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Law 15 of docs/LAWS.md, the sessions of one writer. Those of two go through the real
/// client and relay.
class TracesTest {
    @ParameterizedTest
    @ValueSource(strings = {"sveltecomponent.json.gz", "friendsforever_flat.json.gz", "json-crdt-patch.json.gz"})
    void a_recorded_session_replays_to_its_recorded_end(String name) {
        var trace = Traces.sequential(Traces.require(name));
        var text = Notation.plain(trace.start() + "\n");
        for (Delta change : trace.changes()) {
            assertThat(Schema.check(Change.of(change), text.length())).isEmpty();
            assertThat(Schema.checkBoundaries(change, text)).isEmpty();
            text = text.apply(change);
        }
        assertThat(text.plain()).isEqualTo(trace.end() + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sveltecomponent.json.gz", "friendsforever_flat.json.gz", "json-crdt-patch.json.gz"})
    void a_recorded_session_composed_into_one_change_leads_there_too_and_back(String name) {
        var trace = Traces.sequential(Traces.require(name));
        var start = Notation.plain(trace.start() + "\n");
        var whole = Delta.composeAll(trace.changes());
        var end = start.apply(whole);
        assertThat(end.plain()).isEqualTo(trace.end() + "\n");
        assertThat(end.apply(start.invert(whole))).isEqualTo(start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sveltecomponent.json.gz", "friendsforever_flat.json.gz", "json-crdt-patch.json.gz"})
    void a_recorded_session_is_undone_step_by_step(String name) {
        var trace = Traces.sequential(Traces.require(name));
        var start = Notation.plain(trace.start() + "\n");
        var text = start;
        var inverses = new ArrayDeque<Delta>();
        for (Delta change : trace.changes()) {
            inverses.push(text.invert(change));
            text = text.apply(change);
        }
        for (Delta inverse : inverses) {
            text = text.apply(inverse);
        }
        assertThat(text).isEqualTo(start);
    }
}
