package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.frame.Views;
import coscribe.desktop.view.text.Fx;
import coscribe.ot.protocol.PersonId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoicesTest {
    @TempDir
    Path folder;

    private Views starts(Theme theme) {
        var views = new Views();
        new Choices(folder, Runnable::run).into(theme, views);
        return views;
    }

    @Test
    void what_was_chosen_is_there_at_the_next_start() {
        Fx.run(() -> {
            var first = starts(Theme.of(ColorScheme.LIGHT));
            first.zoom().in();
            first.panelWidth().set(333.4);
            new Choices(folder, Runnable::run).keepContrast(true);

            var theme = Theme.of(ColorScheme.LIGHT);
            var next = starts(theme);
            assertThat(next.zoom().percent().get()).isEqualTo(110);
            assertThat(next.panelWidth().get()).isEqualTo(333);
            assertThat(theme.contrast().get()).isTrue();
            var _ = Theme.of(ColorScheme.LIGHT);
        });
    }

    private SimpleBooleanProperty next(String name, boolean usual) {
        var on = new SimpleBooleanProperty(usual);
        new Choices(folder, Runnable::run).follow(name, on);
        return on;
    }

    @Test
    void what_is_on_or_off_is_so_in_the_next_window() {
        assertThat(next("carets", true).get()).isTrue();
        next("carets", true).set(false);
        assertThat(next("authors", false).get()).isFalse();
        next("authors", false).set(true);
        assertThat(next("carets", true).get()).isFalse();
        assertThat(next("authors", false).get()).isTrue();
        next("carets", true).set(true);
        assertThat(next("carets", true).get()).isTrue();
    }

    @Test
    void the_colours_that_people_were_given_stay_and_nothing_but_a_colour_is_one() throws Exception {
        var mara = new PersonId("a1".repeat(16));
        var jon = new PersonId("b2".repeat(16));
        var first = new Choices(folder, Runnable::run).colours();
        first.choose(mara, Optional.of(6));
        first.choose(jon, Optional.of(1));
        first.choose(jon, Optional.empty());
        assertThat(new Choices(folder, Runnable::run).colours().chosen().get()).isEqualTo(Map.of(mara, 6));
        Files.writeString(
                folder.resolve("choices.properties"),
                "colour." + mara.hex() + "=8\ncolour." + jon.hex() + "=red\ncolour.nobody=1\n");
        assertThat(new Choices(folder, Runnable::run).colours().chosen().get()).isEmpty();
    }

    @Test
    void a_file_that_makes_no_sense_is_as_none() throws Exception {
        Files.writeString(folder.resolve("choices.properties"), "zoom = much\\npanel.width=\\u00zz\\n");
        Fx.run(() -> {
            var views = starts(Theme.of(ColorScheme.LIGHT));
            assertThat(views.zoom().percent().get()).isEqualTo(100);
            assertThat(views.panelWidth().get())
                    .isEqualTo(new Views().panelWidth().get());
        });
    }
}
