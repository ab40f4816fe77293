package coscribe.map;

import static coscribe.map.HouseRules.declaresItsPackage;
import static coscribe.map.HouseRules.doesNotPrint;
import static coscribe.map.HouseRules.formsNoCycle;
import static coscribe.map.HouseRules.knownOnlyIn;
import static coscribe.map.HouseRules.livesIn;
import static coscribe.map.HouseRules.looksOnlyAt;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import coscribe.desktop.viewmodel.TextSurface;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The map of `desktop-app`: which room may look at which, and why.
class DesktopMapTest {
    private static final String OT = "coscribe.ot..";
    private static final String CLIENT = "coscribe.client..";
    private static final String VIEWMODEL = "coscribe.desktop.viewmodel";
    private static final String VIEW_TEXT = "coscribe.desktop.view.text";
    private static final String VIEW_PEOPLE = "coscribe.desktop.view.people";
    private static final String VIEW_FRAME = "coscribe.desktop.view.frame";
    private static final String FX = "javafx..";
    private static final String SLF4J = "org.slf4j..";

    static Stream<ArchRule> rules() {
        return Stream.of(
                looksOnlyAt(
                        VIEWMODEL,
                        "what could be drawn is tried without a screen",
                        OT,
                        CLIENT,
                        "javafx.beans..",
                        "javafx.collections..",
                        SLF4J),
                looksOnlyAt(
                        VIEW_TEXT,
                        "the text is drawn the same whatever stands around it",
                        OT,
                        VIEWMODEL,
                        FX,
                        "org.fxmisc..",
                        "org.reactfx..",
                        SLF4J),
                looksOnlyAt(
                        VIEW_PEOPLE,
                        "other people are drawn over the text by its geometry alone",
                        OT,
                        VIEWMODEL,
                        VIEW_TEXT,
                        FX,
                        "org.kordamp.ikonli..",
                        SLF4J),
                looksOnlyAt(
                        VIEW_FRAME,
                        "what is around the text knows commands and words, and not how text is drawn",
                        OT,
                        CLIENT,
                        VIEWMODEL,
                        VIEW_PEOPLE,
                        FX,
                        "atlantafx..",
                        "org.kordamp.ikonli..",
                        SLF4J),
                looksOnlyAt(
                        "coscribe.desktop.host",
                        "a relay inside the app is a relay like any other",
                        OT,
                        CLIENT,
                        "coscribe.relay..",
                        SLF4J),
                looksOnlyAt(
                        "coscribe.desktop.policy",
                        "what is decided means the same whatever is done with it",
                        "coscribe.client.link",
                        "com.fasterxml.jackson..",
                        SLF4J),
                looksOnlyAt(
                        "coscribe.desktop.update",
                        "what is announced is believed or not, whatever is done with it",
                        "coscribe.client.link",
                        "com.auth0..",
                        "javax.net.ssl",
                        SLF4J),
                livesIn(
                        "coscribe.desktop",
                        "a class outside the rooms is held by no arrow; coscribe.desktop itself puts the parts together",
                        "coscribe.desktop",
                        VIEWMODEL + "..",
                        VIEW_TEXT + "..",
                        VIEW_PEOPLE + "..",
                        VIEW_FRAME + "..",
                        "coscribe.desktop.host..",
                        "coscribe.desktop.policy..",
                        "coscribe.desktop.update.."),
                knownOnlyIn(
                        "org.fxmisc..",
                        "the widget has few keepers and may be exchanged in one room",
                        VIEW_TEXT + ".."),
                knownOnlyIn(
                        "javafx.scene..",
                        "only what is drawn has nodes",
                        "coscribe.desktop",
                        "coscribe.desktop.view.."),
                knownOnlyIn("coscribe.relay..", "only one room starts a relay", "coscribe.desktop.host.."),
                knownOnlyIn("atlantafx..", "how controls look is one room's business", VIEW_FRAME + ".."),
                knownOnlyIn(
                        "com.fasterxml.jackson..", "files of ours are read in one room", "coscribe.desktop.policy.."),
                knownOnlyIn("com.auth0..", "signatures are judged in one room", "coscribe.desktop.update.."),
                doesNotPrint("coscribe.desktop"),
                formsNoCycle(),
                declaresItsPackage());
    }

    private static final JavaClasses PRODUCTION = HouseRules.productionBeside(TextSurface.class);
    private static final JavaClasses PLANTED = HouseRules.planted();

    @ParameterizedTest
    @MethodSource("rules")
    void the_editor_keeps_to_the_map(ArchRule rule) {
        rule.check(PRODUCTION);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void each_rule_finds_the_class_planted_to_break_it(ArchRule rule) {
        assertThat(rule.evaluate(PLANTED).hasViolation()).isTrue();
    }
}
