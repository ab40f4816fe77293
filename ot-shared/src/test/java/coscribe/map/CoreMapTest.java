package coscribe.map;

import static coscribe.map.HouseRules.builtOnlyIn;
import static coscribe.map.HouseRules.declaresItsPackage;
import static coscribe.map.HouseRules.doesNotPrint;
import static coscribe.map.HouseRules.formsNoCycle;
import static coscribe.map.HouseRules.isPure;
import static coscribe.map.HouseRules.knownOnlyIn;
import static coscribe.map.HouseRules.livesIn;
import static coscribe.map.HouseRules.looksOnlyAt;
import static coscribe.map.HouseRules.takesTimeAndChanceAsArguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import coscribe.ot.delta.Delta;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The map of `ot-shared`: which room may look at which, and why.
class CoreMapTest {
    private static final String DELTA = "coscribe.ot.delta..";
    private static final String DOCUMENT = "coscribe.ot.document..";
    private static final String PRESENCE = "coscribe.ot.presence..";
    private static final String PROTOCOL = "coscribe.ot.protocol..";
    private static final String REBASE = "coscribe.ot.rebase..";
    private static final String EXPORT = "coscribe.ot.export..";
    private static final String SESSION = "coscribe.ot.session..";
    private static final String WIRE = "coscribe.ot.wire..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String SLF4J = "org.slf4j..";

    static Stream<ArchRule> rules() {
        return Stream.of(
                looksOnlyAt("coscribe.ot.delta", "a change means the same whatever text it meets"),
                looksOnlyAt("coscribe.ot.document", "a text is what changes made of it", DELTA),
                looksOnlyAt("coscribe.ot.presence", "a caret is a place that moves with changes", DELTA, DOCUMENT),
                looksOnlyAt(
                        "coscribe.ot.protocol",
                        "what is said is the same on every wire and in every session",
                        DELTA,
                        DOCUMENT,
                        PRESENCE),
                looksOnlyAt(
                        "coscribe.ot.rebase",
                        "catching up is arithmetic on submissions: client and relay share it",
                        DELTA,
                        DOCUMENT,
                        PROTOCOL),
                looksOnlyAt(
                        "coscribe.ot.session",
                        "a client behaves the same over every link, journal and encoding",
                        DELTA,
                        DOCUMENT,
                        PRESENCE,
                        PROTOCOL,
                        REBASE),
                looksOnlyAt(
                        "coscribe.ot.wire",
                        "bytes are made of messages, and nobody who speaks them needs to know how",
                        DELTA,
                        DOCUMENT,
                        PRESENCE,
                        PROTOCOL,
                        JACKSON),
                looksOnlyAt(
                        "coscribe.ot.export",
                        "a document reads the same in other programs, whoever writes it for them",
                        DELTA,
                        DOCUMENT),
                looksOnlyAt(
                        "coscribe.client.runner",
                        "the runner performs what the session asks for, through ports",
                        "coscribe.ot..",
                        "coscribe.client.link",
                        "coscribe.client.journal",
                        SLF4J),
                looksOnlyAt(
                        "coscribe.client.link",
                        "a link carries messages and knows nothing of sessions",
                        DELTA,
                        DOCUMENT,
                        PRESENCE,
                        PROTOCOL,
                        WIRE,
                        "org.java_websocket..",
                        "javax.net.ssl..",
                        "javax.security.auth.x500..",
                        SLF4J),
                looksOnlyAt(
                        "coscribe.client.journal",
                        "a journal keeps what sessions note and knows no network",
                        DELTA,
                        DOCUMENT,
                        PRESENCE,
                        PROTOCOL,
                        SESSION,
                        WIRE,
                        SLF4J),
                livesIn(
                        "coscribe.ot",
                        "a class outside the rooms is held by no arrow",
                        DELTA,
                        DOCUMENT,
                        PRESENCE,
                        PROTOCOL,
                        REBASE,
                        SESSION,
                        WIRE,
                        EXPORT),
                livesIn(
                        "coscribe.client",
                        "a class outside the rooms is held by no arrow; coscribe.client itself puts the parts together",
                        "coscribe.client",
                        "coscribe.client.runner..",
                        "coscribe.client.link..",
                        "coscribe.client.journal.."),
                isPure("coscribe.ot", "the simulation runs the production core and must own every thread and byte"),
                takesTimeAndChanceAsArguments("coscribe.ot", "a failing seed must replay exactly"),
                knownOnlyIn(JACKSON, "the encoding is one room's business, and can be exchanged there", WIRE),
                knownOnlyIn(
                        "org.java_websocket..",
                        "the library has holes that are guarded in one place",
                        "coscribe.client.link.."),
                builtOnlyIn("coscribe.client.link.websocket", "coscribe.client"),
                builtOnlyIn("coscribe.client.journal.file", "coscribe.client"),
                doesNotPrint(),
                formsNoCycle(),
                declaresItsPackage());
    }

    private static final JavaClasses PRODUCTION = HouseRules.productionBeside(Delta.class);
    private static final JavaClasses PLANTED = HouseRules.planted();

    @ParameterizedTest
    @MethodSource("rules")
    void the_core_keeps_to_the_map(ArchRule rule) {
        rule.check(PRODUCTION);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void each_rule_finds_the_class_planted_to_break_it(ArchRule rule) {
        assertThat(rule.evaluate(PLANTED).hasViolation()).isTrue();
    }
}
