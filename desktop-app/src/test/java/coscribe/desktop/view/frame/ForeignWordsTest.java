package coscribe.desktop.view.frame;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import coscribe.client.DocumentLink;
import coscribe.client.journal.JournalException;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.view.text.Babel;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.AccessRequest;
import coscribe.desktop.viewmodel.CopyWords;
import coscribe.desktop.viewmodel.Standing;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.document.Document;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.application.ColorScheme;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Titles, names and messages may be in any language, also in one that is written from right to
/// left.
class ForeignWordsTest {
    private static final Strings ENGLISH = Strings.of(Locale.UK);
    private static final String HEBREW =
            "\u05ea\u05db\u05e0\u05d9\u05ea \u05dc\u05d0\u05d1\u05d9\u05d1 \u05d1\u05d2\u05d9\u05e0\u05d4 12 34"
                    + " \u05e9\u05dc\u05d9\u05d3 \u05d4\u05d1\u05d9\u05ea, 2027";
    private static final String ARABIC =
            "\u062e\u0637\u0629 \u0627\u0644\u0631\u0628\u064a\u0639 \u0644\u0644\u062d\u062f\u064a\u0642\u0629"
                    + " \u0627\u0644\u0643\u0628\u064a\u0631\u0629";

    private static void layOut(Label label, double width) {
        var root = new Pane(label);
        var scene = new Scene(root, 800, 600);
        Theme.of(ColorScheme.LIGHT).dress(scene);
        root.applyCss();
        label.resize(width, label.prefHeight(width));
        label.layout();
    }

    private static void anyWidth(Label label) {
        for (double width = 60; width < 600; width += 23) {
            layOut(label, width);
        }
    }

    /// When this fails, JavaFX was mended: {@link WrappedLabel} can go, and Pieces with it.
    @Test
    @EnabledOnOs(OS.LINUX)
    void javafx_cannot_wrap_hebrew_by_itself() {
        Fx.run(() -> {
            var label = new Label((HEBREW + " ").repeat(4));
            label.setWrapText(true);
            assertThatThrownBy(() -> anyWidth(label)).isInstanceOf(ArrayIndexOutOfBoundsException.class);
        });
    }

    @Test
    void a_wrapped_label_takes_any_language_at_any_width() {
        long first = Laws.caseSeed();
        for (int i = 0; i < Math.min(150, Laws.cases()); i++) {
            long seed = first + i;
            Fx.run(() -> {
                var gen = new Gen(seed);
                String words = Babel.words(gen, "\t", "\u2003");
                try {
                    var label = Labels.wrapped(words, "card-words");
                    for (double width = 60 + gen.between(0, 30); width < 500; width += 41) {
                        layOut(label, width);
                        if (!WrappedLabel.isSafe(words)) {
                            assertThat(shown(label)).isEqualTo(bare(words));
                        }
                    }
                } catch (RuntimeException | AssertionError broken) {
                    throw new AssertionError("seed " + seed, broken);
                }
            });
        }
    }

    /// What is drawn, but for white space and marks.
    private static String shown(Labeled label) {
        return bare(label.getChildrenUnmodifiable().stream()
                .filter(Text.class::isInstance)
                .map(inner -> ((Text) inner).getText())
                .collect(Collectors.joining()));
    }

    private static String bare(String text) {
        return text.replaceAll("[\\s\u200e\u200f\u2003]+", "");
    }

    @Test
    void labels_wrap_in_one_way_only() {
        noClasses()
                .that()
                .doNotHaveSimpleName("WrappedLabel")
                .should()
                .callMethodWhere(JavaCall.Predicates.target(name("setWrapText"))
                        .and(JavaCall.Predicates.target(owner(assignableTo(Labeled.class)))))
                .because("words of others may be in any language")
                .check(new ClassFileImporter()
                        .importPackages("coscribe.desktop.view.frame", "coscribe.desktop.view.people")
                        .that(DescribedPredicate.describe(
                                "in the product", it -> !it.getSimpleName().endsWith("Test"))));
    }

