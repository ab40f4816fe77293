package coscribe.relay.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {
    @ParameterizedTest
    @CsvSource({
        "loopback, 127.0.0.1, true",
        "loopback, 127.255.0.9, true",
        "loopback, ::1, true",
        "loopback, 128.0.0.1, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
    })
    void hold_the_addresses_of_their_networks(String list, String address, boolean held) {
        assertThat(AddressRanges.parse(list).test(InetAddress.ofLiteral(address)))
                .isEqualTo(held);
    }

    @Test
    void may_be_several_or_none() {
        var several = AddressRanges.parse(" loopback , 10.0.0.0/8,192.0.2.7 ");
        assertThat(several.test(InetAddress.ofLiteral("192.0.2.7"))).isTrue();
        assertThat(several.test(InetAddress.ofLiteral("10.9.9.9"))).isTrue();
        assertThat(AddressRanges.parse("")).isEqualTo(AddressRanges.none());
        assertThat(AddressRanges.none().test(InetAddress.ofLiteral("127.0.0.1")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "host.example", "10.0.0.0/-1", "::/129", "10.0.0.0/", "/8"})
    void say_which_part_is_no_network(String wrong) {
        assertThatThrownBy(() -> AddressRanges.parse("loopback, " + wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + wrong + "' is no network. Write for example 10.0.0.0/8, 192.0.2.7 or loopback.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "203.0.113.9; 203.0.113.9",
                "1.1.1.1, 203.0.113.9, 10.0.0.1; 203.0.113.9",
                "203.0.113.9:4711; 203.0.113.9",
                "[2001:db8::7]:4711; 2001:db8:0:0:0:0:0:7",
                "2001:db8::7; 2001:db8:0:0:0:0:0:7",
                "10.0.0.1, 10.0.0.2; none",
                "203.0.113.9, unknown; none",
                "203.0.113.9, ; none",
            })
    void believe_only_what_our_own_proxies_wrote(String value, String client) {
        var ours = AddressRanges.parse("10.0.0.0/8");
        assertThat(AddressRanges.clientBehind(value, ours)
                        .map(InetAddress::getHostAddress)
                        .orElse("none"))
                .isEqualTo(client);
    }
}
