package coscribe.desktop;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.scene.image.Image;
import javafx.stage.Stage;

/// The program's picture on its windows, for window lists and where no package has registered it.
/// It is drawn by `installers/icons/draw`. On the thread that draws.
final class WindowIcon {
    private WindowIcon() {}

    /// All sizes, so that the system finds one that it need not shrink.
    static void on(Stage stage) {
        stage.getIcons().setAll(Pictures.ALL);
    }

    /// Read once, when the first window is made.
    private static final class Pictures {
        private static final List<Image> ALL =
                Stream.of(16, 32, 48, 128).map(Pictures::read).toList();

        private Pictures() {}

        private static Image read(int pixels) {
            String name = "coscribe-" + pixels + ".png";
            return new Image(Objects.requireNonNull(WindowIcon.class.getResourceAsStream(name), name));
        }
    }
}
