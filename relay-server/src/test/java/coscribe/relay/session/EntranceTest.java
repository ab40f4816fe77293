package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.document.ContentHash;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.ClientMessage.Known;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.sequencing.SequenceLimits;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is let into a document, and what somebody hears who is not.
class EntranceTest {
    /// Remembers ten to twenty commits, so that a newcomer who missed more needs the log.
    private static final SequenceLimits FORGETFUL =
            new SequenceLimits(20_000, 20, 4, 10, 1 << 20, 1_000, 1 << 20, 64, Duration.ofSeconds(1));

    private final Lobby lobby = new Lobby(FORGETFUL);
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();
    private DocumentId plan;
    /// Mara's, who wrote.
    private Visitor writer;

    @BeforeEach
    void a_document_is_shared() {
        plan = lobby.shared(mara, jon);
    }

    @Test
    void what_does_not_verify_when_somebody_joins_is_damage_and_no_store_to_wait_for() {
        var inside = lobby.member(mara, plan);
        var newcomer = lobby.visitor(jon);
        lobby.faults.put(Call.JOIN, Fault.DAMAGED);

        var failed = newcomer.say(Lobby.join(plan)).hearsOf(ServerMessage.Failed.class);

        assertThat(failed.code()).isEqualTo(FailureCode.DAMAGED);
        assertThat(failed.sentence()).contains("does not verify", "left as it is", "administrator");
        assertThat(newcomer.closedWith()).isEmpty();
        assertThat(inside.closedWith()).isEmpty();
        lobby.faults.clear();
        assertThat(newcomer.say(Lobby.join(plan))
                        .hearsOf(ServerMessage.Joined.class)
                        .document())
                .isEqualTo(plan);
    }

    @Test
    void a_store_that_does_not_answer_when_somebody_joins_is_away() {
        var newcomer = lobby.visitor(jon);
        lobby.faults.put(Call.JOIN, Fault.FAIL);

        var failed = newcomer.say(Lobby.join(plan)).hearsOf(ServerMessage.Failed.class);

        assertThat(failed.code()).isEqualTo(FailureCode.STORE_AWAY);
        assertThat(failed.retryAfterMillis()).isPositive();
    }

    @Test
    void a_log_that_does_not_verify_where_somebody_missed_much_is_damage() {
        var known = writes(30);
        lobby.faults.put(Call.READ, Fault.DAMAGED);

        var failed = lobby.visitor(jon).say(known).hearsOf(ServerMessage.Failed.class);

        assertThat(failed.code()).isEqualTo(FailureCode.DAMAGED);
    }

    @Test
    void a_log_that_is_away_where_somebody_missed_much_is_away_and_is_read_the_next_time() {
        var known = writes(30);
        var newcomer = lobby.visitor(jon);
        lobby.faults.put(Call.READ, Fault.FAIL);
        assertThat(newcomer.say(known).hearsOf(ServerMessage.Failed.class).code())
                .isEqualTo(FailureCode.STORE_AWAY);

        lobby.faults.clear();

        newcomer.say(known);
        assertThat(newcomer.hearsOf(ServerMessage.Range.class).to()).isEqualTo(new Revision(30));
    }

    @Test
    void a_hall_stays_open_for_somebody_whose_way_in_takes_long() {
        var known = writes(30);
        lobby.faults.put(Call.READ, Fault.DELAY_REPLY);
        var newcomer = lobby.visitor(jon).say(known);
        writer.hangUp();
        lobby.hours.pass(Duration.ofSeconds(90));

        lobby.hours.doWhatWaits();

        assertThat(newcomer.hearsOf(ServerMessage.Range.class).to()).isEqualTo(new Revision(30));
        newcomer.say(Lobby.type(jon, 1, 30, 31));
        assertThat(newcomer.hearsOf(Committed.class).revision()).isEqualTo(new Revision(31));
    }

    /// The other relay's commits are in the log before this one hears of them.
    @Test
    void whoever_missed_much_gets_it_from_a_log_that_stands_further_on_than_the_relay() {
        var known = writes(30);
        var deaf = lobby.another();
        deaf.loseFeed = true;
        var _ = deaf.member(mara, plan);
        deaf.faults.put(Call.JOIN, Fault.DELAY_REPLY);
        var newcomer = deaf.visitor(jon).say(known);
        deaf.faults.clear();
        for (int i = 30; i < 33; i++) {
            writer.say(Lobby.type(mara, i + 1, i, i + 1));
        }

        lobby.hours.doWhatWaits();

        var told = newcomer.hears();
        assertThat(told).as("what is unsent can be placed").noneMatch(ServerMessage.SnapshotPart.class::isInstance);
        assertThat(of(ServerMessage.Range.class, told))
                .extracting(ServerMessage.Range::to)
                .containsExactly(new Revision(30));
        newcomer.say(Lobby.type(jon, 1, 30, 31));
        assertThat(of(Committed.class, newcomer.hears()))
                .extracting(commit -> commit.revision().number())
                .containsExactly(31L, 32L, 33L, 34L);
    }

