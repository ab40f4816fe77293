package coscribe.relay.transport.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.relay.transport.selector.AcceptGate.Address;
import coscribe.relay.transport.selector.AcceptGate.Entry;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AcceptGateTest {
    private final AcceptGate gate = new AcceptGate(3, 2, 2);
    private final Address office = address("192.0.2.1");
    private final Address home = address("192.0.2.2");

    private record Named(String name) implements Waiting {
        @Override
        public void goOn() {}

        @Override
        public void sendAway() {}
    }

    private static Waiting named(String name) {
        return new Named(name);
    }

    private static Address address(String text) {
        return Address.of(InetAddress.ofLiteral(text));
    }

    @Test
    void lets_in_what_is_under_both_limits_and_closes_at_the_total() {
        assertThat(gate.enter(office, named("a"))).isEqualTo(Entry.GO_ON);
        assertThat(gate.enter(office, named("b"))).isEqualTo(Entry.GO_ON);
        assertThat(gate.isOpen()).isTrue();
        assertThat(gate.enter(home, named("c"))).isEqualTo(Entry.GO_ON);
        assertThat(gate.isOpen()).isFalse();
        assertThat(gate.leave(home)).isEmpty();
        assertThat(gate.isOpen()).isTrue();
        assertThat(gate.inHandshake()).isEqualTo(2);
    }

    @Test
    void lets_those_of_a_crowded_address_wait_in_order() {
        for (var newcomer : new String[] {"a", "b", "c", "d"}) {
            assertThat(gate.enter(office, named(newcomer))).isIn(Entry.GO_ON, Entry.WAIT);
        }
        assertThat(gate.waiting()).isEqualTo(2);
        assertThat(gate.enter(office, named("e"))).isEqualTo(Entry.TURN_AWAY);
        assertThat(gate.enter(home, named("f"))).isEqualTo(Entry.GO_ON);
        assertThat(gate.leave(office)).contains(named("c"));
        assertThat(gate.leave(office)).contains(named("d"));
        assertThat(gate.leave(office)).isEmpty();
        assertThat(gate.leave(office)).isEmpty();
        assertThat(gate.inHandshake()).isEqualTo(1);
        assertThatThrownBy(() -> assertThat(gate.leave(office)).isEmpty()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hands_back_who_waits_when_it_is_given_up() {
        for (var newcomer : new String[] {"a", "b", "c", "d"}) {
            assertThat(gate.enter(office, named(newcomer))).isNotEqualTo(Entry.TURN_AWAY);
        }
        assertThat(gate.sendAwayWaiting()).containsExactly(named("c"), named("d"));
        assertThat(gate.waiting()).isZero();
        assertThat(gate.leave(office)).isEmpty();
    }

    @Test
    void counts_a_network_of_one_subscriber_as_one() {
        assertThat(address("2001:db8:1:2::1")).isEqualTo(address("2001:db8:1:2:ffff::9"));
        assertThat(address("2001:db8:1:2::1")).isNotEqualTo(address("2001:db8:1:3::1"));
        assertThat(office).isNotEqualTo(home).isEqualTo(address("192.0.2.1"));
    }

    @Test
    void counts_those_behind_proxies_where_they_come_from_once_they_have_said_so() {
        for (var newcomer : new String[] {"a", "b", "c"}) {
            assertThat(gate.enter(Address.PROXIES, named(newcomer))).isEqualTo(Entry.GO_ON);
        }
        assertThat(gate.isOpen()).isFalse();
        assertThat(gate.move(office, named("a"))).isEqualTo(Entry.GO_ON);
        assertThat(gate.move(office, named("b"))).isEqualTo(Entry.GO_ON);
        assertThat(gate.move(office, named("c"))).isEqualTo(Entry.WAIT);
        assertThat(gate.inHandshake()).isEqualTo(2);
        assertThat(gate.waiting()).isEqualTo(1);
        assertThat(gate.isOpen()).isTrue();
        assertThat(gate.leave(office)).contains(named("c"));
        assertThat(gate.leave(office)).isEmpty();
        assertThat(gate.leave(office)).isEmpty();
        assertThat(gate.inHandshake()).isZero();
    }
}
