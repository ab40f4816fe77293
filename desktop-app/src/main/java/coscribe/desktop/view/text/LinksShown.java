package coscribe.desktop.view.text;

import coscribe.ot.delta.Bias;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/// The links on the page: a click on one, or Alt+Enter in one, shows its card, which stays with it
/// while others write. Positions are those of the drawn text.
final class LinksShown {
    static final KeyCombination SHOW = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.ALT_DOWN);

    private final PageArea area;
    private final Geometry geometry;
    private final TextCommands commands;
    private final LinkCard card;
    private int at; // a character of the link that is shown

    LinksShown(PageArea area, Geometry geometry, TextCommands commands, LinkCard card) {
        this.area = area;
        this.geometry = geometry;
        this.commands = commands;
        this.card = card;
    }

    /// Takes a key that is about links; says whether it was one.
    boolean take(KeyEvent event) {
        if (SHOW.match(event)) {
            int caret = area.getCaretPosition();
            open(isAt(caret) ? caret : caret - 1);
        } else if (event.getCode() == KeyCode.ESCAPE && card.isOpen()) {
            card.close();
        } else {
            return false;
        }
        event.consume();
        return true;
    }

    /// Whether a character is part of one.
    boolean isAt(int position) {
        return target(position).isPresent();
    }

    /// Shows the card of the link at a character, and gives it the keyboard.
    void open(int position) {
        show(position);
        if (card.isOpen()) {
            card.takeKeyboard();
        }
    }

    void clicked(MouseEvent click) {
        boolean plain = click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 1 && !click.isShiftDown();
        if (plain && click.isStillSincePress()) {
            area.hit(click.getX(), click.getY()).getCharacterIndex().ifPresent(this::show);
        }
    }

    private void show(int position) {
        target(position)
                .ifPresent(target -> geometry.caretAt(position).ifPresent(line -> {
                    at = position;
                    card.show(target, commands.editable().get(), line);
                }));
    }

    private Optional<String> target(int position) {
        return position >= 0
                        && position < area.getLength()
                        && area.getStyleOfChar(position).get("link").orElse(Value.TRUE)
                                instanceof Value.Text(var target)
                ? Optional.of(target)
                : Optional.empty();
    }

    /// The text changes under the card.
    void through(Delta change) {
        at = card.isOpen() ? change.mapPosition(at, Bias.AFTER) : 0;
    }

    /// The card stays at its link, as long as that is there and in view.
    void place() {
        if (card.isOpen()) {
            target(at).flatMap(target -> geometry.caretAt(at)).ifPresentOrElse(card::place, card::close);
        }
    }

    void close() {
        card.close();
    }
}
