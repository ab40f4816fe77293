package coscribe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.client.link.RelayAddress;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InviteLinkTest {
    private static RelayAddress secure(String host, int port) {
        return RelayAddress.of(host, OptionalInt.of(port), true);
    }

    @Test
    void a_link_on_the_own_network_is_tried_with_tls_first_and_then_without() {
        var link = InviteLink.parse("coscribe://join/192.168.1.20:7450/7F3K-Q9TM-2XWD");
        assertThat(link.addresses())
                .containsExactly(
                        secure("192.168.1.20", 7450),
                        secure("192.168.1.20", 7450).plain());
        assertThat(link.code()).isEqualTo("7F3KQ9TM2XWD");
        assertThat(link.codeInGroups()).isEqualTo("7F3K-Q9TM-2XWD");
    }

    @Test
    void a_link_across_the_internet_is_tried_with_tls_only() {
        assertThat(InviteLink.parse("coscribe://join/docs.example.org/7F3KQ9TM2XWD")
                        .addresses())
                .containsExactly(secure("docs.example.org", 443));
        assertThat(InviteLink.parse("https://docs.example.org/j/7F3KQ9TM2XWD").addresses())
                .containsExactly(secure("docs.example.org", 443));
        assertThat(InviteLink.parse("https://localhost:7450/j/7F3KQ9TM2XWD").addresses())
                .containsExactly(secure("localhost", 7450));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  coscribe://join/localhost:7450/7f3k-q9tm-2xwd\n",
                "COSCRIBE://JOIN/LocalHost:7450/7F3KQ9TM2XWD/",
                "coscribe://join/localhost:7450/7F-3K-Q9-TM-2X-WD",
            })
    void case_dashes_and_space_around_do_not_matter(String text) {
        var link = InviteLink.parse(text);
        assertThat(link.code()).isEqualTo("7F3KQ9TM2XWD");
        assertThat(link.addresses()).contains(secure("localhost", 7450));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.8, true",
        "172.16.4.2, true",
        "172.32.4.2, false",
        "127.0.0.1, true",
        "printer.local, true",
        "office-server, true",
        "[::1], true",
        "[fd12::7], true",
        "[2001:db8::1], false",
        "10.example.org, false",
        "8.8.8.8, false",
    })
    void only_addresses_of_the_own_network_may_do_without_tls(String host, boolean mayBePlain) {
        assertThat(InviteLink.parse("coscribe://join/" + host + ":7450/7F3KQ9TM2XWD")
                        .addresses())
                .hasSize(mayBePlain ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://docs.example.org/j/7F3KQ9TM2XWD | This is no invite link.",
                "coscribe://open/docs.example.org/7F3KQ9TM2XWD | This is no invite link.",
                "coscribe://join/docs.example.org/7F3KQ9TM2XWD?x=1 | This is no invite link.",
                "coscribe://join/docs.example.org/7F3K | code is not right",
                "coscribe://join/docs.example.org/7F3KQ9TM2XW0 | code is not right",
                "coscribe://join/docs.example.org/7F3KQ9TM2XWL | code is not right",
                "coscribe://join//7F3KQ9TM2XWD | no server that could exist",
                "coscribe://join/mara@evil.example/7F3KQ9TM2XWD | no server that could exist",
                "coscribe://join/docs.example.org:0/7F3KQ9TM2XWD | port is not one",
                "coscribe://join/docs.example.org:70000/7F3KQ9TM2XWD | port is not one",
                "hello | This is no invite link.",
            })
    void what_is_no_link_is_refused_with_a_sentence(String text, String sentence) {
        assertThatThrownBy(() -> InviteLink.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void the_code_is_not_printed() {
        assertThat(InviteLink.parse("coscribe://join/localhost:7450/7F3KQ9TM2XWD")
                        .toString())
                .doesNotContain("7F3K");
    }
}
