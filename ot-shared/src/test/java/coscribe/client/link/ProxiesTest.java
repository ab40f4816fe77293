package coscribe.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    private static final URI RELAY = URI.create("https://docs.example.org:443/");

    private static String named(ProxySelector proxies, URI relay) {
        return proxies.select(relay).getFirst().address() instanceof InetSocketAddress at
                ? at.getHostString() + ":" + at.getPort()
                : "none";
    }

    private static String inEnvironment(Map<String, String> environment) {
        return named(Proxies.system(Proxies.none(), environment), RELAY);
    }

    @Test
    void a_proxy_set_by_hand_is_taken_for_every_relay() {
        assertThat(named(Proxies.manual("proxy.example.org", 3128), RELAY)).isEqualTo("proxy.example.org:3128");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:7450/", "http://localhost:7450/", "http://[::1]:7450/"})
    void what_is_on_this_computer_is_reached_without_one(String here) {
        assertThat(named(Proxies.manual("proxy.example.org", 3128), URI.create(here)))
                .isEqualTo("none");
        assertThat(named(
                        Proxies.system(
                                ProxySelector.of(InetSocketAddress.createUnresolved("set.example.org", 80)), Map.of()),
                        URI.create(here)))
                .isEqualTo("none");
    }

    @Test
    void the_systems_settings_go_before_the_environment() {
        var settings = ProxySelector.of(InetSocketAddress.createUnresolved("set.example.org", 8080));
        var environment = Map.of("HTTPS_PROXY", "http://other.example.org:1");
        assertThat(named(Proxies.system(settings, environment), RELAY)).isEqualTo("set.example.org:8080");
        assertThat(inEnvironment(environment)).isEqualTo("other.example.org:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://proxy.example.org:3128",
                "http://proxy.example.org:3128/",
                "http://name:word@proxy.example.org:3128",
                "proxy.example.org:3128",
            })
    void the_environment_is_read_as_other_programs_do(String value) {
        assertThat(inEnvironment(Map.of("https_proxy", value))).isEqualTo("proxy.example.org:3128");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "proxy.example.org", "::", "http://"})
    void what_cannot_be_understood_there_is_none(String value) {
        assertThat(inEnvironment(Map.of("HTTPS_PROXY", value))).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "docs.example.org", "a.example.net, example.org", ".example.org", "EXAMPLE.org"})
    void exceptions_are_kept(String exceptions) {
        assertThat(inEnvironment(Map.of("HTTPS_PROXY", "p:1", "NO_PROXY", exceptions)))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "ample.org", "ocs.example.org", "example.net"})
    void what_is_no_exception_goes_through(String exceptions) {
        assertThat(inEnvironment(Map.of("HTTPS_PROXY", "p:1", "no_proxy", exceptions)))
                .isEqualTo("p:1");
    }

    @Test
    void a_relay_without_tls_has_a_variable_of_its_own() {
        var proxies = Proxies.system(Proxies.none(), Map.of("http_proxy", "plain:1", "https_proxy", "tls:2"));
        assertThat(named(proxies, URI.create("http://10.0.0.7:7450/"))).isEqualTo("plain:1");
        assertThat(named(proxies, RELAY)).isEqualTo("tls:2");
    }
}
