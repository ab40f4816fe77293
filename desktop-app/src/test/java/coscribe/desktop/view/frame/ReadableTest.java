package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.journal.JournalException;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.view.text.RichTextSurface;
import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.Standing;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.application.ColorScheme;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kordamp.ikonli.javafx.FontIcon;

/// Words can be read: they stand out from what is behind them, and none is cut off.
class ReadableTest {
    private static final Strings ENGLISH = Strings.of(Locale.UK);

    @AfterAll
    static void leaveItLight() {
        var _ = Fx.call(() -> Theme.of(ColorScheme.LIGHT));
    }

    private static void window(Strings strings, Dressing dressing, double width, Consumer<Sample> test) {
        Fx.run(() -> {
            var sample = new Sample(strings);
            var stage = new Stage();
            sample.window.dress(stage, dressing.theme());
            stage.setWidth(width);
            stage.setHeight(500);
            stage.show();
            test.accept(sample);
            sample.window.close();
            stage.hide();
        });
    }

    private static void screen(Dressing dressing, double width, Region screen, Consumer<Region> test) {
        var stage = new Stage();
        var scene = new Scene(screen, width, 600);
        dressing.theme().dress(scene);
        stage.setScene(scene);
        stage.show();
        layOut(screen);
        test.accept(screen);
        stage.hide();
    }

    private static void layOut(Parent root) {
        root.applyCss();
        root.layout();
        root.applyCss();
        root.layout();
    }

    @Test
    void the_ratio_is_the_one_of_the_guidelines() {
        assertThat(Contrast.ratio(Color.BLACK, Color.WHITE)).isEqualTo(21);
        assertThat(Contrast.ratio(Color.web("#777777"), Color.WHITE)).isBetween(4.47, 4.49);
    }