    @Test
    void other_words_are_left_to_javafx() {
        Fx.run(() -> {
            var label = Labels.wrapped("Plan for spring", "card-words");
            assertThat(label.getGraphic()).isNull();
            label.say(HEBREW);
            assertThat(label.getText()).as("what screen readers read").isEqualTo(HEBREW);
            layOut(label, 120);
            assertThat(((Text) label.getGraphic()).getText().lines().count()).isGreaterThan(2);
            assertThat(label.getGraphic().getLayoutBounds().getWidth()).isLessThanOrEqualTo(120);
            layOut(label, 500);
            assertThat(((Text) label.getGraphic()).getText().lines()).hasSize(1);
            label.say("Plan for spring");
            assertThat(label.getGraphic()).isNull();
            assertThat(label.getText()).isEqualTo("Plan for spring");
        });
    }

    @Test
    void a_window_stands_whatever_its_document_and_its_owner_are_called() {
        for (String title : List.of(HEBREW.repeat(3), ARABIC.repeat(3))) {
            Fx.run(() -> {
                var sample = new Sample(ENGLISH);
                var stage = new Stage();
                sample.window.dress(stage, Theme.of(ColorScheme.LIGHT));
                stage.show();
                sample.title.set(title);
                sample.stands(Standing.LIVE.unsaved(2, Sample.NOW));
                sample.stands(Standing.LIVE.unsaved(2, Sample.NOW).stopped(FailureCode.NO_ACCESS));
                sample.banners.copyKept(copy(KeptCopy.Reason.ROLE, title));
                sample.banners.copyKept(copy(KeptCopy.Reason.FORKED, title));
                sample.banners.tooLong();
                sample.banners.exportFailed(title + ".md");
                everyWidth(stage, sample.window.root());
                sample.stands(Standing.LIVE.as(Role.VIEWER));
                sample.window.showCard(new AccessCard(
                        AccessRequest.of(
                                List.of(),
                                title,
                                title,
                                DocumentLink.to(
                                        new RelayAddress("docs.example.org", 443, true),
                                        new DocumentId("ab".repeat(16))),
                                ENGLISH),
                        ENGLISH,
                        it -> {}));
                everyWidth(stage, sample.window.root());
                sample.stands(Standing.LIVE.with(new Contact.Offline()).failing(JournalException.Kind.FULL));
                ((Button) sample.window.root().lookup(".status-label")).fire();
                everyWidth(stage, sample.window.root());
                sample.window.close();
                stage.hide();
            });
        }
    }

    @Test
    void copies_stand_whatever_they_are_called() {
        Fx.run(() -> {
            var screen = new CopyScreen(
                    new CopyWords(ENGLISH, ZoneOffset.UTC),
                    new CopyScreen.Doings(copy -> {}, () -> {}, () -> {}, Optional.of(() -> {})),
                    new Region());
            var stage = new Stage();
            var scene = new Scene(screen, 640, 480);
            Theme.of(ColorScheme.LIGHT).dress(scene);
            stage.setScene(scene);
            stage.show();
            var copy = copy(KeptCopy.Reason.FORKED, HEBREW.repeat(3));
            screen.fill(List.of(copy), copy);
            screen.says("Exported to " + HEBREW.repeat(3));
            everyWidth(stage, screen);
            stage.hide();
        });
    }

    private static void everyWidth(Stage stage, Parent root) {
        for (double width = 640; width < 1_000; width += 61) {
            stage.setWidth(width);
            root.applyCss();
            root.layout();
        }
        assertThat(Walk.nodes(root).stream().filter(ForeignWordsTest::isForeign))
                .as("something of it is seen")
                .isNotEmpty();
    }

    private static boolean isForeign(Node node) {
        return node instanceof Labeled label
                && Walk.says(label)
                && label.getText().chars().anyMatch(c -> c >= 0x590 && c < 0x700);
    }

    private static KeptCopy copy(KeptCopy.Reason reason, String title) {
        return new KeptCopy("copy-1", reason, Sample.NOW, title, Document.EMPTY);
    }
}
