package coscribe.desktop.view.text;

import coscribe.desktop.view.text.TextGeometry.Range;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;

/// Brings the widget to the newest text: own changes at once, what others did once a frame, and of
/// what is large first what the writer can see. Positions are those of the newest text, unless they
/// are called drawn. On the thread that draws.
final class Renderer {
    private static final int AT_ONCE = 96_000; // units, what is drawn in one frame, some 10 ms
    private static final int SIGHTS = 2; // layouts: the first is painted while the second is made
    private static final int PATIENCE = 8; // frames, in a window that nobody lays out
    private static final int FIRST = 24_000; // units, more than a window shows
    private static final int AROUND = 4_000; // units, more than a window shows on either side of its middle
    private static final Attributes TOUCHED = Attributes.of("drawn", Value.CLEAR); // which no text has
    private static final int WITH_A_KEY = 8_000; // units, what others did beside what is around the caret

    private final PageArea area;
    private final Page page;
    private final Geometry geometry;
    private final Consumer<Delta> passing;
    private final Runnable changed;
    private final Waiting waiting = new Waiting();
    private final AnimationTimer frame = new AnimationTimer() {
        @Override
        public void handle(long nanos) {
            frame();
        }
    };
    private Document newest = Document.EMPTY;
    private Text drawn = Text.EMPTY; // what the widget shows
    private Caret caret = Caret.at(0);
    private int atOnce = AT_ONCE;
    private int around = AROUND;
    private Optional<Range> clean = Optional.empty(); // drawn, though something waits
    private boolean revealing; // the caret is to be seen once all is drawn
    private boolean following; // the next layout brings the caret into view
    private boolean showing; // the widget changes because we say so
    private int unseen; // layouts that show the beginning of a long text, before more of it is drawn
    private int patience; // frames that wait for them

    /// @param passing  hears each change before it is drawn
    /// @param changed  runs when the widget shows something else
    Renderer(PageArea area, Page page, Geometry geometry, Consumer<Delta> passing, Runnable changed) {
        this.area = area;
        this.page = page;
        this.geometry = geometry;
        this.passing = passing;
        this.changed = changed;
    }

    // --- what the view-model shows

    void load(Document document, Caret selection) {
        waiting.clear();
        frame.stop();
        revealing = false;
        newest = document;
        caret = selection;
        drawn = document.text();
        unseen = 0;
        if (Math.max(selection.anchor(), selection.head()) < FIRST && drawn.length() - FIRST > atOnce) {
            drawn = Slice.beginning(document.text(), FIRST);
            later(Slice.behind(drawn.length(), document.text()));
            unseen = SIGHTS;
            patience = PATIENCE;
            frame.start();
        }
        show(() -> {
            page.structureChangedFrom(0);
            area.getContent().replace(0, area.getLength(), page.paragraphs(drawn, 0, drawn.length()));
            area.showParagraphAtTop(0);
            putCaret();
        });
        if (area.getCurrentParagraph() > 0) {
            area.requestFollowCaret();
        }
    }

    void ownChange(Delta delta, Document after, Caret selection, boolean reveal) {
        drawAround(caret.head());
        newest = after;
        caret = selection;
        if (Slice.cost(delta) > atOnce) {
            revealing = reveal;
            later(delta);
            frame.start();
        } else if (waiting.isEmpty()) {
            show(() -> draw(delta, after.text()));
            reveal(reveal);
        } else {
            later(delta);
            draw(0, caret.head(), false);
            reveal(reveal);
        }
    }

    void foreignChange(Delta delta, Document after, Caret selection) {
        later(delta);
        newest = after;
        caret = selection;
        frame.start();
    }

    void select(Caret selection, boolean reveal) {
        drawAround(selection.head());
        caret = selection;
        show(this::putCaret);
        reveal(reveal);
    }

    /// All paragraphs are drawn anew as the page shows them now, those in view first.
    void drawAnew() {
        if (drawn.length() > 0) {
            later(Delta.builder().retain(newest.length(), TOUCHED).build(newest.length()));
            frame.start();
        }
    }

    private void later(Delta change) {
        waiting.add(change);
        clean = Optional.empty();
    }

    private void reveal(boolean wanted) {
        if (wanted && !revealing) {
            area.requestFollowCaret();
            following = true;
        }
    }

    // --- what the writer does

    /// The writer's caret goes somewhere, and is not yet told of.
    void put(Caret selection) {
        drawAround(selection.head());
        area.selectRange(waiting.toDrawn(selection.anchor()), waiting.toDrawn(selection.head()));
    }