    @ParameterizedTest
    @EnumSource(Dressing.class)
    void every_state_and_message_stands_out(Dressing dressing) {
        window(ENGLISH, dressing, 860, sample -> {
            var now = Sample.NOW;
            var states = List.of(
                    Standing.LIVE,
                    Standing.LIVE.saved(now).merged(12, 7),
                    Standing.LIVE.unsaved(2, now.minusSeconds(1)),
                    Standing.LIVE.waiting(4, now.plusSeconds(7)).unsaved(3, now),
                    Standing.LIVE.with(new Contact.Offline()).unsaved(3, now),
                    Standing.LIVE.as(Role.VIEWER),
                    Standing.LIVE.stopped(FailureCode.UNAUTHENTICATED).unsaved(3, now),
                    Standing.LIVE.failing(JournalException.Kind.FULL));
            sample.banners.recovered(3);
            for (Standing state : states) {
                sample.stands(state);
                ((Button) sample.window.root().lookup(".status-label")).fire();
                layOut(sample.window.root());
                assertThat(Contrast.faintWords(sample.window.root(), dressing.least()))
                        .isEmpty();
                ((Button) sample.window.root().lookup(".status-label")).fire();
            }
            sample.commands.run(Command.SHARE);
            layOut(sample.window.root());
            assertThat(Contrast.faintWords(sample.window.root(), dressing.least()))
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Dressing.class)
    void the_way_in_and_the_list_stand_out(Dressing dressing) {
        Fx.run(() -> {
            var words = SampleLists.words(ENGLISH);
            var welcome = new SampleLists().welcome(ENGLISH);
            welcome.recent(SampleLists.twelve());
            welcome.next();
            screen(
                    dressing,
                    860,
                    new WelcomeScreen(welcome, words),
                    it -> assertThat(Contrast.faintWords(it, dressing.least())).isEmpty());
            for (var documents : List.of(List.<DocumentEntry>of(), SampleLists.twelve())) {
                var list = new SampleLists().list(ENGLISH, documents);
                list.refresh();
                screen(
                        dressing,
                        860,
                        new DocumentListScreen(list, words, () -> {}, proxy -> {}),
                        it -> assertThat(Contrast.faintWords(it, dressing.least()))
                                .isEmpty());
            }
        });
    }

    /// The mark lies over them.
    @ParameterizedTest
    @EnumSource(Dressing.class)
    void words_that_were_found_can_be_read_under_their_mark(Dressing dressing) {
        Fx.run(() -> {
            var words = new Label("found");
            var other = new Rectangle(40, 20);
            other.getStyleClass().add("find-mark");
            var current = new Rectangle(40, 20);
            current.getStyleClass().add("find-mark-current");
            var marks = new Pane(other, current);
            marks.getStyleClass().add("find-marks");
            marks.getStylesheets()
                    .add(Objects.requireNonNull(RichTextSurface.class.getResource("text.css"))
                            .toExternalForm());
            var page = new StackPane(words, marks);
            page.getStyleClass().add("frame");
            screen(dressing, 860, page, it -> {
                var ink = (Color) words.getTextFill();
                var white = (Color) page.getBackground().getFills().getFirst().getFill();
                assertThat(Contrast.ratio(ink, white)).isGreaterThan(10);
                for (Rectangle mark : List.of(other, current)) {
                    var lies = (Color) mark.getFill();
                    assertThat(Contrast.ratio(Contrast.over(lies, ink), Contrast.over(lies, white)))
                            .as(mark.getStyleClass().getFirst())
                            .isGreaterThan(5.5);
                }
            });
        });
    }

    @Test
    void nothing_is_cut_off_in_the_longest_language() {
        window(Strings.pseudo(), Dressing.LIGHT, 860, sample -> {
            sample.banners.recovered(3);
            sample.stands(Standing.LIVE.waiting(4, Sample.NOW.plusSeconds(7)).unsaved(3, Sample.NOW));
            layOut(sample.window.root());
            assertWhole(sample.window.root());
            ((Button) sample.window.root().lookup(".status-label")).fire();
            layOut(sample.window.root());
            assertWhole(sample.window.root());
            sample.commands.run(Command.SHARE);
            layOut(sample.window.root());
            assertWhole(sample.window.root());
            sample.commands.run(Command.LINK);
            layOut(sample.window.root());
            assertWhole(sample.window.root());
        });
    }

    @Test
    void a_long_title_leaves_room_for_how_it_stands_in_the_smallest_window() {
        window(ENGLISH, Dressing.LIGHT, 640, sample -> {
            sample.title.set("Everything that has to be done in the garden before the spring comes");
            sample.stands(Standing.LIVE.waiting(4, Sample.NOW.plusSeconds(7)).unsaved(3, Sample.NOW));
            layOut(sample.window.root());
            assertWhole(sample.window.root());
        });
    }

    @Test
    void nothing_is_cut_off_on_the_way_in() {
        Fx.run(() -> {
            var strings = Strings.pseudo();
            var welcome = new SampleLists().welcome(strings);
            welcome.next();
            screen(
                    Dressing.LIGHT,
                    640,
                    new WelcomeScreen(welcome, SampleLists.words(strings)),
                    ReadableTest::assertWhole);
            var list = new SampleLists().list(strings, List.of());
            list.refresh();
            screen(
                    Dressing.LIGHT,
                    720,
                    new DocumentListScreen(list, SampleLists.words(strings), () -> {}, proxy -> {}),
                    ReadableTest::assertWhole);
        });
    }

    private static String shown(Labeled label) {
        return label.isMnemonicParsing() ? Mnemonics.without(label.getText()) : label.getText();
    }

    /// What a label shows is what it says; titles of documents may end in dots.
    private static void assertWhole(Parent root) {
        var cut = Walk.nodes(root).stream()
                .filter(node -> node instanceof Labeled)
                .map(Labeled.class::cast)
                .filter(Walk::says)
                .flatMap(label -> label.getChildrenUnmodifiable().stream()
                        .filter(inner -> inner instanceof Text text
                                && !(inner instanceof FontIcon)
                                && !text.getText()
                                        .replaceAll("\\s+", "")
                                        .equals(shown(label).replaceAll("\\s+", "")))
                        .map(inner -> label.getText() + " is shown as " + ((Text) inner).getText()));
        assertThat(cut).isEmpty();
    }
}
