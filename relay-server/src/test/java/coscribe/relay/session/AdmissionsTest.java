package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.session.Admissions.Ticket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/// How many are let in at a time, by how long it takes those who are; on a clock of the test's.
class AdmissionsTest {
    private final Hours hours = new Hours();
    private final Admissions admissions = new Admissions(hours, SessionMetrics.NONE);
    private final List<Duration> refused = new ArrayList<>();
    private int mostAtOnce;
    private int in;

    /// A store that needs so long for somebody, by how many are under way.
    private void herd(int people, IntToLongFunction millis) {
        for (int i = 0; i < people; i++) {
            arrive(millis);
        }
    }

    private void arrive(IntToLongFunction millis) {
        var ticket = new ArrayDeque<Ticket>();
        Runnable comesIn = () -> {
            mostAtOnce = Math.max(mostAtOnce, admissions.underWay());
            hours.after(Duration.ofMillis(millis.applyAsLong(admissions.underWay())), () -> {
                in++;
                ticket.element().answered();
            });
        };
        ticket.add(admissions.ask(comesIn, refused::add));
    }

    @Test
    void a_few_are_let_in_at_once() {
        var gone = new AtomicInteger();
        for (int i = 0; i < Admissions.FEWEST; i++) {
            var _ = admissions.ask(gone::incrementAndGet, refused::add);
        }
        assertThat(gone).hasValue(Admissions.FEWEST);
        assertThat(refused).isEmpty();
    }

    @Test
    void more_wait_in_their_order_and_come_when_others_are_in() {
        var order = new ArrayList<Integer>();
        Deque<Ticket> tickets = new ArrayDeque<>();
        int first = admissions.bound();
        for (int i = 0; i < first + 3; i++) {
            int number = i;
            tickets.add(admissions.ask(() -> order.add(number), refused::add));
        }
        assertThat(order).hasSize(first);
        tickets.remove().gone();
        tickets.remove().gone();
        assertThat(order).hasSize(first + 2).endsWith(first, first + 1);
    }

    @Test
    void who_hangs_up_leaves_the_queue_and_a_place_is_given_back_once() {
        var order = new ArrayList<Integer>();
        int first = admissions.bound();
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < first + 2; i++) {
            int number = i;
            tickets.add(admissions.ask(() -> order.add(number), refused::add));
        }
        tickets.get(first).gone();
        tickets.getFirst().answered();
        tickets.getFirst().gone();
        tickets.getFirst().answered();
        assertThat(order).hasSize(first + 1).last().isEqualTo(first + 1);
        assertThat(admissions.underWay()).isEqualTo(first);
    }

    @Test
    void a_quick_store_is_given_more_at_a_time() {
        int before = admissions.bound();
        herd(5_000, _ -> 20);
        hours.pass(Duration.ofSeconds(30));
        assertThat(in).isEqualTo(5_000);
        assertThat(admissions.bound()).isGreaterThan(4 * before).isLessThanOrEqualTo(Admissions.MOST);
    }

    @Test
    void a_store_that_slows_down_under_many_is_given_about_as_many_as_it_takes_in_the_time() {
        herd(5_000, underWay -> 10L * underWay); // a hundred a second, whatever is asked of it
        for (int i = 0; i < 40; i++) {
            hours.pass(Duration.ofSeconds(1));
            herd(100, underWay -> 10L * underWay);
        }
        assertThat(admissions.bound()).isBetween(Admissions.FEWEST, 75);
        assertThat(mostAtOnce).isLessThan(150);
    }

    @Test
    void a_store_that_hangs_is_given_few_and_more_again_when_it_is_back() {
        for (int i = 0; i < 40; i++) {
            herd(20, _ -> 5_000);
            hours.pass(Duration.ofSeconds(6));
        }
        assertThat(admissions.bound()).isEqualTo(Admissions.FEWEST);
        hours.pass(Duration.ofMinutes(5));
        for (int i = 0; i < 60; i++) {
            herd(100, _ -> 10);
            hours.pass(Duration.ofSeconds(1));
        }
        assertThat(admissions.bound()).isGreaterThan(4 * Admissions.FEWEST);
    }

    @Test
    void who_would_wait_too_long_is_told_when_there_is_room_and_everybody_else_comes_in() {
        for (int i = 0; i < 20; i++) {
            herd(20, _ -> 2_000);
            hours.pass(Duration.ofSeconds(3));
        }
        hours.pass(Duration.ofMinutes(1));
        int before = in;
        herd(2_000, _ -> 2_000);
        assertThat(refused).isNotEmpty().allSatisfy(wait -> assertThat(wait).isGreaterThan(Admissions.LONGEST_WAIT));
        hours.pass(Duration.ofHours(1));
        assertThat(in - before + refused.size()).isEqualTo(2_000);
        assertThat(admissions.underWay()).isZero();
    }

    @Test
    void a_long_queue_that_empties_in_one_go_does_not_fill_the_stack() {
        var tickets = new ArrayDeque<Ticket>();
        var held = new ArrayList<Ticket>();
        for (int i = admissions.bound(); i > 0; i--) {
            held.add(admissions.ask(() -> {}, refused::add));
        }
        var went = new AtomicInteger();
        for (int i = 0; i < 100_000; i++) {
            tickets.add(admissions.ask(
                    () -> {
                        went.incrementAndGet();
                        tickets.remove().answered();
                    },
                    refused::add));
        }
        held.forEach(Ticket::gone);
        assertThat(went).hasValue(100_000);
    }
}
