package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Speed;
import coscribe.desktop.viewmodel.Strings;
import coscribe.desktop.viewmodel.TextSurface;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
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
import javafx.stage.Stage;
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

    private final TextCommands commands;
    private final StackPane root = new StackPane();
    private final Pane over = new Pane(); // lets the mouse through
    private final Pane cards = new Pane();
    private final PageArea area;
    private final Page page;
    private final Geometry geometry;
    private final Composition composition;
    private final LinksShown links;
    private final TextMenu menu;
    private final Dragging dragging;
    private final Renderer renderer;
    private final List<Runnable> movedListeners = new ArrayList<>();
    private final Runnable afterLayout = this::afterLayout;
    private final ChangeListener<Scene> sceneListener = (ignored, before, now) -> moveTo(before, now);
    private boolean moved = true;
    private Speed.Screen speed = new Speed(System::nanoTime).screen();
    private Consumer<String> untyped = text -> {};
    private Optional<CaretBlink> blink = Optional.empty();

    /// In the words of this computer's language, and with links that are told but not opened.
    public RichTextSurface(TextCommands commands) {
        this(commands, new Links(target -> {}, () -> {}), Strings.usual());
    }

    /// @param commands  asked for every change
    /// @param doings    asked to open and to edit links
    /// @param strings   the words on the page that are not the document's
    public RichTextSurface(TextCommands commands, Links doings, Strings strings) {
        this.commands = commands;
        this.page = new Page(strings.get("page.item"), this::tick);
        this.area = page.area();
        this.geometry = new Geometry(area, root);
        this.composition = new Composition(commands, over, page, geometry, text -> untyped.accept(text));
        this.links = new LinksShown(area, geometry, commands, new LinkCard(cards, strings, doings, this::requestFocus));
        this.menu = new TextMenu(area, commands, links, doings.edit(), strings);
        this.renderer = new Renderer(area, page, geometry, links::through, this::changed);
        this.dragging = new Dragging(area, geometry, commands, over, renderer::toNewest);
        assemble();
        listen();
        area.setAccessibleText(strings.get("page.text"));
        area.answerBy(new Spoken(area, root, geometry, new AllOfIt()));
    }

    /// How everything looks that this room draws.
    static String sheet() {
        return Objects.requireNonNull(RichTextSurface.class.getResource("text.css"))
                .toExternalForm();
    }

    private void assemble() {
        area.getStylesheets().add(sheet());
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
            speed.keyPressed();
            if (!event.getCode().isModifierKey()) {
                renderer.drawAroundCaret();
            }
            if (!toEnd(event) && !links.take(event) && !menu.take(event)) {
                keys.pressed(event);
            }
        });
        area.addEventFilter(KeyEvent.KEY_TYPED, event -> {
            speed.keyTyped();
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
        area.editableProperty().addListener((ignored, before, now) -> {
            showCaret();
            if (!now) {
                composition.forbid();
            }
        });
        area.focusedProperty().addListener((ignored, before, now) -> {
            blink.ifPresent(it -> it.blink(now));
            showCaret();
        });
        area.setOnInputMethodTextChanged(composition::handle);
        area.setInputMethodRequests(composition.requests());
        area.caretPositionProperty().addListener((ignored, before, now) -> report());
        area.anchorProperty().addListener((ignored, before, now) -> report());
        area.widthProperty().addListener((ignored, before, width) -> putColumn());
        root.widthProperty().addListener((ignored, before, width) -> putColumn());
        area.heightProperty().addListener((ignored, before, height) -> moved = true);
        area.viewportDirtyEvents().subscribe(ignored -> moved = true);
        root.sceneProperty().addListener(sceneListener);
    }

    /// The end of the text is where it ends, whether it is drawn to there or not.
    private boolean toEnd(KeyEvent event) {
        if (Keys.goesToEnd(event)) {
            int end = renderer.newest().length() - 1;
            renderer.putInView(event.isShiftDown() ? new Caret(renderer.caret().anchor(), end) : Caret.at(end));
            event.consume();
            return true;
        }
        return false;
    }

    /// A reader selects and copies with the keyboard too, so the caret is seen there as well.
    private void showCaret() {
        boolean reading = area.isFocused() && !area.isEditable();
        boolean gone = blink.filter(CaretBlink::isGone).isPresent();
        area.setShowCaret(gone ? CaretVisibility.OFF : reading ? CaretVisibility.ON : CaretVisibility.AUTO);
    }

    private void moveTo(@Nullable Scene before, @Nullable Scene now) {
        if (before != null) {
            before.removePostLayoutPulseListener(afterLayout);
        }
        if (now != null) {
            now.addPostLayoutPulseListener(afterLayout);
        }
    }

    /// What follows a change that was laid out; for tests, too.
    void afterLayout() {
        speed.laidOut(!renderer.isBehind());
        renderer.laidOut();
        page.joinSelection(); // also where only its colours changed: the widget drew it anew for that
        if (moved) {
            moved = false;
            page.roundGrounds();
            composition.place();
            links.place();
            List.copyOf(movedListeners).forEach(Runnable::run);
        }
    }

    // --- what the view-model shows

    @Override
    public void load(Document document, Caret selection) {
        links.close();
        renderer.load(document, selection);
    }

    @Override
    public void ownChange(Delta delta, Document after, Caret selection, boolean reveal) {
        speed.ownChange();
        renderer.ownChange(delta, after, selection, reveal);
    }

    @Override
    public void foreignChange(Delta delta, Document after, Caret selection) {
        if (isSeen()) {
            speed.foreignChange();
        }
        renderer.foreignChange(delta, after, selection);
    }

    @Override
    public void select(Caret selection, boolean reveal) {
        renderer.select(selection, reveal);
    }

    /// Whether frames are drawn at all.
    private boolean isSeen() {
        return root.getScene() != null
                && root.getScene().getWindow() instanceof Stage stage
                && stage.isShowing()
                && !stage.isIconified();
    }

    private void changed() {
        moved = true;
        tellReaders();
    }

    private void tellReaders() {
        area.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        area.notifyAccessibleAttributeChanged(AccessibleAttribute.SELECTION_START);
        area.notifyAccessibleAttributeChanged(AccessibleAttribute.SELECTION_END);
        area.notifyAccessibleAttributeChanged(AccessibleAttribute.CARET_OFFSET);
    }

    private ReadOnlyStyledDocument<Attributes, Either<String, Embed>, Attributes> snapshot() {
        return area.getContent().snapshot();
    }

    /// Shows who wrote what; empty: does not.
    public void showAuthors(Optional<AuthorMarks> marks) {
        boolean otherwise = marks.isPresent() != page.showsAuthors();
        page.showAuthors(marks);
        if (otherwise) {
            renderer.drawAnew();
        }
    }

    /// @param screen  hears how soon keys and others' text are on the screen
    public void measure(Speed.Screen screen) {
        speed = screen;
    }

    // --- what the writer does

    private void report() {
        blink.ifPresent(CaretBlink::moved);
        renderer.moved().ifPresent(now -> {
            commands.select(now);
            links.close();
            tellReaders();
        });
        moved = true;
    }

    private void tick(int paragraph) {
        commands.tickAt(renderer.toNewest(area.position(paragraph, 0).toOffset()));
    }

    // --- for tests and for screen readers

    /// Whether there is more to draw, for measurements.
    public boolean isBehind() {
        return renderer.isBehind();
    }

    /// The newest text, for who asks about all of it.
    private final class AllOfIt implements Spoken.Page {
        @Override
        public Text text() {
            return renderer.newest();
        }

        @Override
        public Caret caret() {
            return renderer.caret();
        }

        @Override
        public int toNewest(int drawn) {
            return renderer.toNewest(drawn);
        }

        @Override
        public int toDrawn(int position) {
            return renderer.toDrawn(position);
        }

        @Override
        public void select(Caret selection) {
            renderer.put(selection);
        }

        @Override
        public void reveal(int position) {
            if (caretAt(position).isEmpty()) {
                scrollTo(position, 1.0 / 3);
            }
        }
    }

    /// What is drawn, as a text: all of it, formatting and closing newline too, and who wrote it while that is
    /// shown.
    public Text readBack() {
        renderer.flush();
        return drawn();
    }

    /// The document that is drawn: `newest` where the widget shows its text, but for authors that it does not
    /// show; else what is drawn, with the threads of `newest`.
    public Document readBack(Document newest) {
        var read = readBack();
        var expected = page.showsAuthors() ? newest.text() : Segments.withoutAuthors(newest.text());
        return read.equals(expected) ? newest : new Document(read, newest.threads());
    }

    /// What is drawn so far, for tests.
    Text drawn() {
        return Segments.textOf(snapshot().getParagraphs());
    }

    /// Draws less in a frame and around the caret, for tests.
    void drawAtOnce(int units) {
        renderer.drawAtOnce(units);
    }

    /// What a frame draws, for tests.
    void frame() {
        renderer.frame();
    }

    /// The widget itself, for tests.
    PageArea area() {
        return area;
    }

    TextMenu menu() {
        return menu;
    }

    Dragging dragging() {
        return dragging;
    }

    Optional<Rectangle2D> geometryOfDrawn(int position) {
        return geometry.caretAt(position);
    }

    /// Where the widget's caret and selection are, in the newest text.
    Caret drawnCaret() {
        return renderer.drawnCaret();
    }

    /// The caret blinks from now on while the text has the keyboard; until then it stands still.
    ///
    /// @param timer  its tasks are short
    /// @param home   the thread that draws
    public void blink(ScheduledExecutorService timer, Executor home, InstantSource clock) {
        var begun = new CaretBlink(timer, home, clock, this::showCaret);
        blink = Optional.of(begun);
        begun.blink(area.isFocused());
    }

    /// Ends the caret's blinking, so that it is seen in a picture.
    public void stillCaret() {
        blink.ifPresent(it -> {
            it.blink(false);
            it.close();
        });
        blink = Optional.empty();
    }

    /// Hears what an input method ended when the writer could not write any more.
    public void onUntyped(Consumer<String> listener) {
        untyped = listener;
    }

    /// Takes the keyboard.
    public void requestFocus() {
        area.requestFocus();
    }

    @Override
    public void close() {
        blink.ifPresent(CaretBlink::close);
        renderer.stop();
        menu.close();
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
        return new Range(renderer.toNewest(drawn.from()), renderer.toNewest(drawn.to()));
    }

    @Override
    public Optional<Rectangle2D> caretAt(int position) {
        return geometry.caretAt(renderer.toDrawn(position));
    }

    /// Where the writer's own caret is drawn, in the scene. Empty: not in view.
    public Optional<Bounds> caretInScene() {
        return geometry.caretAt(area.getCaretPosition())
                .map(at ->
                        root.localToScene(new BoundingBox(at.getMinX(), at.getMinY(), at.getWidth(), at.getHeight())));
    }

    @Override
    public OptionalInt unitAt(double x, double y) {
        var drawn = geometry.unitAt(x, y);
        return drawn.isEmpty() ? drawn : OptionalInt.of(renderer.toNewest(drawn.getAsInt()));
    }

    @Override
    public List<Rectangle2D> shapeOf(int from, int to) {
        return geometry.shapeOf(renderer.toDrawn(from), renderer.toDrawn(to));
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
        return geometry.place(renderer.toDrawn(position)).getMajor() + 1;
    }

    @Override
    public void scrollTo(int position, double height) {
        renderer.drawAround(position);
        geometry.putAt(renderer.toDrawn(position), area.getHeight() * height);
        moved = true;
    }

    @Override
    public Runnable onMoved(Runnable listener) {
        movedListeners.add(listener);
        moved = true;
        return () -> movedListeners.remove(listener);
    }
}
