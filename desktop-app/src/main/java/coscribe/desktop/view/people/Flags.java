package coscribe.desktop.view.people;

import coscribe.ot.protocol.ClientId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.geometry.Rectangle2D;

/// Where flags go, so that they cover no words: above their line where that is white, else behind
/// the line's end, else below it, else in the margin; and where nothing is white, nowhere: the
/// caret's head has to do. Away from the writer's own caret; one over the other where they meet, at
/// most three. Pure.
final class Flags {
    static final double HEIGHT = 18; // px
    static final double FROM_OWN = 48; // px, how near the writer's caret a flag shrinks to its head
    static final int STACKED = 3;
    private static final double APART = 4; // px between flag and line: room for half a head
    private static final double BEHIND = 8; // px between the words of a line and a flag behind them
    private static final double NEARBY = 160; // px, how far from its caret a flag stands behind words
    private static final double MARGIN = 12; // px between the column and a flag beside it
    private static final double GAP = 1; // px between flags over each other
    private static final double BESIDE = 3; // px between flags beside each other

    private final Ground ground;
    private final double moreWidth;
    private final List<Placed> placed = new ArrayList<>();
    private final List<Rectangle2D> boxes = new ArrayList<>();
    private final Map<Rectangle2D, Double> lines = new HashMap<>(); // top of the line of each box
    private final List<Stack> stacks = new ArrayList<>();

    private Flags(Ground ground, double moreWidth) {
        this.ground = ground;
        this.moreWidth = moreWidth;
    }

    /// In the order in which they are tried.
    enum Spot {
        ABOVE,
        BEHIND,
        BELOW,
        MARGIN
    }

    /// A flag that is to be seen.
    ///
    /// @param caret   where its owner's stands
    /// @param before  where it was a moment ago: it stays there if it can, and so do those over it
    /// @param asked   by the pointer, or by going to its owner: it is shown even over words
    record Wanted(ClientId owner, Rectangle2D caret, double width, Optional<Placed> before, boolean asked) {}

    /// @param level  0 beside the line, then 1 and 2
    record Placed(ClientId owner, Spot spot, int level, double x, double y) {}

    /// So many more would stand where three stand already.
    record More(int count, double x, double y) {}

    record Layout(List<Placed> flags, List<More> more) {}

    /// What is there already.
    ///
    /// @param page    flags stay inside
    /// @param column  where text may stand
    /// @param own     the writer's caret, where it is in view
    record Ground(Rectangle2D page, Rectangle2D column, Optional<Rectangle2D> own, Words words) {}

    /// What is written between two heights.
    interface Words {
        List<Rectangle2D> between(double top, double bottom);
    }

    /// @param wanted     the most important first: of new ones, they come nearest to their line
    /// @param moreWidth  how wide a "+2" is
    static Layout place(List<Wanted> wanted, Ground ground, double moreWidth) {
        var flags = new Flags(ground, moreWidth);
        Stream.concat(
                        wanted.stream()
                                .filter(flag -> flag.before().isPresent())
                                .sorted(Comparator.comparingInt(
                                        flag -> flag.before().orElseThrow().level())),
                        wanted.stream().filter(flag -> flag.before().isEmpty()))
                .forEach(flags::put);
        return new Layout(flags.placed, flags.more());
    }

    private void put(Wanted flag) {
        if (ground.own().filter(own -> distance(own, flag.caret()) < FROM_OWN).isPresent()) {
            return;
        }
        white(flag, spot -> !meetsAnotherLine(flag, spot))
                .or(() -> white(flag, spot -> true))
                .or(() -> flag.asked() ? Optional.of(overWords(flag)) : Optional.empty())
                .ifPresent(spot -> stack(flag, spot));
    }

    /// The first spot that is white, beginning with the one where the flag was.
    private Optional<Spot> white(Wanted flag, Predicate<Spot> wanted) {
        return Stream.concat(flag.before().map(Placed::spot).stream(), Stream.of(Spot.values()))
                .filter(spot -> wanted.test(spot) && isFree(box(flag, spot, 0)))
                .findFirst();
    }

    private Spot overWords(Wanted flag) {
        return isInside(box(flag, Spot.ABOVE, 0)) ? Spot.ABOVE : Spot.BELOW;
    }

    /// Whether a flag of somebody on another line is there already.
    private boolean meetsAnotherLine(Wanted flag, Spot spot) {
        var box = box(flag, spot, 0);
        return boxes.stream()
                .anyMatch(other -> other.intersects(box)
                        && lines.getOrDefault(other, Double.NaN) != flag.caret().getMinY());
    }

