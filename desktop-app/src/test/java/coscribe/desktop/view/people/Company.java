package coscribe.desktop.view.people;

import coscribe.desktop.viewmodel.Crowd;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.presence.Caret;
import java.util.Locale;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/// People over a text of which every place is known, in virtual time. On the thread that draws.
final class Company {
    static final String LINE = "0123456789012345678901234567890123456789\n"; // 41

    final Crowd crowd;
    final Paper paper;
    final SimpleObjectProperty<Palette> looks = new SimpleObjectProperty<>(Palette.of(false, false));
    final SimpleBooleanProperty calm = new SimpleBooleanProperty();
    final Scenery scenery;
    Caret own;

    /// @param lines   of the text
    /// @param inView  of them
    /// @param own     the writer's caret
    Company(int lines, int inView, Caret own) {
        this.crowd = new Crowd(LINE.repeat(lines));
        this.paper = new Paper(() -> crowd.client.document().text().plain(), inView);
        this.own = own;
        this.scenery = new Scenery(crowd.people, paper, () -> this.own, crowd.time, looks, calm, Strings.of(Locale.UK));
    }

    static int at(int line, int column) {
        return LINE.length() * line + column;
    }
}