    private static <T> List<T> of(Class<T> kind, List<ServerMessage> told) {
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// Mara writes; answers how somebody joins who was there before.
    private ClientMessage writes(int commits) {
        var inside = lobby.member(mara, plan);
        var joined = inside.hearsOf(ServerMessage.Joined.class);
        for (int i = 0; i < commits; i++) {
            inside.say(Lobby.type(mara, i + 1, i, i + 1));
        }
        assertThat(of(Committed.class, inside.hears())).hasSize(commits);
        writer = inside;
        return new ClientMessage.Join(
                plan,
                Optional.empty(),
                Optional.of(new Known(joined.epoch(), Revision.ZERO, new ContentHash("0".repeat(16)))));
    }

    @Test
    void whoever_comes_in_first_after_a_document_was_restored_is_let_into_the_restored_one() {
        var inside = lobby.member(mara, plan);
        var restored = lobby.restore(plan);

        var newcomer = lobby.member(jon, plan);

        assertThat(newcomer.hearsOf(ServerMessage.Joined.class).epoch()).isEqualTo(restored);
        assertThat(inside.closedWith()).contains(1012);
    }

    @Test
    void whoever_comes_after_the_store_lost_its_newest_commits_gets_what_the_store_has() {
        var before = lobby.held(plan);
        var _ = writes(3);
        lobby.put(before);

        var newcomer = lobby.member(jon, plan);

        assertThat(newcomer.hearsOf(ServerMessage.Joined.class).head()).isEqualTo(Revision.ZERO);
        assertThat(writer.closedWith()).contains(1012);
    }

    @Test
    void a_store_that_lost_its_newest_commits_is_found_out_where_nobody_comes() {
        var before = lobby.held(plan);
        var _ = writes(3);
        lobby.put(before);

        lobby.hours.pass(Duration.ofSeconds(1));

        assertThat(writer.closedWith()).contains(1012);
    }

    @Test
    void whoever_was_asked_for_while_the_document_was_restored_is_let_into_the_restored_one() {
        var inside = lobby.member(mara, plan);
        lobby.faults.put(Call.JOIN, Fault.DELAY_REPLY);
        var newcomer = lobby.member(jon, plan);
        lobby.faults.clear();
        var restored = lobby.restore(plan);
        inside.say(Lobby.type(mara, 1, 0, 1));
        assertThat(inside.closedWith()).contains(1012);

        lobby.hours.doWhatWaits();

        assertThat(newcomer.hearsOf(ServerMessage.Joined.class).epoch()).isEqualTo(restored);
    }

    @Test
    void whoever_waits_for_a_revision_that_the_store_lost_meanwhile_is_let_in_without_it() {
        var before = lobby.held(plan);
        var deaf = lobby.another();
        deaf.loseFeed = true;
        var _ = deaf.member(mara, plan);
        var _ = writes(3);
        deaf.faults.put(Call.JOIN, Fault.DELAY_REPLY);
        var newcomer = deaf.member(jon, plan);
        deaf.faults.clear();
        lobby.put(before);
        lobby.hours.doWhatWaits();
        assertThat(newcomer.hears()).noneMatch(ServerMessage.Joined.class::isInstance);

        lobby.hours.pass(Duration.ofSeconds(2));

        assertThat(newcomer.hearsOf(ServerMessage.Joined.class).head()).isEqualTo(Revision.ZERO);
    }

    @Test
    void whoever_was_asked_for_before_the_store_went_back_and_came_further_another_way_is_asked_for_anew() {
        var deaf = lobby.another();
        deaf.loseFeed = true;
        var inside = deaf.member(mara, plan);
        var before = lobby.held(plan);
        var _ = writes(3);
        deaf.faults.put(Call.JOIN, Fault.DELAY_REPLY);
        var newcomer = deaf.member(jon, plan);
        deaf.faults.clear();
        lobby.put(before);
        for (int i = 0; i < 4; i++) {
            inside.say(Lobby.type(mara, i + 1, i, i + 1));
        }

        lobby.hours.doWhatWaits();

        assertThat(newcomer.hearsOf(ServerMessage.Joined.class).head()).isEqualTo(new Revision(4));
        newcomer.say(Lobby.type(jon, 1, 4, 5));
        assertThat(newcomer.hearsOf(Committed.class).revision()).isEqualTo(new Revision(5));
    }

    @Test
    void a_commit_to_what_does_not_verify_sends_everybody_out_and_nobody_back_in() {
        var inside = lobby.member(mara, plan);
        lobby.faults.put(Call.COMMIT, Fault.DAMAGED);
        lobby.faults.put(Call.LOAD, Fault.DAMAGED);

        inside.say(Lobby.type(mara, 1, 0, 1));

        assertThat(inside.closedWith()).contains(1012);
        var again = lobby.member(mara, plan).hearsOf(ServerMessage.Failed.class);
        assertThat(again.code()).isEqualTo(FailureCode.DAMAGED);
    }
}
