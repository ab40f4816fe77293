package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Failed;
import coscribe.ot.protocol.ServerMessage.Joined;
import coscribe.ot.protocol.ServerMessage.Pong;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who asks for more than one person may is read more slowly, and refused only where that is not enough.
class FloodTest {
    private static final String LONG_PING = "{\"t\":\"ping\",\"number\":1" + " ".repeat(999_000) + "}";

    private final Lobby lobby = new Lobby();
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();

    private static List<Pong> pongs(long from, long to) {
        return LongStream.range(from, to).mapToObj(Pong::new).toList();
    }

    private static void pings(Visitor visitor, long from, long to) {
        LongStream.range(from, to).forEach(number -> visitor.say(new ClientMessage.Ping(number)));
    }

    @Test
    void who_sends_too_fast_is_not_read_for_a_while_and_is_answered_in_order() {
        var home = lobby.visitor(mara);
        int more = 3 * Limits.MESSAGES_EACH_SECOND;

        pings(home, 0, Limits.MESSAGES_AT_ONCE + more);

        assertThat(home.hears()).isEqualTo(pongs(0, Limits.MESSAGES_AT_ONCE));
        assertThat(home.isRead()).isFalse();
        lobby.hours.pass(Duration.ofSeconds(1));
        assertThat(home.hears()).hasSizeBetween(Limits.MESSAGES_EACH_SECOND / 2, Limits.MESSAGES_EACH_SECOND * 3 / 2);
        assertThat(home.isRead()).isFalse();
        lobby.hours.pass(Duration.ofSeconds(3));
        assertThat(home.hears()).last().isEqualTo(new Pong(Limits.MESSAGES_AT_ONCE + more - 1));
        assertThat(home.isRead()).isTrue();
        assertThat(home.closedWith()).isEmpty();
    }

    @Test
    void nobody_else_waits_for_them() {
        pings(lobby.visitor(mara), 0, Limits.MESSAGES_AT_ONCE + 100);
        var other = lobby.visitor(jon);

        pings(other, 0, 1);

        assertThat(other.hears()).isEqualTo(pongs(0, 1));
        assertThat(other.isRead()).isTrue();
    }

    @Test
    void another_connection_is_no_other_allowance() {
        var first = lobby.visitor(mara);
        var second = lobby.visitor(mara);
        pings(first, 0, Limits.MESSAGES_AT_ONCE);

        pings(second, 0, 1);

        assertThat(second.hears()).isEmpty();
        assertThat(second.isRead()).isFalse();
        lobby.hours.pass(Duration.ofSeconds(1));
        assertThat(second.hears()).isEqualTo(pongs(0, 1));
    }

    @Test
    void what_was_read_of_somebody_who_hangs_up_is_forgotten_and_nothing_waits() {
        int before = lobby.hours.waits();
        var home = lobby.visitor(mara);
        pings(home, 0, Limits.MESSAGES_AT_ONCE + 100);

        home.hangUp();

        assertThat(lobby.hours.waits()).isEqualTo(before);
    }

    @Test
    void who_keeps_sending_on_many_connections_is_told_when_to_come_back() {
        var homes = Stream.generate(() -> lobby.visitor(mara)).limit(12).toList();

        homes.forEach(home -> home.sayText(LONG_PING));

        var answered =
                homes.stream().filter(home -> home.closedWith().isEmpty()).toList();
        var refused =
                homes.stream().filter(home -> home.closedWith().isPresent()).toList();
        assertThat(answered)
                .as("four at once, and what runs in within patience")
                .hasSize(9);
        assertThat(refused).isNotEmpty().allSatisfy(home -> {
            assertThat(home.closedWith()).contains(CloseReason.LIMIT.code());
            var failed = home.hearsOf(Failed.class);
            assertThat(failed.code()).isEqualTo(FailureCode.LIMIT);
            assertThat(failed.retryAfterMillis()).isBetween(5_000L, 7_000L);
        });
        lobby.hours.pass(Pace.PATIENCE);
        assertThat(answered).allSatisfy(home -> assertThat(home.hears()).isEqualTo(pongs(1, 2)));
    }

