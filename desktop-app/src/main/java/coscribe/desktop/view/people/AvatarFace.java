package coscribe.desktop.view.people;

import coscribe.ot.presence.PaletteSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.StrokeType;
import org.kordamp.ikonli.javafx.FontIcon;

/// A person as a disc: initials on their colour, their shape at the corner, an eye for viewers,
/// three dots while they type, "2" for two devices, faint when idle.
final class AvatarFace extends StackPane {
    private static final double SIZE = 28; // px
    private static final double BEAT_NANOS = 1.2e9;

    private final Circle disc = new Circle(SIZE / 2);
    private final Label initials = new Label();
    private final Group sign = new Group();
    private final Label devices = new Label();
    private final StackPane eye = new StackPane(new FontIcon("mdi2e-eye-outline"));
    private final HBox dots = new HBox();
    private Optional<PaletteSlot> slot = Optional.empty();
    private Optional<Palette> palette = Optional.empty();

    AvatarFace() {
        getStyleClass().add("avatar-face");
        setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        initials.getStyleClass().add("avatar-initials");
        devices.getStyleClass().add("avatar-devices");
        disc.setStrokeType(StrokeType.INSIDE);
        disc.setStrokeWidth(2);
        eye.getStyleClass().add("avatar-eye");
        dots.getStyleClass().add("avatar-dots");
        for (int i = 0; i < 3; i++) {
            var dot = new Circle(1.5);
            dot.getStyleClass().add("avatar-dot");
            dots.getChildren().add(dot);
        }
        getChildren().addAll(disc, initials, sign, devices, eye, dots);
        for (Region badge : List.of(devices, eye, dots)) {
            badge.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        }
        StackPane.setAlignment(sign, Pos.TOP_RIGHT);
        StackPane.setAlignment(devices, Pos.TOP_LEFT);
        StackPane.setAlignment(eye, Pos.BOTTOM_RIGHT);
        StackPane.setAlignment(dots, Pos.BOTTOM_CENTER);
        setMouseTransparent(true);
    }

    void show(PersonRow who, Palette now) {
        initials.setText(initials(who.name()));
        devices.setText(Integer.toString(who.devices()));
        devices.setVisible(who.devices() > 1);
        eye.setVisible(who.isViewer());
        dots.setVisible(who.typing());
        boolean faint = who.idle() && !who.typing();
        boolean hollow = faint && now.outlined();
        disc.setOpacity(faint && !hollow ? 0.4 : 1);
        sign.setOpacity(faint && !hollow ? 0.6 : 1);
        disc.setFill(hollow ? now.ink() : now.of(who.slot()));
        disc.setStroke(hollow ? now.of(who.slot()) : null);
        initials.setTextFill(faint ? now.text() : now.ink());
        if (!slot.equals(Optional.of(who.slot())) || !palette.equals(Optional.of(now))) {
            slot = Optional.of(who.slot());
            palette = Optional.of(now);
            Color colour = now.of(who.slot());
            var head = Heads.of(who.slot().shape(), 8, colour, now.ink());
            head.setStrokeWidth(1.5);
            sign.getChildren().setAll(head);
        }
    }

    /// Moves the dots on; nothing where nobody types. They rest where nothing may fade.
    void beat(long nanos) {
        if (palette.filter(Palette::outlined).isPresent()) {
            rest();
            return;
        }
        for (int i = 0; i < 3; i++) {
            double phase = (nanos % BEAT_NANOS) / BEAT_NANOS - i / 6.0;
            dots.getChildren().get(i).setOpacity(0.35 + 0.65 * Math.max(0, Math.sin(phase * 2 * Math.PI)));
        }
    }

    /// The dots at rest.
    void rest() {
        dots.getChildren().forEach(dot -> dot.setOpacity(1));
    }

    /// The first letters of the first and the last word.
    static String initials(String name) {
        List<String> words = new ArrayList<>();
        for (String word : name.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        if (words.isEmpty()) {
            return "?";
        }
        String first = first(words.getFirst());
        return (words.size() == 1 ? first : first + first(words.getLast())).toUpperCase(Locale.ROOT);
    }

    private static String first(String word) {
        var breaks = java.text.BreakIterator.getCharacterInstance();
        breaks.setText(word);
        return word.substring(0, breaks.next());
    }
}
