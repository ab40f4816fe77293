package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Strings;
import java.util.Locale;
import javafx.application.ColorScheme;
import javafx.stage.Stage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalmFrameTest {
    /// The first frame of a pulse is its faintest.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void save_now_pulses_only_where_things_may_move(boolean calm) {
        var faintest = new double[] {1};
        var stage = Fx.call(() -> {
            var sample = new Sample(Strings.of(Locale.UK));
            sample.calm.set(calm);
            var shown = new Stage();
            sample.window.dress(shown, Theme.of(ColorScheme.LIGHT));
            shown.show();
            sample.window
                    .root()
                    .lookup(".status-label")
                    .opacityProperty()
                    .addListener((property, was, is) -> faintest[0] = Math.min(faintest[0], is.doubleValue()));
            sample.commands.run(Command.SAVE_NOW);
            return shown;
        });
        Fx.frames(3);
        Fx.run(stage::close);
        assertThat(faintest[0] == 1).isEqualTo(calm);
    }
}
