package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.relay.store.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two relays on one Redis are one: whoever is at the one meets whoever is at the other.
class TwoRelaysTest {
    @TempDir
    private Path folder;

    private RedisServer redis;
    private House east;
    private House west;
    private DocumentId plan;
    private Caller mara;
    private Caller jon;

    @BeforeEach
    void mara_is_at_one_and_jon_at_the_other() throws IOException {
        redis = RedisServer.strict();
        east = open("east");
        west = open("west");
        mara = east.caller("Mara");
        plan = mara.create("Plan");
        mara.join(plan);
        east.grant(plan, "Jon", Role.EDITOR);
        jon = west.caller("Jon", plan);
    }

    private House open(String name) {
        return House.in(folder.resolve(name), "--store", "redis", "--redis-url", "redis://127.0.0.1:" + redis.port());
    }

    @AfterEach
    void close() throws Exception {
        east.close();
        west.close();
        redis.close();
    }

    @Test
    void what_is_written_at_one_is_read_at_the_other() throws IOException {
        mara.type("Hello");
        jon.expect(Committed.class);
        jon.type(" Mara");
        mara.expect(Committed.class);

        assertThat(mara.text()).isEqualTo("Hello Mara");
        assertThat(jon.document()).isEqualTo(mara.document());
        assertThat(east.caller("Jon", plan).document()).isEqualTo(mara.document());
    }

    @Test
    void what_both_write_at_once_becomes_one_text() throws IOException {
        for (int round = 0; round < 30; round++) {
            long fromMara = mara.submit("[" + mara.insert("m") + "," + mara.length() + "]");
            long fromJon = jon.submit("[" + jon.insert("j") + "," + jon.length() + "]");
            mara.acknowledged(fromMara);
            jon.acknowledged(fromJon);
            long newest = Math.max(mara.revision(), jon.revision());
            mara.upTo(newest);
            jon.upTo(newest);
        }

        assertThat(mara.revision()).isEqualTo(60);
        assertThat(jon.document()).isEqualTo(mara.document());
        assertThat(mara.text()).hasSize(60);
    }

    @Test
    void whoever_is_here_is_seen_there_with_name_role_and_caret_until_they_leave() throws IOException {
        var member = seesIn(mara, jon.client());
        assertThat(member.person().name()).isEqualTo("Jon");
        assertThat(member.role()).isEqualTo(Role.EDITOR);
        mara.type("Hello");
        jon.expect(Committed.class);

        jon.say(new ClientMessage.MoveCaret(new Revision(1), Optional.of(new Caret(2, 4))));

        var seen = mara.expect(
                PresenceUpdate.class, update -> caretOf(update, jon.client()).isPresent());
        assertThat(caretOf(seen, jon.client())).contains(new CaretAt(new Revision(1), new Caret(2, 4)));

        jon.close();
        mara.expect(PresenceUpdate.class, update -> update.gone().contains(jon.client()));
    }

    private static Member seesIn(Caller who, ClientId whom) throws IOException {
        var update = who.expect(
                PresenceUpdate.class,
                each -> each.here().stream().anyMatch(member -> member.client().equals(whom)));
        return update.here().stream()
                .filter(member -> member.client().equals(whom))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<CaretAt> caretOf(PresenceUpdate update, ClientId client) {
        return update.here().stream()
                .filter(member -> member.client().equals(client))
                .flatMap(member -> member.caret().stream())
                .findFirst();
    }

    @Test
    void a_newcomer_is_told_of_those_at_either() throws IOException {
        east.grant(plan, "Eve", Role.VIEWER);
        var _ = seesIn(mara, jon.client()); // each relay knows of the other's now

        var joined = east.caller("Eve").join(plan);

        assertThat(joined.members()).extracting(Member::client).containsExactlyInAnyOrder(mara.client(), jon.client());
    }

    @Test
    void a_role_changed_through_one_acts_at_the_other() throws IOException {
        east.grant(plan, "Jon", Role.VIEWER);

        assertThat(jon.expect(ServerMessage.RoleChanged.class).role()).isEqualTo(Role.VIEWER);
        jon.expectRefusal(jon.submit("[" + jon.insert("x") + ",1]"), Refusal.ROLE, "does not allow");
        mara.expect(
                PresenceUpdate.class,
                update -> update.here().stream()
                        .anyMatch(member -> member.client().equals(jon.client()) && member.role() == Role.VIEWER));
    }

    @Test
    void a_role_taken_away_through_one_closes_at_the_other() throws IOException {
        east.revoke(plan, "Jon");

        var _ = jon.expectFailure(FailureCode.NO_ACCESS, "no such document", "not shared with you");
        jon.expectClose(CloseReason.NO_ACCESS);
        mara.type("He is gone");
    }

    @Test
    void whoever_moves_to_the_other_gets_what_was_missed_and_goes_on() throws IOException {
        mara.type("Hello");
        jon.expect(Committed.class);
        jon.type(" all");
        jon.close();
        mara.expect(Committed.class);
        mara.type("!");

        var moved = east.moved("Jon", jon);
        var joined = moved.resume(jon, plan);

        assertThat(joined.snapshot()).isFalse();
        assertThat(joined.resumed()).isEqualTo(new Resumed.At(1, new Revision(2)));
        moved.upTo(3);
        assertThat(moved.text()).isEqualTo("Hello all!");
        moved.type("?");
        mara.expect(Committed.class);
        assertThat(mara.document()).isEqualTo(moved.document());
    }

    @Test
    void an_edit_under_way_when_its_writer_moves_is_committed_once() throws IOException {
        for (int round = 1; round <= 10; round++) {
            int before = count(mara.text());
            var edit = "[" + jon.insert("j") + "," + jon.length() + "]";
            long seq = jon.submit(edit);
            jon.close(); // whether it arrived, and whether it was committed, nobody knows

            var from = round % 2 == 1 ? east : west;
            var moved = from.moved("Jon", jon);
            var resumed = (Resumed.At) moved.resume(jon, plan).resumed();
            if (resumed.lastSeq() < seq) {
                moved.acknowledged(moved.submit("[" + moved.insert("j") + "," + moved.length() + "]"));
            } else {
                moved.upTo(resumed.revision().number());
            }
            mara.upTo(moved.revision());
            assertThat(count(mara.text())).isEqualTo(before + 1);
            assertThat(moved.document()).isEqualTo(mara.document());
            jon = moved;
        }
    }

    private static int count(String text) {
        return (int) text.chars().filter(c -> c == 'j').count();
    }
}
