package coscribe.desktop.policy;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.link.RelayAddress;
import coscribe.desktop.policy.Policy.Proxying;
import coscribe.desktop.policy.Policy.State;
import coscribe.desktop.policy.PolicySource.Broken;
import coscribe.desktop.policy.PolicySource.Found;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final String PLACE = "/etc/coscribe/policy.json";
    private static final String KEY = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEcvXRomu7L0+0nVQcDDgDzicNCH"
            + "opZoea4m2pjH8w/L7v3nKVgoEv6s5zkpDa+cTNvu7LSwnmW7eoWpElDkhzXw==";

    private static RelayAddress at(String address) {
        return RelayAddress.of(URI.create(address));
    }

    private static Policy mandatory(String json) {
        return of("{\"mandatory\": {" + json.replace('\'', '"') + "}}", Map.of());
    }

    private static Policy of(String json, Map<String, String> chosen) {
        var own = new Properties();
        own.putAll(chosen);
        return Policy.of(PLACE, PolicyFile.parsed(json), own);
    }

    private static String broken(String json) {
        assertThat(PolicyFile.parsed(json)).isInstanceOf(Broken.class);
        return ((Broken) PolicyFile.parsed(json)).sentence();
    }

    @Nested
    class What_is_decided {
        @Test
        void is_nothing_at_most_computers() {
            var none = Policy.none();
            assertThat(none.servers()).isEqualTo(Servers.ANY);
            assertThat(none.mayHost()).isTrue();
            assertThat(none.followsLinks()).isTrue();
            assertThat(none.proxy()).isEqualTo(new Proxying.OfSystem());
            assertThat(none.extraAuthorities()).isEmpty();
            assertThat(none.server()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "wss://docs.example.org/, true",
            "wss://docs.example.org:7450/, true",
            "wss://DOCS.example.org/, true",
            "wss://example.org/, false",
            "wss://a.docs.example.org/, false",
            "wss://docs.example.org.evil.example/, false",
            "wss://team.example.com/, true",
            "wss://a.team.example.com/, true",
            "wss://example.com/, false",
            "wss://evilexample.com/, false",
            "ws://10.0.0.7:7450/, true",
            "ws://10.0.0.7:7451/, false",
        })
        void says_which_servers_there_are(String address, boolean allowed) {
            var policy = mandatory("'relays.allowed': ['docs.example.org', '*.example.com', '10.0.0.7:7450']");
            assertThat(policy.servers().allows(at(address))).isEqualTo(allowed);
        }

        @Test
        void may_be_that_there_is_no_server() {
            assertThat(mandatory("'relays.allowed': []").servers().allows(at("wss://docs.example.org/")))
                    .isFalse();
        }

        @Test
        void has_a_meaning_for_each_key_that_acts() {
            var policy = mandatory("'relays.default': 'docs.example.org:7450', 'hostRelay': false,"
                    + " 'proxy.mode': 'manual', 'proxy.url': 'http://proxy.example.org:3128',"
                    + " 'tls.extraCaFile': '/etc/ssl/acme.pem', 'updates.mode': 'off', 'deepLinks.enabled': false");
            assertThat(policy.server()).contains(at("wss://docs.example.org:7450/"));
            assertThat(policy.serverIsFixed()).isTrue();
            assertThat(policy.mayHost()).isFalse();
            assertThat(policy.proxy()).isEqualTo(new Proxying.Manual("proxy.example.org", 3128));
            assertThat(policy.extraAuthorities()).contains(Path.of("/etc/ssl/acme.pem"));
            assertThat(policy.followsLinks()).isFalse();
        }

        @Test
        void says_who_is_asked_for_newer_versions_by_whom_it_was_decided() {
            String source = "'updates.url': 'https://releases.example.org/coscribe', 'updates.key': '" + KEY + "'";
            var managed = mandatory("'updates.mode': 'notify', " + source).updates();
            assertThat(managed.byItself()).isTrue();
            assertThat(managed.byHand()).as("decided for the person").isFalse();
            assertThat(managed.source().map(Policy.Source::address))
                    .contains(URI.create("https://releases.example.org/coscribe"));
            var off = mandatory("'updates.mode': 'off', " + source).updates();
            assertThat(off.byItself() || off.byHand()).isFalse();
            var open = mandatory(source).updates();
            assertThat(open.byItself()).as("off is built in").isFalse();
            assertThat(open.byHand()).isTrue();
        }

        @Test
        void asks_nobody_while_nobody_is_known_and_says_so() {
            Map.of(
                            "'updates.mode': 'notify'",
                            "updates.url and updates.key",
                            "'updates.mode': 'auto', 'updates.url': 'https://releases.example.org/'",
                            "updates.key",
                            "'updates.key': '" + KEY + "'",
                            "updates.url")
                    .forEach((half, missing) -> {
                        var policy = mandatory(half);
                        assertThat(policy.updates()).isEqualTo(new Policy.Updates(false, false, Optional.empty()));
                        assertThat(policy.report().replaceAll("  +", " | "))
                                .contains("updates.mode | wants " + missing + " | nobody is asked until then");
                    });
            assertThat(Policy.none().report()).doesNotContain("wants");
        }

        @Test
        void takes_what_the_package_decides_where_nobody_else_did() {
            var packaged = new Properties();
            packaged.putAll(Map.of(
                    "updates.mode", "notify", "updates.url", "https://example.org/coscribe", "updates.key", KEY));
            var alone = Policy.of(PLACE, new PolicySource.Absent(), new Properties(), packaged);
            assertThat(alone.updates().byItself()).isTrue();
            assertThat(alone.updates().byHand()).isTrue();
            assertThat(alone.report().replaceAll("  +", " | ")).contains("updates.mode | notify | this package");
            var chosen = new Properties();
            chosen.setProperty("updates.mode", "off");
            assertThat(Policy.of(PLACE, new PolicySource.Absent(), chosen, packaged)
                            .updates()
                            .byItself())
                    .isFalse();
            var mirror = PolicyFile.parsed("{\"recommended\": {\"updates.url\": \"https://mirror.example.com/\"}}");
            assertThat(Policy.of(PLACE, mirror, new Properties(), packaged)
                            .updates()
                            .source()
                            .map(Policy.Source::address))
                    .as("the package's key, at a mirror of the company's")
                    .contains(URI.create("https://mirror.example.com/"));
            assertThat(Policy.of(PLACE, new Broken("it is no JSON", Optional.empty()), new Properties(), packaged)
                            .updates())
                    .as("nothing is open")
                    .isEqualTo(new Policy.Updates(false, false, Optional.empty()));
        }

        @Test
        void locks_where_it_is_mandatory_and_proposes_where_it_is_recommended() {
            String json = "{\"mandatory\": {\"hostRelay\": false},"
                    + " \"recommended\": {\"proxy.mode\": \"none\", \"deepLinks.enabled\": false}}";
            assertThat(of(json, Map.of()).proxy()).isEqualTo(new Proxying.None());
            assertThat(of(json, Map.of()).followsLinks()).isFalse();
            var own = of(json, Map.of("hostRelay", "true", "deepLinks.enabled", "true", "proxy.mode", "system"));
            assertThat(own.mayHost()).as("locked").isFalse();
            assertThat(own.followsLinks()).isTrue();
            assertThat(own.proxy()).isEqualTo(new Proxying.OfSystem());
        }

        @Test
        void leaves_alone_what_a_person_wrote_that_makes_no_sense() {
            var policy = of("{\"recommended\": {\"hostRelay\": false}}", Map.of("hostRelay", "perhaps"));
            assertThat(policy.mayHost()).isFalse();
            assertThat(policy.report()).contains("ignored: 'hostRelay' wants true or false");
        }
    }

    @Nested
    class A_file {
        @TempDir
        Path folder;

        @Test
        void that_is_not_there_decides_nothing() {
            assertThat(new PolicyFile(folder.resolve("policy.json")).read()).isEqualTo(new PolicySource.Absent());
        }

        @Test
        void that_cannot_be_read_is_broken() {
            assertThat(new PolicyFile(folder).read()).isInstanceOf(Broken.class);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "{\"mandatory\": {\"hostRelay\": false|it is no JSON in line 1",
                    "{\"mandatory\": {\"hostRelay\": false}} x|it is no JSON in line 1",
                    "{\"mandatory\": {\"hostRelay\": true, \"hostRelay\": false}}|it is no JSON in line 1",
                    "[]|it is no JSON object",
                    "{\"hostRelay\": false}|'hostRelay' stands beside",
                    "{\"mandatory\": []}|'mandatory' is no object",
                    "{\"mandatory\": {\"hostRelay\": null}}|'hostRelay' is neither",
                    "{\"mandatory\": {\"hostRelay\": \"no\"}}|'hostRelay' wants true or false",
                    "{\"recommended\": {\"hostRelay\": 0}}|'hostRelay' wants true or false",
                    "{\"mandatory\": {\"relays.allowed\": \"docs.example.org\"}}|'relays.allowed' wants a list",
                    "{\"mandatory\": {\"relays.allowed\": [1]}}|'relays.allowed' is a list of something else",
                    "{\"mandatory\": {\"relays.allowed\": [\"*\"]}}|'relays.allowed' names '*'",
                    "{\"mandatory\": {\"relays.allowed\": [\"https://h/\"]}}|'relays.allowed' names",
                    "{\"mandatory\": {\"relays.allowed\": [\"h:0\"]}}|'relays.allowed' names 'h:0'; a port",
                    "{\"mandatory\": {\"relays.default\": \"a b\"}}|'relays.default' wants a server",
                    "{\"mandatory\": {\"proxy.mode\": \"auto\"}}|'proxy.mode' wants one of",
                    "{\"mandatory\": {\"proxy.url\": \"proxy\"}}|'proxy.url' wants a proxy",
                    "{\"mandatory\": {\"proxy.url\": \"http://me:x@p:1\"}}|'proxy.url' must not hold a name",
                    "{\"mandatory\": {\"tls.extraCaFile\": \"ca.pem\"}}|'tls.extraCaFile' wants the whole path",
                    "{\"mandatory\": {\"updates.mode\": \"never\"}}|'updates.mode' wants one of",
                    "{\"mandatory\": {\"updates.url\": \"ftp://example.org/\"}}|'updates.url' wants an address",
                    "{\"mandatory\": {\"updates.url\": \"https://me:secret@example.org/\"}}|'updates.url' wants an address",
                    "{\"mandatory\": {\"updates.url\": \"https://example.org:99999/\"}}|'updates.url' wants an address",
                    "{\"mandatory\": {\"updates.key\": \"MFkw\"}}|'updates.key' wants a public key",
                    "{\"mandatory\": {\"offline.maxDays\": \"7\"}}|'offline.maxDays' wants a number",
                })
        void that_makes_no_sense_says_what_is_wrong(String json, String begin) {
            assertThat(broken(json)).startsWith(begin);
        }

        @Test
        void reads_as_it_was_written() {
            var found = (Found) PolicyFile.parsed("{\"mandatory\": {\"hostRelay\": true, \"relays.allowed\": [\"a\"],"
                    + " \"offline.maxDays\": 7}, \"recommended\": {\"ui.theme\": \"dark\"}}");
            assertThat(PolicyFile.parsed(PolicyFile.written(found))).isEqualTo(found);
        }
    }

    @Nested
    class A_broken_one {
        @TempDir
        Path folder;

        private PolicySource.Reading reads(String json) throws IOException {
            var file = Files.writeString(folder.resolve("policy.json"), json);
            return new LastGood(folder).beside(new PolicyFile(file).read());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "{\"mandatory\": {\"hostRelay\": \"yes\"}}"})
        void opens_nothing(String json) throws IOException {
            var policy = Policy.of(PLACE, reads(json), new Properties());
            assertThat(policy.state()).isEqualTo(State.CLOSED);
            assertThat(policy.servers().allows(at("wss://docs.example.org/"))).isFalse();
            assertThat(policy.mayHost()).isFalse();
            assertThat(policy.followsLinks()).isFalse();
            assertThat(policy.report()).contains("BROKEN: ").contains("nothing is open");
        }

        @Test
        void leaves_the_last_good_one_in_force() throws IOException {
            var last = new LastGood(folder);
            last.keep(reads("{\"mandatory\": {\"relays.allowed\": [\"docs.example.org\"]}}"));
            last.keep(reads("{"));
            var policy = Policy.of(PLACE, reads("{"), new Properties());
            assertThat(policy.state()).isEqualTo(State.LAST_GOOD);
            assertThat(policy.servers().allows(at("wss://docs.example.org/"))).isTrue();
            assertThat(policy.servers().allows(at("wss://docs.example.com/"))).isFalse();
            assertThat(policy.report()).contains("BROKEN: it is no JSON").contains("the last good ones hold");
        }

        @Test
        void is_as_good_as_any_once_it_was_taken_away() throws IOException {
            var last = new LastGood(folder);
            last.keep(reads("{\"mandatory\": {\"hostRelay\": false}}"));
            last.keep(new PolicySource.Absent());
            assertThat(Policy.of(PLACE, reads("{"), new Properties()).state())
                    .as("nothing is remembered of what was taken back")
                    .isEqualTo(State.CLOSED);
        }
    }

    @Test
    void a_report_tells_every_key_its_value_and_who_decided_it() {
        var policy = of(
                "{\"mandatory\": {\"relays.allowed\": [\"docs.example.org\", \"*.example.com\"], \"ui.theme\": \"dark\","
                        + " \"hostRelays\": false, \"updates.mode\": \"off\"},"
                        + " \"recommended\": {\"proxy.mode\": \"manual\"}}",
                Map.of("deepLinks.enabled", "false"));
        assertThat(policy.report().lines().map(line -> line.replaceAll("  +", " | ")))
                .containsExactly(
                        "managed settings | in use | /etc/coscribe/policy.json",
                        "relays.allowed | docs.example.org, *.example.com | mandatory",
                        "relays.default | (none) | built in",
                        "hostRelay | true | built in",
                        "proxy.mode | manual | recommended",
                        "proxy.url | (none) | built in",
                        "tls.extraCaFile | (none) | built in",
                        "updates.mode | off | mandatory",
                        "updates.url | (none) | built in",
                        "updates.key | (none) | built in",
                        "deepLinks.enabled | false | chosen here",
                        "ui.theme | dark | mandatory; no effect in this version",
                        "proxy.mode | wants proxy.url | as the system is set until then",
                        "hostRelays | false | mandatory; unknown, no effect; did you mean 'hostRelay'?");
    }

    /// What docs/admin.md shows is read as it stands there, and its table has the keys that act.
    @Test
    void the_page_for_administrators_shows_what_is_read() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "admin.md"));
        String example = page.substring(page.indexOf("```json\n") + "```json\n".length());
        var policy =
                Policy.of(PLACE, PolicyFile.parsed(example.substring(0, example.indexOf("```"))), new Properties());
        assertThat(policy.state()).isEqualTo(State.GOOD);
        assertThat(policy.mayHost()).isFalse();
        assertThat(policy.report()).doesNotContain("no effect");
        for (Key key : Key.values()) {
            assertThat(page.contains("| `" + key.word() + "` |"))
                    .as(key.word())
                    .isEqualTo(key.builtIn().isPresent());
            assertThat(page).contains("`" + key.word() + "`");
        }
    }

    @Test
    void systems_whose_settings_are_not_read_yet_say_so() {
        assertThat(PolicySource.of("Linux").place()).isEqualTo("/etc/coscribe/policy.json");
        for (var other : new String[] {"Windows 11", "Mac OS X"}) {
            assertThat(PolicySource.of(other).place()).endsWith("(not read in this version)");
            assertThat(PolicySource.of(other).read()).isEqualTo(new PolicySource.Absent());
        }
    }
}
