package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Range;
import coscribe.relay.sequencing.SequenceLimits;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who reads slowly gets a composed range, however much was missed. That who reads nothing for 10
/// seconds is closed with 4008 is the transport's to do (TransportContract).
class SlowReaderTest {
    /// Remembers ten to twenty commits, and hashes none.
    private static final SequenceLimits FORGETFUL =
            new SequenceLimits(20_000, 20, 4, 10, 1 << 20, 1_000, 1 << 20, 1_000_000, Duration.ofSeconds(1));

    private final Lobby lobby = new Lobby(FORGETFUL);
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();
    private Visitor writer;
    private Visitor reader;
    private int written;

    @BeforeEach
    void jon_reads_what_mara_writes() {
        DocumentId plan = lobby.document(mara);
        lobby.store
                .grant(plan, jon, Optional.of(Role.EDITOR))
                .toCompletableFuture()
                .join();
        writer = lobby.member(mara, plan);
        reader = lobby.member(jon, plan);
        reader.hears();
        reader.stalls();
    }

    private void writes(int commits) {
        for (int i = 0; i < commits; i++) {
            writer.say(Lobby.type(mara, written + 1, written, written + 1));
            written++;
        }
    }

    private List<ServerMessage> commitsHeard() {
        return reader.hears().stream()
                .filter(message -> message instanceof Committed || message instanceof Range)
                .toList();
    }

    @Test
    void however_far_it_is_behind_before_its_10_seconds_are_over_it_is_brought_up_to_date() {
        writes(100);
        lobby.hours.pass(Duration.ofMillis(9_900));
        writes(100);
        assertThat(reader.closedWith()).isEmpty();

        reader.readsOn();

        assertThat(reader.closedWith()).isEmpty();
        assertThat(commitsHeard()).singleElement().isInstanceOfSatisfying(Range.class, range -> {
            assertThat(range.from()).isEqualTo(Revision.ZERO);
            assertThat(range.to()).isEqualTo(new Revision(200));
            assertThat(range.contentHash()).isPresent();
        });
        writes(1);
        assertThat(commitsHeard()).singleElement().isInstanceOf(Committed.class);
    }

    @Test
    void so_is_one_whose_own_commit_is_older_than_the_relay_remembers() {
        writes(8);
        reader.say(Lobby.type(jon, 1, 0, 1));
        written++;
        writer.hears();
        for (int i = 0; i < 100; i++) {
            writer.say(Lobby.type(mara, written, written, written + 1));
            written++;
        }

        reader.readsOn();

        var heard = commitsHeard();
        assertThat(heard).hasSize(10);
        assertThat(heard.subList(0, 9))
                .as("where the relay cannot tell a hash any more it sends the commits themselves")
                .allSatisfy(message -> assertThat(message).isInstanceOf(Committed.class));
        assertThat(heard.get(8))
                .isInstanceOfSatisfying(
                        Committed.class, own -> assertThat(own.author()).isEqualTo(jon));
        assertThat(heard.get(9))
                .isInstanceOfSatisfying(
                        Range.class, rest -> assertThat(rest.to()).isEqualTo(new Revision(109)));
    }

    @Test
    void a_store_that_is_away_is_asked_again() {
        writes(100);
        lobby.faults.put(Call.READ, Fault.FAIL);
        reader.readsOn();
        assertThat(commitsHeard()).isEmpty();
        writes(1);
        lobby.hours.pass(Duration.ofSeconds(3));
        assertThat(commitsHeard()).isEmpty();
        assertThat(reader.closedWith()).isEmpty();

        lobby.faults.clear();
        lobby.hours.pass(Duration.ofSeconds(2));

        assertThat(commitsHeard())
                .singleElement()
                .isInstanceOfSatisfying(
                        Range.class, range -> assertThat(range.to()).isEqualTo(new Revision(101)));
    }

    @Test
    void nothing_more_is_asked_for_somebody_who_left() {
        writes(100);
        lobby.faults.put(Call.READ, Fault.FAIL);
        reader.readsOn();
        int before = lobby.hours.waits();
        reader.hangUp();
        lobby.hours.pass(Duration.ofSeconds(5));
        assertThat(lobby.hours.waits()).isLessThan(before);
    }

    @Test
    void while_the_log_is_read_for_it_nothing_is_said_out_of_order() {
        writes(100);
        lobby.faults.put(Call.READ, Fault.DELAY_REPLY);
        reader.readsOn();
        writes(1);
        reader.say(new ClientMessage.CatchUp(new Revision(0)));
        assertThat(commitsHeard()).isEmpty();

        lobby.faults.clear();
        lobby.hours.doWhatWaits();

        assertThat(commitsHeard())
                .singleElement()
                .isInstanceOfSatisfying(
                        Range.class, range -> assertThat(range.to()).isEqualTo(new Revision(101)));
    }
}
