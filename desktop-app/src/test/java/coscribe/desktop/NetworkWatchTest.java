package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkWatchTest {
    private final VirtualTime time = new VirtualTime();
    private Duration slept = Duration.ZERO;
    private Set<InetAddress> network = Set.of();
    private int nudges;
    private final List<Boolean> told = new ArrayList<>(); // whether there is a network

    @BeforeEach
    void begin() throws Exception {
        network = addresses(20);
        new NetworkWatch(() -> time.instant().plus(slept), () -> network, told::add, () -> nudges++).start(time);
        pass(1);
    }

    private static Set<InetAddress> addresses(int last) throws UnknownHostException {
        return Set.of(InetAddress.getByAddress(new byte[] {(byte) 192, (byte) 168, 1, (byte) last}));
    }

    /// So many looks.
    private void pass(int looks) {
        time.pass(NetworkWatch.EVERY.multipliedBy(looks).plusMillis(1));
    }

    @Test
    void nothing_happens_while_nothing_changes() {
        pass(1000);
        assertThat(nudges).isZero();
    }

    @Test
    void another_address_is_told_once() throws Exception {
        network = addresses(21);
        pass(5);
        assertThat(nudges).isEqualTo(1);
    }

    @Test
    void a_network_that_went_is_told_when_it_is_back() throws Exception {
        network = Set.of();
        pass(5);
        assertThat(nudges).as("there is nobody to be reached").isZero();
        network = addresses(20);
        pass(5);
        assertThat(nudges).isEqualTo(1);
    }

    @Test
    void whether_there_is_a_network_is_told_at_the_beginning_and_when_it_goes_and_comes() throws Exception {
        pass(3);
        assertThat(told).containsExactly(true);
        network = Set.of();
        pass(1);
        assertThat(told).as("at the next look").containsExactly(true, false);
        pass(5);
        network = addresses(21);
        pass(1);
        assertThat(told).containsExactly(true, false, true);
        network = addresses(22);
        pass(5);
        assertThat(told).as("another one is one, too").hasSize(3);
    }

    @Test
    void a_computer_that_slept_looks_at_once() {
        slept = Duration.ofMinutes(40); // its timer stood still, the clock on the wall did not
        pass(1);
        assertThat(nudges).isEqualTo(1);
        pass(5);
        assertThat(nudges).isEqualTo(1);
    }

    @Test
    void a_busy_computer_was_not_asleep() {
        slept = NetworkWatch.LATE.minusSeconds(1);
        pass(5);
        assertThat(nudges).isZero();
    }

    @Test
    void this_computer_s_own_addresses_can_be_read() {
        assertThat(new NetworkAddresses().get()).noneMatch(InetAddress::isLoopbackAddress);
    }
}
