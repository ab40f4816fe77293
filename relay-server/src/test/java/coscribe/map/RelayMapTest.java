package coscribe.map;

import static coscribe.map.HouseRules.builtOnlyIn;
import static coscribe.map.HouseRules.declaresItsPackage;
import static coscribe.map.HouseRules.doesNotPrint;
import static coscribe.map.HouseRules.formsNoCycle;
import static coscribe.map.HouseRules.knownOnlyIn;
import static coscribe.map.HouseRules.livesIn;
import static coscribe.map.HouseRules.looksOnlyAt;
import static coscribe.map.HouseRules.takesTimeAndChanceAsArguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import coscribe.relay.store.DocumentStore;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The map of `relay-server`: which room may look at which, and why. A room's row names the ports
/// it may see; what stands in a sub-package is an adapter and is known to the composition root
/// alone.
class RelayMapTest {
    /// What every message is made of.
    private static final String[] PROTOCOL = {
        "coscribe.ot.protocol..", "coscribe.ot.delta..", "coscribe.ot.document..", "coscribe.ot.presence.."
    };

    private static final String WIRE = "coscribe.ot.wire..";
    private static final String SLF4J = "org.slf4j..";
    private static final String[] ROOMS = {
        "coscribe.relay.transport..",
        "coscribe.relay.auth..",
        "coscribe.relay.session..",
        "coscribe.relay.sequencing..",
        "coscribe.relay.store..",
        "coscribe.relay.people..",
        "coscribe.relay.presence..",
        "coscribe.relay.backup..",
        "coscribe.relay.cli..",
        "coscribe.relay.ops.."
    };

    static Stream<ArchRule> rules() {
        return Stream.of(
                looksOnlyAt(
                        "coscribe.relay.transport",
                        "sockets carry frames and know neither messages, documents nor stores",
                        new String[] {"org.java_websocket..", "javax.net.ssl..", SLF4J}),
                looksOnlyAt(
                        "coscribe.relay.auth",
                        "who somebody is follows from the token alone",
                        and(PROTOCOL, "com.auth0.jwt..", SLF4J)),
                looksOnlyAt(
                        "coscribe.relay.session",
                        "one connection's manners are the same over every transport and every store",
                        and(
                                PROTOCOL,
                                WIRE,
                                "coscribe.relay.transport",
                                "coscribe.relay.sequencing",
                                "coscribe.relay.store",
                                "coscribe.relay.presence",
                                SLF4J)),
                looksOnlyAt(
                        "coscribe.relay.sequencing",
                        "the order of a document does not depend on who is connected",
                        and(PROTOCOL, "coscribe.ot.rebase..", "coscribe.relay.store", SLF4J)),
                looksOnlyAt(
                        "coscribe.relay.store",
                        "what is kept is kept the same whoever asks; adapters turn it into bytes with their one library",
                        and(
                                PROTOCOL,
                                WIRE,
                                "redis.clients..",
                                "javax.net.ssl..",
                                "org.apache.commons.pool2..",
                                "org.sqlite..",
                                "com.github.benmanes.caffeine..",
                                SLF4J)),
                looksOnlyAt(
                        "coscribe.relay.people",
                        "who exists does not depend on who is connected",
                        and(
                                PROTOCOL,
                                "coscribe.relay.store",
                                "coscribe.relay.auth",
                                "com.github.benmanes.caffeine..",
                                "javax.crypto..",
                                SLF4J)),
                looksOnlyAt(
                        "coscribe.relay.presence",
                        "carets travel beside the log and never slow it",
                        and(PROTOCOL, "coscribe.relay.store", SLF4J)),
                looksOnlyAt(
                        "coscribe.relay.backup",
                        "a backup has one form, whichever store it is of, and is verified by replaying it",
                        and(PROTOCOL, WIRE, "coscribe.relay.store", SLF4J)),
                looksOnlyAt(
                        "coscribe.relay.cli",
                        "a command asks what the composition root hands it, or is a client like any other",
                        and(
                                ROOMS,
                                "coscribe.ot..",
                                "coscribe.client..",
                                "coscribe.relay",
                                "picocli..",
                                "javax.net.ssl..",
                                "javax.security.auth.x500..",
                                SLF4J)),
                looksOnlyAt(
                        "coscribe.relay.ops",
                        "health and metrics read what the composition root hands them; nothing depends on being watched",
                        and(
                                without("coscribe.relay.cli..", ROOMS),
                                "coscribe.ot.protocol..",
                                "io.micrometer..",
                                "io.prometheus..",
                                "com.sun.net.httpserver..",
                                "ch.qos.logback..",
                                SLF4J)),
                livesIn(
                        "coscribe.relay",
                        "a class outside the rooms is held by no arrow; coscribe.relay itself puts the parts together",
                        and(ROOMS, "coscribe.relay")),
                takesTimeAndChanceAsArguments(
                        "coscribe.relay.sequencing",
                        "the simulation runs the production step, and must replay exactly"),
                knownOnlyIn(
                        "org.java_websocket..",
                        "the library has holes that are guarded in one place",
                        "coscribe.relay.transport.."),
                knownOnlyIn("redis.clients..", "only one adapter speaks Redis", "coscribe.relay.store.redis.."),
                knownOnlyIn("java.sql..", "only one adapter speaks SQL", "coscribe.relay.store.embedded.."),
                knownOnlyIn("com.auth0..", "only one room reads tokens", "coscribe.relay.auth.."),
                knownOnlyIn("picocli..", "only one room parses commands", "coscribe.relay.cli.."),
                knownOnlyIn("com.fasterxml.jackson..", "the encoding is one room's business: coscribe.ot.wire", WIRE),
                knownOnlyIn(
                        "io.micrometer..",
                        "rooms count in their own words; ops turns that into metrics",
                        "coscribe.relay.ops.."),
                knownOnlyIn(
                        "ch.qos.logback..",
                        "rooms log through SLF4J; ops says where the lines go",
                        "coscribe.relay.ops.."),
                builtOnlyIn("coscribe.relay.store.memory", "coscribe.relay"),
                builtOnlyIn("coscribe.relay.store.embedded", "coscribe.relay"),
                builtOnlyIn("coscribe.relay.store.redis", "coscribe.relay"),
                builtOnlyIn("coscribe.relay.transport.selector", "coscribe.relay"),
                doesNotPrint("coscribe.relay.cli.."),
                formsNoCycle(),
                declaresItsPackage());
    }

    private static final JavaClasses PRODUCTION = HouseRules.productionBeside(DocumentStore.class);
    private static final JavaClasses PLANTED = HouseRules.planted();

    @ParameterizedTest
    @MethodSource("rules")
    void the_relay_keeps_to_the_map(ArchRule rule) {
        rule.check(PRODUCTION);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void each_rule_finds_the_class_planted_to_break_it(ArchRule rule) {
        assertThat(rule.evaluate(PLANTED).hasViolation()).isTrue();
    }

    private static String[] and(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    private static String[] without(String room, String... rooms) {
        return Stream.of(rooms).filter(each -> !each.equals(room)).toArray(String[]::new);
    }
}
