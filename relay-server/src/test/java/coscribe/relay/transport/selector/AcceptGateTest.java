package coscribe.relay.transport.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.relay.transport.selector.AcceptGate.Address;
import coscribe.relay.transport.selector.AcceptGate.Entry;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AcceptGateTest {
    private final AcceptGate<String> gate = new AcceptGate<>(3, 2, 2);
    private final Address office = address("192.0.2.1");
    private final Address home = address("192.0.2.2");

    private static Address address(String text) {
        return Address.of(InetAddress.ofLiteral(text));
    }

    @Test
    void lets_in_what_is_under_both_limits_and_closes_at_the_total() {
        assertThat(gate.enter(office, "a")).isEqualTo(Entry.GO_ON);
        assertThat(gate.enter(office, "b")).isEqualTo(Entry.GO_ON);
        assertThat(gate.isOpen()).isTrue();
        assertThat(gate.enter(home, "c")).isEqualTo(Entry.GO_ON);
        assertThat(gate.isOpen()).isFalse();
        assertThat(gate.leave(home)).isEmpty();
        assertThat(gate.isOpen()).isTrue();
        assertThat(gate.inHandshake()).isEqualTo(2);
    }

    @Test
    void lets_those_of_a_crowded_address_wait_in_order() {
        for (var newcomer : new String[] {"a", "b", "c", "d"}) {
            assertThat(gate.enter(office, newcomer)).isIn(Entry.GO_ON, Entry.WAIT);
        }
        assertThat(gate.waiting()).isEqualTo(2);
        assertThat(gate.enter(office, "e")).isEqualTo(Entry.TURN_AWAY);
        assertThat(gate.enter(home, "f")).isEqualTo(Entry.GO_ON);
        assertThat(gate.leave(office)).contains("c");
        assertThat(gate.leave(office)).contains("d");
        assertThat(gate.leave(office)).isEmpty();
        assertThat(gate.leave(office)).isEmpty();
        assertThat(gate.inHandshake()).isEqualTo(1);
        assertThatThrownBy(() -> assertThat(gate.leave(office)).isEmpty()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hands_back_who_waits_when_it_is_given_up() {
        for (var newcomer : new String[] {"a", "b", "c", "d"}) {
            assertThat(gate.enter(office, newcomer)).isNotEqualTo(Entry.TURN_AWAY);
        }
        assertThat(gate.sendAwayWaiting()).containsExactly("c", "d");
        assertThat(gate.waiting()).isZero();
        assertThat(gate.leave(office)).isEmpty();
    }

    @Test
    void counts_a_network_of_one_subscriber_as_one() {
        assertThat(address("2001:db8:1:2::1")).isEqualTo(address("2001:db8:1:2:ffff::9"));
        assertThat(address("2001:db8:1:2::1")).isNotEqualTo(address("2001:db8:1:3::1"));
        assertThat(office).isNotEqualTo(home).isEqualTo(address("192.0.2.1"));
    }
}
