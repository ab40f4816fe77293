package coscribe.desktop.view.people;

import coscribe.desktop.viewmodel.Collaborator;
import coscribe.ot.presence.PaletteSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.paint.Color;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.HLineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.StrokeType;
import javafx.scene.shape.VLineTo;

/// The nodes that show one collaborator over the text: caret, head, flag, tint and underline. Made
/// once and moved about.
final class Marker {
    static final double CARET = 2; // px
    static final double HEAD = 6; // px
    private static final Duration GLIDE = Duration.ofMillis(60);

    private final Rectangle caret = new Rectangle(CARET, 0);
    private final Group pin = new Group(caret); // caret and head
    private final Path tint = new Path();
    private final Path underline = new Path();
    private final Flag flag = new Flag();
    private Optional<PaletteSlot> slot = Optional.empty();
    private Palette palette = Palette.LIGHT;
    private List<Rectangle2D> pieces = List.of();
    private double lineOffset;

    private Optional<Rectangle2D> at = Optional.empty(); // where the caret belongs
    private double glideFrom;
    private Instant glideSince = Instant.MIN;
    private Instant lastMoved = Instant.MIN;

    Marker() {
        for (Node node : List.of(pin, tint, underline, flag)) {
            node.setManaged(false);
            node.setVisible(false);
        }
        pin.setAutoSizeChildren(false);
        for (Path path : List.of(tint, underline)) {
            path.setStroke(null);
            path.setStrokeWidth(2);
            path.setStrokeType(StrokeType.INSIDE);
        }
    }

    Node tint() {
        return tint;
    }

    Node underline() {
        return underline;
    }

    Node pin() {
        return pin;
    }

    Flag flag() {
        return flag;
    }

    Optional<Rectangle2D> at() {
        return at;
    }

    /// Takes on a person's looks; does nothing where it has them.
    ///
    /// @param called  what the flag says
    void dress(Collaborator who, String called, Palette now) {
        if (!slot.equals(Optional.of(who.slot())) || palette != now) {
            slot = Optional.of(who.slot());
            palette = now;
            Color colour = now.of(who.slot());
            var head = Heads.of(who.slot().shape(), HEAD, colour, now.ink());
            head.setTranslateX(CARET / 2);
            caret.setFill(colour);
            pin.getChildren().setAll(caret, head);
            underline.setFill(colour);
            tint.setFill(now.outlined() ? null : colour);
            tint.setStroke(now.outlined() ? colour : null);
            pieces = List.of(); // drawn in another way
        }
        flag.dress(called, who.slot(), now);
    }

    /// Answers whether it is still on its way.
    ///
    /// @param glides  whether a step along the line is shown as a glide
    boolean standAt(Rectangle2D place, Collaborator who, boolean glides, Instant now) {
        boolean stepped = who.movedAt().isAfter(lastMoved);
        boolean sameLine =
                at.filter(before -> before.getMinY() == place.getMinY()).isPresent();
        boolean elsewhere = !at.equals(Optional.of(place));
        if (elsewhere) {
            glideFrom = pin.getLayoutX();
            glideSince = glides && stepped && sameLine ? now : Instant.MIN;
            lastMoved = who.movedAt();
        }
        at = Optional.of(place);
        caret.setHeight(place.getHeight());
        pin.setLayoutY(place.getMinY());
        pin.setOpacity(who.isAway(now) && !palette.outlined() ? 0.5 : 1);
        pin.setVisible(true);
        return glide(now);
    }

    /// Moves on along the line; answers whether there is more to go.
    private boolean glide(Instant now) {
        if (at.isEmpty()) {
            return false;
        }
        double to = at.get().getMinX() - CARET / 2;
        double done = glideSince.equals(Instant.MIN)
                ? 1
                : Duration.between(glideSince, now).toMillis() / (double) GLIDE.toMillis();
        if (done >= 1) {
            glideSince = Instant.MIN;
            pin.setLayoutX(to);
            return false;
        }
        double eased = 1 - (1 - done) * (1 - done);
        pin.setLayoutX(glideFrom + (to - glideFrom) * eased);
        return true;
    }

    /// Shows no caret.
    void leaveLine() {
        at = Optional.empty();
        pin.setVisible(false);
        flag.setVisible(false);
    }

    /// @param pieces   what is selected, line by line; empty: nothing
    /// @param opacity  of the tint
    /// @param level    0 to 2: where others' underlines are already
    void select(List<Rectangle2D> pieces, double opacity, int level) {
        double offset = level * 3;
        if (!pieces.equals(this.pieces) || offset != lineOffset) {
            this.pieces = pieces;
            lineOffset = offset;
            var boxes = new ArrayList<PathElement>();
            var lines = new ArrayList<PathElement>();
            for (Rectangle2D piece : pieces) {
                add(boxes, palette.outlined() ? around(piece, offset) : piece);
                add(lines, new Rectangle2D(piece.getMinX(), piece.getMaxY() - 2 + offset, piece.getWidth(), 2));
            }
            tint.getElements().setAll(boxes);
            underline.getElements().setAll(lines);
        }
        tint.setOpacity(opacity);
        tint.setVisible(!pieces.isEmpty());
        underline.setVisible(!pieces.isEmpty() && !palette.outlined());
    }

    /// Where others' outlines are already, further out.
    private static Rectangle2D around(Rectangle2D piece, double offset) {
        return new Rectangle2D(
                piece.getMinX() - offset,
                piece.getMinY() - offset,
                piece.getWidth() + 2 * offset,
                piece.getHeight() + 2 * offset);
    }

    private static void add(List<PathElement> into, Rectangle2D box) {
        into.add(new MoveTo(box.getMinX(), box.getMinY()));
        into.add(new HLineTo(box.getMaxX()));
        into.add(new VLineTo(box.getMaxY()));
        into.add(new HLineTo(box.getMinX()));
        into.add(new ClosePath());
    }

    void hide() {
        leaveLine();
        tint.setVisible(false);
        underline.setVisible(false);
    }
}
