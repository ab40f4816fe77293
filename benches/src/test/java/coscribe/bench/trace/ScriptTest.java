package coscribe.bench.trace;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private final Recording script = Script.twoPeople(11);

    @Test
    void two_people_write_at_once() {
        assertThat(script.end()).contains("Minutes of Tuesday's meeting. ", "half past five.", "😀", "👩‍👩‍👧 Done.");
        assertThat(script.txns()).anyMatch(txn -> txn.agent() == 0 && txn.seen() > 0);
        assertThat(script.txns()).anyMatch(txn -> txn.patches().getFirst().deleted() > 0);
        var grid = Grid.of(script, _ -> Attributes.NONE);
        int[] made = new int[2];
        int concurrent = 0;
        for (var txn : script.txns()) {
            concurrent += txn.seen() < made[1 - txn.agent()] ? 1 : 0;
            made[txn.agent()]++;
        }
        assertThat(concurrent).isGreaterThan(script.txns().size() / 2);
        assertThat(grid.count(0) + grid.count(1)).isEqualTo(script.txns().size());
    }

    @Test
    void it_is_the_same_every_time() {
        assertThat(Script.twoPeople(11)).isEqualTo(script);
        assertThat(Script.twoPeople(12)).isNotEqualTo(script);
    }

    @Test
    void a_beginning_ends_with_the_text_of_its_transactions() {
        var begun = script.beginning(100);
        assertThat(begun.txns()).hasSize(100);
        var document = Document.EMPTY;
        for (var txn : Flat.of(begun).txns()) {
            document = document.apply(Change.of(txn.delta(Attributes.NONE)));
        }
        assertThat(document.text().plain()).isEqualTo(begun.end() + "\n");
    }

    @Test
    void a_session_of_one_can_be_written_by_two_in_turns() {
        var alone = new Recording("alone", "", script.end(), 1, Flat.of(script).txns());
        var turns = alone.inTurns(7);
        assertThat(turns.count(0) + turns.count(1)).isEqualTo(alone.txns().size());
        assertThat(turns.count(1)).isPositive();
        assertThat(Flat.text(turns)).isEqualTo(script.end());
    }
}