    /// Above and below the line one over the other, on the line one behind the other.
    private void stack(Wanted flag, Spot spot) {
        var met = new ArrayList<Rectangle2D>();
        var box = box(flag, spot, 0);
        for (int level = 0; level < STACKED && (level == 0 || isFree(box)); level++) {
            var other = boxes.stream().filter(box::intersects).findFirst();
            if (other.isEmpty()) {
                boxes.add(box);
                lines.put(box, flag.caret().getMinY());
                placed.add(new Placed(flag.owner(), spot, level, box.getMinX(), box.getMinY()));
                return;
            }
            met.add(other.get());
            box = spot == Spot.ABOVE || spot == Spot.BELOW
                    ? box(flag, spot, level + 1)
                    : box(other.get().getMaxX() + BESIDE, box.getMinY(), flag);
        }
        if (!met.isEmpty()) {
            stacks.stream()
                    .filter(stack -> stack.boxes.stream().anyMatch(met::contains))
                    .findFirst()
                    .orElseGet(() -> {
                        var stack = new Stack(met);
                        stacks.add(stack);
                        return stack;
                    })
                    .count++;
        }
    }

    /// "+2" beside the highest flag of a stack that has white beside it.
    private List<More> more() {
        var more = new ArrayList<More>();
        for (Stack stack : stacks) {
            stack.boxes.reversed().stream()
                    .flatMap(box -> Stream.of(box.getMaxX() + 2, box.getMinX() - 2 - moreWidth)
                            .map(x -> new Rectangle2D(x, box.getMinY(), moreWidth, HEIGHT)))
                    .filter(board -> isFree(board) && boxes.stream().noneMatch(board::intersects))
                    .findFirst()
                    .ifPresent(board -> {
                        boxes.add(board);
                        more.add(new More(stack.count, board.getMinX(), board.getMinY()));
                    });
        }
        return more;
    }

    // --- what is free

    private boolean isFree(Rectangle2D box) {
        return isInside(box)
                && ground.own().filter(own -> distance(own, box) < FROM_OWN).isEmpty()
                && ground.words().between(box.getMinY(), box.getMaxY()).stream().noneMatch(box::intersects);
    }

    private boolean isInside(Rectangle2D box) {
        return ground.page().contains(box);
    }

    private Rectangle2D box(Wanted flag, Spot spot, int level) {
        var caret = flag.caret();
        double rise = level * (HEIGHT + GAP);
        double middle = (caret.getMinY() + caret.getMaxY() - HEIGHT) / 2;
        double over = clamp(caret.getMinX() - 1, flag.width());
        return switch (spot) {
            case ABOVE -> box(over, caret.getMinY() - APART - HEIGHT - rise, flag);
            case BEHIND -> box(lineEnd(caret) + BEHIND, middle, flag);
            case BELOW -> box(over, caret.getMaxY() + APART + rise, flag);
            case MARGIN -> box(ground.column().getMaxX() + MARGIN, middle, flag);
        };
    }

    /// Where the words behind a caret end, if they do so nearby; else where it stands.
    private double lineEnd(Rectangle2D caret) {
        double middle = (caret.getMinY() + caret.getMaxY()) / 2;
        return ground.words().between(middle, middle + 1).stream()
                .mapToDouble(Rectangle2D::getMaxX)
                .filter(end -> end > caret.getMinX() && end <= caret.getMinX() + NEARBY)
                .max()
                .orElse(caret.getMinX());
    }

    /// In whole pixels, as it is drawn.
    private static Rectangle2D box(double x, double y, Wanted flag) {
        return new Rectangle2D(Math.round(x), Math.round(y), flag.width(), HEIGHT);
    }

    private double clamp(double x, double width) {
        double left = ground.page().getMinX();
        return Math.clamp(x, left, Math.max(left, Math.floor(ground.page().getMaxX() - width)));
    }

    private static final class Stack {
        private final List<Rectangle2D> boxes; // the lowest first
        private int count;

        Stack(List<Rectangle2D> boxes) {
            this.boxes = boxes;
        }
    }

    static double distance(Rectangle2D a, Rectangle2D b) {
        double x = Math.max(0, Math.max(a.getMinX() - b.getMaxX(), b.getMinX() - a.getMaxX()));
        double y = Math.max(0, Math.max(a.getMinY() - b.getMaxY(), b.getMinY() - a.getMaxY()));
        return Math.hypot(x, y);
    }
}
