package coscribe.desktop.view.people;

import coscribe.desktop.view.text.TextGeometry.Range;
import coscribe.desktop.viewmodel.Collaborator;
import coscribe.ot.presence.Caret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Who has what selected, as it is drawn: without the part that this writer has selected, the
/// newest on top, underlines beside each other where selections meet. Pure.
final class Selections {
    private static final int LEVELS = 3;

    private Selections() {}

    /// @param parts    what is drawn, in units of the text; empty: nothing
    /// @param opacity  of the tint
    /// @param level    of the underline: 0 nearest to the text, to 2
    /// @param depth    0 lies on top
    record Drawn(Collaborator who, List<Range> parts, double opacity, int level, int depth) {}

    /// One for everybody in `seen`, the newest selection first.
    static List<Drawn> arrange(List<Collaborator> seen, Range visible, Caret own, Palette palette, Instant now) {
        var drawn = new ArrayList<Drawn>();
        var newestFirst = seen.stream()
                .sorted((a, b) -> b.movedAt().compareTo(a.movedAt()))
                .toList();
        for (Collaborator who : newestFirst) {
            double opacity = Ageing.tint(who, palette, now);
            var whole = who.caret().map(Selections::range).orElse(new Range(0, 0));
            var parts = opacity == 0 ? List.<Range>of() : without(clipped(whole, visible), range(own));
            drawn.add(new Drawn(who, parts, opacity, level(parts, drawn), drawn.size()));
        }
        return drawn;
    }

    private static Range range(Caret caret) {
        return new Range(Math.min(caret.anchor(), caret.head()), Math.max(caret.anchor(), caret.head()));
    }

    private static Range clipped(Range range, Range visible) {
        int from = Math.max(range.from(), visible.from());
        return new Range(from, Math.max(from, Math.min(range.to(), visible.to() + 1)));
    }

    private static List<Range> without(Range range, Range hole) {
        if (range.from() >= range.to()) {
            return List.of();
        }
        if (hole.from() >= hole.to() || hole.to() <= range.from() || hole.from() >= range.to()) {
            return List.of(range);
        }
        var parts = new ArrayList<Range>();
        if (range.from() < hole.from()) {
            parts.add(new Range(range.from(), hole.from()));
        }
        if (hole.to() < range.to()) {
            parts.add(new Range(hole.to(), range.to()));
        }
        return parts;
    }

    /// The lowest level that no selection has which meets these parts; the last one is shared.
    private static int level(List<Range> parts, List<Drawn> before) {
        for (int level = 0; level < LEVELS - 1; level++) {
            int wanted = level;
            if (before.stream().noneMatch(other -> other.level() == wanted && meet(other.parts(), parts))) {
                return level;
            }
        }
        return LEVELS - 1;
    }

    private static boolean meet(List<Range> some, List<Range> others) {
        return some.stream().anyMatch(a -> others.stream().anyMatch(b -> a.from() < b.to() && b.from() < a.to()));
    }
}
