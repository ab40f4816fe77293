package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Strings;
import coscribe.desktop.viewmodel.TextSurface;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javafx.animation.AnimationTimer;
import javafx.beans.value.ChangeListener;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.util.Duration;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.Caret.CaretVisibility;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.fxmisc.wellbehaved.event.Nodes;
import org.jspecify.annotations.Nullable;
import org.reactfx.util.Either;

/// A document's text on a calm page, drawn by RichTextFX. Shows what the view-model holds and asks
/// it for every change; others' changes are gathered and drawn once a frame. On the thread that
/// draws, from the constructor on.
public final class RichTextSurface implements TextSurface, TextGeometry, AutoCloseable {
    private static final double COLUMN = 680; // px
    private static final double MARGIN = 24; // px, at least
    private static final int AT_ONCE = 96_000; // units, what is drawn in one frame, some 10 ms
    private static final int FIRST = 24_000; // units, more than a window shows

    private final TextCommands commands;
    private final StackPane root = new StackPane();
    private final Pane over = new Pane(); // lets the mouse through
    private final Pane cards = new Pane();
    private final PageArea area;
    private final Page page;
    private final Geometry geometry;
    private final Composition composition;
    private final LinksShown links;
    private final Dragging dragging;
    private final Waiting waiting = new Waiting();
    private final List<Runnable> movedListeners = new ArrayList<>();
    private final Runnable afterLayout = this::afterLayout;
    private final AnimationTimer frame = new AnimationTimer() {
        @Override
        public void handle(long nanos) {
            flush(atOnce);
        }
    };
    private final ChangeListener<Scene> sceneListener = (ignored, before, now) -> moveTo(before, now);
    private Document newest = Document.EMPTY;
    private Text drawn = Text.EMPTY; // what the widget shows
    private Caret caret = Caret.at(0); // in the newest text
    private int atOnce = AT_ONCE;
    private boolean revealing; // the caret is to be seen once all is drawn
    private boolean showing; // the widget changes because we say so
    private boolean moved = true;

    /// In the words of this computer's language, and with links that are told but not opened.
    public RichTextSurface(TextCommands commands) {
        this(commands, new Links(target -> {}, () -> {}), Strings.usual());
    }

    /// @param commands  asked for every change
    /// @param doings    asked to open and to edit links
    /// @param strings   the words on the page that are not the document's
    public RichTextSurface(TextCommands commands, Links doings, Strings strings) {
        this.commands = commands;
        this.page = new Page(this::tick);
        this.area = page.area();
        this.geometry = new Geometry(area, root);
        this.composition = new Composition(commands, over, () -> geometry.caretAt(area.getCaretPosition()));
        this.links = new LinksShown(area, geometry, commands, new LinkCard(cards, strings, doings, this::requestFocus));
        this.dragging = new Dragging(
                area,
                geometry,
                commands,
                over,
                drawn -> waiting.toNewest(Caret.at(drawn)).head());
        assemble();
        listen();
        area.setAccessibleText(strings.get("page.text"));
        area.answerBy(new Spoken(area, root, geometry, this::settled, this::put));
    }

    private void assemble() {
        area.getStylesheets()
                .add(Objects.requireNonNull(RichTextSurface.class.getResource("text.css"))
                        .toExternalForm());
        area.getStyleClass().add("page");
        over.setMouseTransparent(true);
        root.getStyleClass().add("text-surface");
        root.getStylesheets().addAll(area.getStylesheets());
        cards.setPickOnBounds(false);
        root.getChildren().addAll(new VirtualizedScrollPane<>(area), over, cards);
    }

    /// In the middle, whether there is a scroll bar or not: text does not jump when one comes.
    private void putColumn() {
        double side = Math.max(MARGIN, Math.floor((root.getWidth() - COLUMN) / 2));
        double bar = Math.clamp(root.getWidth() - area.getWidth(), 0, MARGIN);
        area.setPadding(new Insets(0, side - bar, 0, side));
        moved = true;
    }

