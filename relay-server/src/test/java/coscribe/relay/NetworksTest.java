package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    loopback            | 127.0.0.1    | true
                    loopback            | ::1          | true
                    loopback            | 10.0.0.1     | false
                    none                | 127.0.0.1    | false
                    10.0.0.0/8          | 10.255.0.1   | true
                    10.0.0.0/8          | 11.0.0.1     | false
                    10.0.0.0/8          | 127.0.0.1    | false
                    192.168.4.0/22      | 192.168.7.9  | true
                    192.168.4.0/22      | 192.168.8.0  | false
                    192.168.1.7         | 192.168.1.7  | true
                    192.168.1.7         | 192.168.1.6  | false
                    0.0.0.0/0           | 203.0.113.9  | true
                    0.0.0.0/0           | 2001:db8::1  | false
                    2001:db8::/33       | 2001:db8:7fff::1 | true
                    2001:db8::/33       | 2001:db8:8000::1 | false
                    loopback, 10.0.0.0/8 | 127.0.0.1   | true
                    """)
    void an_address_is_in_a_network_or_not(String networks, String address, boolean in) {
        assertThat(Networks.parse(networks).orElseThrow().contains(InetAddress.ofLiteral(address)))
                .isEqualTo(in);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/8,", "300.0.0.1", "10.0.0.0/-1", "any"})
    void what_is_no_network_is_refused(String text) {
        assertThat(Networks.parse(text)).isEmpty();
    }
}
