package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.document.ContentHash;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.ClientMessage.Known;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.sequencing.SequenceLimits;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import java.time.Duration;
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

    @BeforeEach
    void a_document_is_shared() {
        plan = lobby.document(mara);
        lobby.store
                .grant(plan, jon, Optional.of(Role.EDITOR))
                .toCompletableFuture()
                .join();
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

    /// Mara writes; answers how somebody joins who was there before.
    private ClientMessage writes(int commits) {
        var inside = lobby.member(mara, plan);
        var joined = inside.hearsOf(ServerMessage.Joined.class);
        for (int i = 0; i < commits; i++) {
            inside.say(Lobby.type(mara, i + 1, i, i + 1));
        }
        assertThat(inside.hears()).hasSize(commits);
        return new ClientMessage.Join(
                plan,
                Optional.empty(),
                Optional.of(new Known(joined.epoch(), Revision.ZERO, new ContentHash("0".repeat(16)))));
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