    private void listen() {
        var keys = new Keys(commands);
        Nodes.addInputMap(area, Keys.passBy());
        area.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            flush();
            if (!links.take(event)) {
                keys.pressed(event);
            }
        });
        area.addEventFilter(KeyEvent.KEY_TYPED, event -> {
            flush();
            keys.typed(event);
        });
        area.addEventFilter(MouseEvent.MOUSE_PRESSED, press -> links.close());
        area.addEventHandler(MouseEvent.MOUSE_CLICKED, links::clicked);
        area.addEventHandler(ScrollEvent.SCROLL, event -> {
            if (event.getTarget() == area) { // in the margin
                area.scrollYBy(-event.getDeltaY());
                event.consume();
            }
        });
        area.editableProperty().bind(commands.editable());
        area.editableProperty().addListener((ignored, before, now) -> showCaret());
        area.focusedProperty().addListener((ignored, before, now) -> showCaret());
        area.setOnInputMethodTextChanged(composition::handle);
        area.setInputMethodRequests(composition.requests(area));
        area.caretPositionProperty().addListener((ignored, before, now) -> report());
        area.anchorProperty().addListener((ignored, before, now) -> report());
        area.widthProperty().addListener((ignored, before, width) -> putColumn());
        root.widthProperty().addListener((ignored, before, width) -> putColumn());
        area.heightProperty().addListener((ignored, before, height) -> moved = true);
        area.viewportDirtyEvents().subscribe(ignored -> moved = true);
        root.sceneProperty().addListener(sceneListener);
    }

    /// A reader selects and copies with the keyboard too, so the caret is seen there as well.
    private void showCaret() {
        area.setShowCaret(area.isFocused() && !area.isEditable() ? CaretVisibility.ON : CaretVisibility.AUTO);
    }

    private void moveTo(@Nullable Scene before, @Nullable Scene now) {
        if (before != null) {
            before.removePostLayoutPulseListener(afterLayout);
        }
        if (now != null) {
            now.addPostLayoutPulseListener(afterLayout);
        }
    }

    private void afterLayout() {
        if (moved) {
            moved = false;
            composition.place();
            links.place();
            List.copyOf(movedListeners).forEach(Runnable::run);
        }
    }

    // --- what the view-model shows

    @Override
    public void load(Document document, Caret selection) {
        waiting.clear();
        frame.stop();
        links.close();
        revealing = false;
        newest = document;
        caret = selection;
        drawn = document.text();
        if (Math.max(selection.anchor(), selection.head()) < FIRST && drawn.length() - FIRST > atOnce) {
            drawn = Slice.beginning(document.text(), FIRST);
            waiting.add(Slice.behind(drawn.length(), document.text()));
            frame.start();
        }
        show(() -> {
            page.structureChangedFrom(0);
            area.getContent().replace(0, area.getLength(), Segments.of(drawn, 0, drawn.length()));
            area.showParagraphAtTop(0);
            putCaret();
        });
        if (area.getCurrentParagraph() > 0) {
            area.requestFollowCaret();
        }
    }

    @Override
    public void ownChange(Delta delta, Document after, Caret selection, boolean reveal) {
        flush();
        newest = after;
        caret = selection;
        if (Slice.cost(delta) > atOnce) {
            revealing = reveal;
            waiting.add(delta);
            frame.start();
            return;
        }
        show(() -> draw(delta, after.text()));
        if (reveal) {
            area.requestFollowCaret();
        }
    }

    @Override
    public void foreignChange(Delta delta, Document after, Caret selection) {
        waiting.add(delta);
        newest = after;
        caret = selection;
        frame.start();
    }

    @Override
    public void select(Caret selection, boolean reveal) {
        flush();
        caret = selection;
        show(this::putCaret);
        if (reveal) {
            area.requestFollowCaret();
        }
    }

    /// Draws all that waits to be drawn.
    private void flush() {
        flush(Integer.MAX_VALUE);
    }

    /// Draws what waits, what others did since the last frame above all.
    ///
    /// @param units  not much more than so much
    private void flush(int units) {
        if (!waiting.isEmpty()) {
            Delta change = waiting.take(drawn, units);
            Text next = waiting.isEmpty() ? newest.text() : drawn.apply(change);
            show(() -> {
                if (revealing) {
                    draw(change, next); // where it is seen is told when all is drawn
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

    private void show(Runnable changes) {
        showing = true;
        try {
            changes.run();
        } finally {
            showing = false;
        }
        moved = true;
        tellReaders();
    }

    private void tellReaders() {
        area.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        area.notifyAccessibleAttributeChanged(AccessibleAttribute.SELECTION_START);
        area.notifyAccessibleAttributeChanged(AccessibleAttribute.SELECTION_END);
        area.notifyAccessibleAttributeChanged(AccessibleAttribute.CARET_OFFSET);
    }

    private void draw(Delta change, Text text) {
        links.through(change);
        page.draw(change, text);
        drawn = text;
        putCaret();
    }

    private ReadOnlyStyledDocument<Attributes, Either<String, Embed>, Attributes> snapshot() {
        return area.getContent().snapshot();
    }

    private void putCaret() {
        int length = area.getLength();
        int anchor = Math.min(waiting.toDrawn(caret.anchor()), length);
        int head = Math.min(waiting.toDrawn(caret.head()), length);
        if (area.getAnchor() != anchor || area.getCaretPosition() != head) {
            area.selectRange(anchor, head);
        }
    }

    /// Shows by colours who wrote what; empty: does not.
    ///
    /// @param colours  of the ground behind what an author wrote, by their id
    public void showAuthors(Optional<Function<String, Color>> colours) {
        page.showAuthors(colours);
    }

    // --- what the writer does

    private void report() {
        if (!showing) {
            var now = drawnCaret();
            if (!now.equals(caret)) {
                caret = now;
                commands.select(now);
                links.close();
                tellReaders();
            }
            moved = true;
        }
    }

    private void tick(int paragraph) {
        int drawn = area.position(paragraph, 0).toOffset();
        commands.tickAt(waiting.toNewest(Caret.at(drawn)).head());
    }

    // --- for tests and for screen readers

    /// The newest text, all of it drawn.
    private Text settled() {
        flush();
        return newest.text();
    }

    private void put(Caret selection) {
        area.selectRange(selection.anchor(), selection.head());
    }

    /// What is drawn, as a text: all of it, formatting and closing newline too.
    public Text readBack() {
        flush();
        return drawn();
    }

    /// What is drawn so far, for tests.
    Text drawn() {
        return Segments.textOf(snapshot().getParagraphs());
    }

    /// Draws less in a frame, for tests.
    void drawAtOnce(int units) {
        atOnce = units;
    }

    /// What a frame draws, for tests.
    void frame() {
        flush(atOnce);
    }

    /// The widget itself, for tests.
    PageArea area() {
        return area;
    }

    Dragging dragging() {
        return dragging;
    }

    Optional<Rectangle2D> geometryOfDrawn(int position) {
        return geometry.caretAt(position);
    }

    /// Where the widget's caret and selection are, in the newest text.
    Caret drawnCaret() {
        return waiting.toNewest(new Caret(area.getAnchor(), area.getCaretPosition()));
    }

    /// Holds the caret's blink, so that it is seen in a picture.
    public void stillCaret() {
        area.getCaretSelectionBind().getUnderlyingCaret().setBlinkRate(Duration.ZERO);
    }

    /// Takes the keyboard.
    public void requestFocus() {
        area.requestFocus();
    }

    @Override
    public void close() {
        frame.stop();
        moveTo(root.getScene(), null);
        root.sceneProperty().removeListener(sceneListener);
        movedListeners.clear();
        area.editableProperty().unbind();
        area.dispose();
    }

    // --- where things are

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Range visible() {
        var drawn = geometry.visible();
        return new Range(
                waiting.toNewest(Caret.at(drawn.from())).head(),
                waiting.toNewest(Caret.at(drawn.to())).head());
    }

    @Override
    public Optional<Rectangle2D> caretAt(int position) {
        return geometry.caretAt(waiting.toDrawn(position));
    }

    /// Where the writer's own caret is drawn, in the scene. Empty: not in view.
    public Optional<Bounds> caretInScene() {
        return geometry.caretAt(area.getCaretPosition())
                .map(at ->
                        root.localToScene(new BoundingBox(at.getMinX(), at.getMinY(), at.getWidth(), at.getHeight())));
    }

    @Override
    public List<Rectangle2D> shapeOf(int from, int to) {
        return geometry.shapeOf(waiting.toDrawn(from), waiting.toDrawn(to));
    }

    @Override
    public List<Rectangle2D> written(double top, double bottom) {
        return geometry.written(top, bottom);
    }

    @Override
    public Rectangle2D page() {
        return geometry.page();
    }

    @Override
    public Rectangle2D column() {
        return geometry.column();
    }

    @Override
    public int lineOf(int position) {
        return geometry.place(waiting.toDrawn(position)).getMajor() + 1;
    }

    @Override
    public void scrollTo(int position, double height) {
        flush();
        geometry.putAt(position, area.getHeight() * height);
        moved = true;
    }

    @Override
    public Runnable onMoved(Runnable listener) {
        movedListeners.add(listener);
        moved = true;
        return () -> movedListeners.remove(listener);
    }
}
