package coscribe.desktop.view.people;

import coscribe.ot.protocol.ClientId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;

/// Where flags go: above their line, below it where there is no room above; inside the page; away
/// from the writer's own caret; one over the other where they meet, at most three. Pure.
final class Flags {
    static final double HEIGHT = 18; // px
    static final double FROM_OWN = 48; // px, how near the writer's caret a flag shrinks to its head
    static final int STACKED = 3;
    private static final double ABOVE = 4; // px between flag and line: room for half a head
    private static final double GAP = 1; // px between flags

    private Flags() {}

    /// A flag that is to be seen.
    ///
    /// @param caret  where its owner's stands
    record Wanted(ClientId owner, Rectangle2D caret, double width) {}

    /// @param level  0 beside the line, then 1 and 2
    record Placed(ClientId owner, double x, double y, int level) {}

    /// So many more would stand where three stand already.
    record More(int count, double x, double y) {}

    record Layout(List<Placed> flags, List<More> more) {}

    /// @param wanted     the most important first: they come nearest to their line
    /// @param own        the writer's caret, where it is in view
    /// @param moreWidth  how wide a "+2" is
    static Layout place(List<Wanted> wanted, Optional<Rectangle2D> own, double width, double height, double moreWidth) {
        var placed = new ArrayList<Placed>();
        var boxes = new ArrayList<Rectangle2D>();
        var stacks = new ArrayList<Stack>();
        for (Wanted flag : wanted) {
            double x = Math.clamp(flag.caret().getMinX() - 1, 0, Math.max(0, width - flag.width()));
            boolean below = flag.caret().getMinY() - ABOVE - HEIGHT < 0;
            int level = 0;
            Rectangle2D box = box(flag, x, below, level);
            if (own.filter(caret -> distance(caret, boxOnLine(flag, x, below)) < FROM_OWN)
                    .isPresent()) {
                continue;
            }
            while (level < STACKED && meets(box, boxes)) {
                level++;
                box = box(flag, x, below, level);
            }
            if (level < STACKED && box.getMinY() >= 0 && box.getMaxY() <= height) {
                boxes.add(box);
                placed.add(new Placed(flag.owner(), box.getMinX(), box.getMinY(), level));
            } else {
                stackOver(boxes, box(flag, x, below, 0), stacks).ifPresent(Stack::oneMore);
            }
        }
        var more = new ArrayList<More>();
        for (Stack stack : stacks) {
            double x = Math.clamp(stack.top.getMaxX() + 2, 0, Math.max(0, width - moreWidth));
            more.add(new More(stack.count, x, stack.top.getMinY()));
        }
        return new Layout(placed, more);
    }

    private static Rectangle2D boxOnLine(Wanted flag, double x, boolean below) {
        return box(flag, x, below, 0);
    }

    private static Rectangle2D box(Wanted flag, double x, boolean below, int level) {
        double step = level * (HEIGHT + GAP);
        double y = below ? flag.caret().getMaxY() + ABOVE + step : flag.caret().getMinY() - ABOVE - HEIGHT - step;
        return new Rectangle2D(x, y, flag.width(), HEIGHT);
    }

    private static boolean meets(Rectangle2D box, List<Rectangle2D> others) {
        return others.stream().anyMatch(box::intersects);
    }

    /// The stack in whose way a flag without a place is.
    private static Optional<Stack> stackOver(List<Rectangle2D> boxes, Rectangle2D wanted, List<Stack> stacks) {
        var top = boxes.stream()
                .filter(box -> box.getMinX() < wanted.getMaxX() && box.getMaxX() > wanted.getMinX())
                .filter(box -> Math.abs(box.getMinY() - wanted.getMinY()) < (HEIGHT + GAP) * STACKED)
                .max(Comparator.comparingDouble(box -> Math.abs(box.getMinY() - wanted.getMinY())));
        return top.map(box -> {
            var known = stacks.stream().filter(it -> it.top.equals(box)).findFirst();
            var stack = known.orElseGet(() -> new Stack(box));
            if (known.isEmpty()) {
                stacks.add(stack);
            }
            return stack;
        });
    }

    private static final class Stack {
        private final Rectangle2D top;
        private int count;

        Stack(Rectangle2D top) {
            this.top = top;
        }

        void oneMore() {
            count++;
        }
    }

    static double distance(Rectangle2D a, Rectangle2D b) {
        double x = Math.max(0, Math.max(a.getMinX() - b.getMaxX(), b.getMinX() - a.getMaxX()));
        double y = Math.max(0, Math.max(a.getMinY() - b.getMaxY(), b.getMinY() - a.getMaxY()));
        return Math.hypot(x, y);
    }
}
