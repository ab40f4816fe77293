package coscribe.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "LOCALHOST", "[::1]"})
    void programs_of_the_same_computer_get_to(String host) {
        assertThat(RelayAddress.of(host, OptionalInt.of(7450), false).isLoopback())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.20", "127.0.0.1.example.org", "localhost.example.org", "[fe80::1]", "docs"})
    void what_somebody_else_resolves_is_elsewhere(String host) {
        assertThat(RelayAddress.of(host, OptionalInt.of(7450), false).isLoopback())
                .isFalse();
    }
}
