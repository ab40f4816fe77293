package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.StatusLine.Rank;
import coscribe.desktop.viewmodel.StatusLine.Shown;
import coscribe.desktop.viewmodel.StatusLine.Tone;
import coscribe.desktop.viewmodel.Strings;
import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.css.Styleable;
import javafx.scene.control.Button;
import org.kordamp.ikonli.javafx.FontIcon;

/// The words of the status line with their sign; a click asks for the details.
final class StatusLabel extends Button {
    private final FontIcon icon = Icons.of(iconOf(Rank.CONNECTED));
    private final Strings strings;

    /// @param shown  held for as long as this is
    StatusLabel(ObservableValue<Shown> shown, Strings strings) {
        this.strings = strings;
        getStyleClass().setAll("status-label");
        setGraphic(icon);
        setMnemonicParsing(false);
        setMinWidth(USE_PREF_SIZE); // a title gives way before how it stands does
        shown.addListener((property, was, is) -> show(is));
        show(shown.getValue());
    }

    private void show(Shown now) {
        setText(now.words());
        setAccessibleText(strings.get("status.accessible", now.words()));
        icon.setIconLiteral(iconOf(now.rank()));
        tint(this, now.tone());
    }

    /// Sets the style class that colours it, and takes the others away.
    static void tint(Styleable node, Tone tone) {
        for (Tone each : Tone.values()) {
            node.getStyleClass().remove(classOf(each));
        }
        node.getStyleClass().add(classOf(tone));
    }

    private static String classOf(Tone tone) {
        return "tone-" + tone.name().toLowerCase(Locale.ROOT);
    }

    static String iconOf(Rank rank) {
        return switch (rank) {
            case SIGNED_OUT -> "mdi2k-key-variant";
            case READ_ONLY -> "mdi2l-lock-outline";
            case OFFLINE -> "mdi2c-cloud-off-outline";
            case RECONNECTING -> "mdi2s-sync";
            case SAVING -> "mdi2d-dots-horizontal";
            case SAVED -> "mdi2c-check";
            case CONNECTED -> "mdi2c-circle-medium";
        };
    }
}
