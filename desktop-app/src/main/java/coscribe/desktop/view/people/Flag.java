package coscribe.desktop.view.people;

import coscribe.ot.presence.PaletteSlot;
import javafx.geometry.VPos;
import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/// A name on a person's colour.
final class Flag extends Group {
    static final int LONGEST = 24; // characters
    private static final double SIDE = 6; // px left and right of the name
    private static final double SIGN = 10; // px for the shape in front of the name

    private final Rectangle board = new Rectangle(0, Flags.HEIGHT);
    private final Text words = new Text();
    private Shape sign = Heads.of(0, Marker.HEAD);
    private String name = "";
    private int shape = -1;

    Flag() {
        board.setArcWidth(7);
        board.setArcHeight(7);
        words.setFont(Font.font("Inter", FontWeight.SEMI_BOLD, 11));
        words.setTextOrigin(VPos.CENTER);
        words.setY(Flags.HEIGHT / 2);
        setAutoSizeChildren(false);
        getChildren().addAll(board, words);
        setManaged(false);
    }

    void dress(String whole, PaletteSlot slot, Palette palette) {
        if (slot.shape() != shape) {
            shape = slot.shape();
            getChildren().remove(sign);
            sign = Heads.of(shape, Marker.HEAD);
            sign.setLayoutX(SIDE + 3);
            sign.setLayoutY(Flags.HEIGHT / 2);
            getChildren().add(sign);
        }
        write(shortened(whole), SIDE + SIGN);
        paint(palette.of(slot), palette.ink());
    }

    /// A board without a person: "+2".
    void say(String what, Color ground, Color ink) {
        write(what, SIDE);
        paint(ground, ink);
    }

    private void write(String what, double x) {
        if (!what.equals(name)) {
            name = what;
            words.setText(what);
            words.setX(x);
            board.setWidth(Math.ceil(x + words.getLayoutBounds().getWidth() + SIDE));
        }
    }

    private void paint(Color ground, Color ink) {
        board.setFill(ground);
        words.setFill(ink);
        sign.setFill(ink);
    }

    double width() {
        return board.getWidth();
    }

    String words() {
        return name;
    }

    void showAt(double x, double y, double opacity) {
        setLayoutX(Math.round(x));
        setLayoutY(Math.round(y));
        setOpacity(opacity);
        setVisible(true);
    }

    /// At most 24 characters as a reader counts them, else an ellipsis at the end.
    static String shortened(String name) {
        var breaks = java.text.BreakIterator.getCharacterInstance();
        breaks.setText(name);
        int end = 0;
        for (int i = 0; i < LONGEST && end >= 0; i++) {
            int next = breaks.next();
            if (next < 0) {
                return name;
            }
            end = next;
        }
        return end >= name.length() ? name : name.substring(0, end).stripTrailing() + "…";
    }
}