    /// As {@link #put}, and is brought into view.
    void putInView(Caret selection) {
        put(selection);
        reveal(true);
    }

    /// Where the writer put the caret; empty: it is where it was, or moves because we say so.
    Optional<Caret> moved() {
        if (showing) {
            return Optional.empty();
        }
        var now = drawnCaret();
        if (now.equals(caret)) {
            return Optional.empty();
        }
        caret = now;
        return Optional.of(now);
    }

    // --- drawing

    /// What a frame draws. The beginning of a long text is seen before there is more of it.
    void frame() {
        if (unseen > 0 && patience-- > 0) {
            return;
        }
        draw(atOnce, caret.head(), true);
    }

    /// Draws all that waits to be drawn.
    void flush() {
        draw(Integer.MAX_VALUE, caret.head(), true);
    }

    /// Before a key.
    void drawAroundCaret() {
        drawAround(caret.head());
    }

    /// Before a key and the like: what others did is drawn, and of what is large what a writer at
    /// `position` can see. So a key never waits for all of a long text.
    void drawAround(int position) {
        boolean isClean = clean.filter(it -> it.contains(Math.max(0, position - around / 2)))
                .filter(it -> it.contains(position + around / 2))
                .isPresent();
        if (!isClean) {
            draw(Math.min(WITH_A_KEY, atOnce), position, true);
        }
    }

    /// Draws what waits, what others did since the last frame above all.
    ///
    /// @param units    not much more than so much, beside what is around
    /// @param holding  what the writer looks at stays at its height
    private void draw(int units, int position, boolean holding) {
        if (!waiting.isEmpty()) {
            var seen = new Range(Math.max(0, position - around), position + around);
            Delta change = waiting.take(drawn, units, seen);
            Text next = waiting.isEmpty() ? newest.text() : drawn.apply(change);
            clean = Optional.of(seen).filter(it -> !waiting.isEmpty());
            show(() -> {
                if (revealing || following || !holding) {
                    draw(change, next); // what is in view is told by where the caret is then
                } else {
                    var anchor = Anchor.of(area, geometry);
                    draw(change, next);
                    anchor.restore(change, area, geometry);
                }
            });
        }
        if (waiting.isEmpty()) {
            frame.stop();
            if (revealing) {
                revealing = false;
                area.requestFollowCaret();
            }
        }
    }

    private void draw(Delta change, Text text) {
        passing.accept(change);
        letGoOfSelection();
        page.draw(change, text);
        drawn = text;
        putCaret();
        page.refresh();
    }

    private void show(Runnable changes) {
        showing = true;
        try {
            changes.run();
        } finally {
            showing = false;
        }
        changed.run();
    }

    /// While paragraphs are replaced the widget works out anew what is selected in each of them, from
    /// a beginning and an end of which one may be of the text before, and throws where they cross.
    /// Where nothing is selected they are one place; {@link #putCaret} selects again.
    private void letGoOfSelection() {
        if (area.getSelection().getLength() > 0) {
            int head = area.getCaretPosition();
            area.selectRange(head, head);
        }
    }

    private void putCaret() {
        int length = area.getLength();
        int anchor = Math.min(waiting.toDrawn(caret.anchor()), length);
        int head = Math.min(waiting.toDrawn(caret.head()), length);
        if (area.getAnchor() != anchor || area.getCaretPosition() != head) {
            area.selectRange(anchor, head);
        }
    }

    /// What was brought into view is in view now.
    void laidOut() {
        following = false;
        unseen = Math.max(0, unseen - 1);
    }

    void stop() {
        frame.stop();
    }

    // --- what is where

    Text newest() {
        return newest.text();
    }

    Caret caret() {
        return caret;
    }

    /// Where the widget's caret and selection are.
    Caret drawnCaret() {
        return waiting.toNewest(new Caret(area.getAnchor(), area.getCaretPosition()));
    }

    /// Whether there is more to draw.
    boolean isBehind() {
        return !waiting.isEmpty();
    }

    /// @param drawn  a position in what is drawn
    int toNewest(int drawn) {
        return waiting.toNewest(Caret.at(drawn)).head();
    }

    /// @return a position in what is drawn
    int toDrawn(int position) {
        return waiting.toDrawn(position);
    }

    /// Draws less in a frame and around the caret, for tests.
    void drawAtOnce(int units) {
        atOnce = units;
        around = Math.min(AROUND, units);
    }
}