    @Test
    void who_is_not_held_by_not_being_read_is_sent_away() {
        var home = lobby.visitor(mara);
        for (int i = 0; i < 8; i++) {
            home.sayText(LONG_PING);
        }
        assertThat(home.closedWith()).contains(CloseReason.LIMIT.code());
    }

    /// Each time the whole log is read and composed.
    @Test
    void who_asks_for_everything_again_and_again_gets_it_more_and_more_slowly() {
        int commits = 500;
        int atOnce = Limits.WORK_AT_ONCE / (commits * Limits.CATCH_UP_WORK);
        var plan = lobby.shared(mara, jon);
        var hers = lobby.member(mara, plan);
        for (int i = 0; i < commits; i++) {
            hers.say(Lobby.type(mara, i + 1, i, i + 1));
        }
        var his = lobby.member(jon, plan);
        his.hears();

        for (int i = 0; i < 2 * atOnce; i++) {
            his.say(new ClientMessage.CatchUp(Revision.ZERO));
        }

        assertThat(ranges(his)).isEqualTo(atOnce);
        assertThat(his.isRead()).isFalse();
        lobby.hours.pass(Duration.ofSeconds(5));
        assertThat(ranges(his)).isBetween(1L, 3L);
        assertThat(his.isRead()).isFalse();
        lobby.hours.pass(Duration.ofSeconds(30));
        assertThat(ranges(his)).isBetween(atOnce - 3L, atOnce - 1L);
        assertThat(his.isRead()).isTrue();
        assertThat(his.closedWith()).isEmpty();
    }

    private static long ranges(Visitor visitor) {
        return visitor.hears().stream()
                .filter(ServerMessage.Range.class::isInstance)
                .count();
    }

    @Test
    void who_joins_again_and_again_waits_and_then_is_refused_for_a_while() {
        var plan = lobby.document(mara);
        var homes = new ArrayList<Visitor>();
        for (int i = 0; i < Limits.JOINS_AT_ONCE; i++) {
            var inside = lobby.member(mara, plan);
            var _ = inside.hearsOf(Joined.class);
            inside.hangUp();
        }
        int patient = (int) (Limits.JOINS_EACH_SECOND * Pace.PATIENCE.toSeconds());
        for (int i = 0; i < patient; i++) {
            homes.add(lobby.member(mara, plan));
            assertThat(homes.getLast().hears()).isEmpty();
        }
        var last = lobby.member(mara, plan);
        var failed = last.hearsOf(Failed.class);
        assertThat(failed.code()).isEqualTo(FailureCode.LIMIT);
        assertThat(failed.retryAfterMillis()).isGreaterThan(Pace.PATIENCE.toMillis());
        assertThat(last.closedWith()).isEmpty();
        lobby.hours.pass(Pace.PATIENCE);
        assertThat(homes).allSatisfy(home -> assertThat(home.hears()).anyMatch(Joined.class::isInstance));
    }

    @Test
    void nobody_has_more_documents_open_than_a_person_may() {
        var inside = new ArrayList<Visitor>();
        List<DocumentId> documents = Stream.generate(() -> lobby.document(mara))
                .limit(Limits.DOCUMENTS_OPEN + 1)
                .toList();
        for (int i = 0; i < Limits.DOCUMENTS_OPEN; i++) {
            inside.add(lobby.member(mara, documents.get(i)));
            var _ = inside.getLast().hearsOf(Joined.class);
        }
        var twice = lobby.member(mara, documents.getFirst());
        var _ = twice.hearsOf(Joined.class);
        twice.hangUp();
        var home = lobby.visitor(mara);

        var failed = home.say(Lobby.join(documents.getLast())).hearsOf(Failed.class);

        assertThat(failed.code()).isEqualTo(FailureCode.LIMIT);
        assertThat(failed.sentence()).contains(Limits.DOCUMENTS_OPEN + " documents");
        assertThat(failed.retryAfterMillis()).isPositive();
        inside.getFirst().hangUp();
        var _ = home.say(Lobby.join(documents.getLast())).hearsOf(Joined.class);
    }
}
