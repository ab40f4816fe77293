package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.sequencing.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Messages that cost the relay more than their length says.
class TurnstileTest {
    private static final int LENGTH = 30;

    private final Lobby lobby = new Lobby();
    private final Visitor connection = lobby.stranger();
    private final Way way = new Way();
    private final Budgets budgets = new Budgets(lobby.hours);
    private final Turnstile turnstile = turnstile(way);

    private Turnstile turnstile(Turnstile.Way to) {
        return new Turnstile(
                connection, budgets, lobby.hours, new Serial(Runnable::run, "turnstile"), SessionMetrics.NONE, to);
    }

    private final class Way implements Turnstile.Way {
        final PersonId mara = lobby.person();
        final Map<ClientMessage, Long> work = new HashMap<>();
        final List<ClientMessage> passed = new ArrayList<>();
        final Map<ClientMessage, Duration> busy = new HashMap<>();
        Optional<Duration> tooMuch = Optional.empty();

        @Override
        public Optional<PersonId> payer() {
            return Optional.of(mara);
        }

        @Override
        public long work(ClientMessage message) {
            return work.getOrDefault(message, 0L);
        }

        @Override
        public void pass(ClientMessage message) {
            passed.add(message);
        }

        @Override
        public void busy(ClientMessage message, Duration retryAfter) {
            busy.put(message, retryAfter);
        }

        @Override
        public void tooMuch(Duration retryAfter) {
            tooMuch = Optional.of(retryAfter);
        }
    }

    /// A message with a number, that costs so many steps.
    private ClientMessage comes(long number, long steps) {
        var message = new ClientMessage.Ping(number);
        way.work.put(message, steps);
        turnstile.arrive(message, LENGTH);
        return message;
    }

    @Test
    void one_of_the_worst_is_taken_at_once_and_the_next_waits_and_what_is_behind_it_too() {
        var worst = comes(1, Limits.WORK_AT_ONCE);
        var next = comes(2, 2L * Limits.WORK_EACH_SECOND);
        var behind = comes(3, 0);

        assertThat(way.passed).containsExactly(worst);
        assertThat(connection.isRead()).isFalse();
        lobby.hours.pass(Duration.ofMillis(1_999));
        assertThat(way.passed).containsExactly(worst);
        lobby.hours.pass(Duration.ofMillis(1));
        assertThat(way.passed).containsExactly(worst, next, behind);
        assertThat(connection.isRead()).isTrue();
    }

    @Test
    void what_would_wait_too_long_is_to_come_again_and_the_connection_goes_on() {
        var worst = comes(1, Limits.WORK_AT_ONCE);
        var another = comes(2, Limits.WORK_AT_ONCE);
        var small = comes(3, 0);

        assertThat(way.passed).containsExactly(worst, small);
        assertThat(way.busy).containsOnlyKeys(another);
        assertThat(way.tooMuch).isEmpty();
        lobby.hours.pass(way.busy.get(another));
        turnstile.arrive(another, LENGTH);
        assertThat(way.passed).containsExactly(worst, small, another);
    }

    @Test
    void after_the_end_nothing_passes_and_nothing_is_started_again() {
        var _ = comes(1, Limits.WORK_AT_ONCE);
        var next = comes(2, Limits.WORK_EACH_SECOND);

        turnstile.end();
        lobby.hours.pass(Duration.ofSeconds(30));
        turnstile.arrive(next, LENGTH);

        assertThat(way.passed).hasSize(1);
        assertThat(connection.isRead()).isFalse();
    }
}
