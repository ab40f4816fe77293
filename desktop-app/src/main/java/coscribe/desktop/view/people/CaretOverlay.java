package coscribe.desktop.view.people;

import coscribe.desktop.view.text.TextGeometry.Range;
import coscribe.desktop.viewmodel.Alarm;
import coscribe.desktop.viewmodel.Collaborator;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.event.EventHandler;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The others' carets, flags and selections over a text, and at its edges who types out of view.
/// Tints and carets lie under the letters, so that these stay as they are however many people are
/// on a line; everything else lies over them. Nothing takes part in the layout or takes a click, but
/// the chips at the edges.
///
/// Draws once a frame and only where something changed: the text moved, somebody did something, a
/// moment came that was waited for. On the thread that draws.
final class CaretOverlay implements AutoCloseable {
    static final int CROWD = 20; // more people than this, the writer too, are not all drawn
    static final int MOST_DRAWN = 12;

    private final Scenery scenery;
    private final ObservableValue<Optional<Person>> followed;
    private final Pane under = layer();
    private final Pane lines = layer();
    private final Pane pins = layer();
    private final Pane boards = layer();
    private final FlagLayer flags;
    private final EdgeChips chips;
    private final StackPane root = new StackPane();
    private final Map<ClientId, Marker> markers = new HashMap<>();
    private final BooleanProperty shown = new SimpleBooleanProperty(true);
    private final Alarm alarm;
    private final Runnable unsubscribe;
    private final ChangeListener<Object> changes = (property, was, is) -> markDirty();
    private final ChangeListener<Scene> moves = (property, was, is) -> moveTo(was, is);
    private final Runnable afterLayout = this::drawIfDirty;
    private final EventHandler<MouseEvent> pointing = this::pointed;
    private final AnimationTimer motion = new AnimationTimer() {
        @Override
        public void handle(long nanos) {
            markDirty();
        }
    };
    private boolean dirty = true;
    private boolean moving;
    private long drawn;

    /// @param followed  whose flag is always to be seen
    /// @param goTo      somebody's chip was clicked
    CaretOverlay(Scenery scenery, ObservableValue<Optional<Person>> followed, Consumer<ClientId> goTo) {
        this.scenery = scenery;
        this.followed = followed;
        this.chips = new EdgeChips(scenery, goTo);
        this.alarm = new Alarm(scenery.timer(), Platform::runLater, scenery.people()::now, this::markDirty);
        this.flags = new FlagLayer(scenery, followed, boards, alarm);
        root.getStyleClass().add("people-overlay");
        Styles.on(root);
        root.getChildren().addAll(under, pins, scenery.text().node(), lines, boards, chips.node());
        unsubscribe = scenery.text().onMoved(this::draw);
        for (var source : sources()) {
            source.addListener(changes);
        }
        root.sceneProperty().addListener(moves);
        root.addEventFilter(MouseEvent.MOUSE_MOVED, pointing);
        root.addEventFilter(MouseEvent.MOUSE_DRAGGED, pointing);
        root.addEventFilter(MouseEvent.MOUSE_EXITED_TARGET, pointing);
    }

    private List<ObservableValue<?>> sources() {
        return List.of(scenery.people().everyone(), scenery.looks(), scenery.calm(), shown, followed);
    }

    private static Pane layer() {
        var layer = new Pane();
        layer.setMouseTransparent(true);
        layer.setManaged(false);
        return layer;
    }

    /// The text with everybody on it.
    StackPane node() {
        return root;
    }

    /// Whether carets, flags, tints and chips are drawn.
    BooleanProperty shown() {
        return shown;
    }

    /// Shows a person's flag for 4 s.
    void call(ClientId who) {
        flags.call(who);
        markDirty();
    }

    /// How often something was drawn: for tests and figures.
    long drawn() {
        return drawn;
    }

    /// What shows a person, if anything does: for tests.
    Optional<Marker> marker(ClientId who) {
        return Optional.ofNullable(markers.get(who));
    }

    // --- when to draw

    private void markDirty() {
        if (!dirty) {
            dirty = true;
            Platform.requestNextPulse();
        }
    }

    private void moveTo(@Nullable Scene before, @Nullable Scene now) {
        if (before != null) {
            before.removePostLayoutPulseListener(afterLayout);
        }
        if (now != null) {
            now.addPostLayoutPulseListener(afterLayout);
            markDirty();
        }
    }

    private void drawIfDirty() {
        if (dirty) {
            draw();
        }
    }

    private void pointed(MouseEvent event) {
        boolean left = event.getEventType() == MouseEvent.MOUSE_EXITED_TARGET && event.getTarget() == root;
        var pointer =
                left ? Optional.<Point2D>empty() : Optional.of(root.sceneToLocal(event.getSceneX(), event.getSceneY()));
        if (flags.pointerIs(pointer, markers.values())) {
            markDirty();
        }
    }

    // --- drawing

    /// Brings everything to where it belongs now.
    void draw() {
        dirty = false;
        drawn++;
        scenery.people().refresh();
        var everyone = scenery.people().everyone().get();
        forgetWhoLeft(everyone);
        if (!shown.get()) {
            markers.values().forEach(Marker::hide);
            flags.hide();
            chips.show(List.of(), scenery.text().visible());
            move(false);
            return;
        }
        var now = scenery.people().now();
        var visible = scenery.text().visible();
        var seen = choose(everyone, visible);
        markers.forEach((client, marker) -> {
            if (seen.stream().noneMatch(who -> who.client().equals(client))) {
                marker.hide();
            }
        });
        boolean more = false;
        for (Collaborator who : seen) {
            more |= drawCaret(who, visible, now);
        }
        drawSelections(seen, visible, now);
        more |= flags.draw(seen, markers, now);
        chips.show(everyone.stream().filter(who -> !isOwn(who)).toList(), visible);
        seen.stream()
                .flatMap(Ageing::changes)
                .filter(at -> at.isAfter(now))
                .min(Instant::compareTo)
                .ifPresent(alarm::setTo);
        chips.untilChange().ifPresent(alarm::setTo);
        move(more);
    }

    private void forgetWhoLeft(List<Collaborator> everyone) {
        var here = new HashSet<ClientId>();
        everyone.forEach(who -> here.add(who.client()));
        flags.keepOnly(here);
        markers.entrySet().removeIf(entry -> {
            if (here.contains(entry.getKey())) {
                return false;
            }
            var marker = entry.getValue();
            under.getChildren().remove(marker.tint());
            lines.getChildren().remove(marker.underline());
            pins.getChildren().remove(marker.pin());
            boards.getChildren().remove(marker.flag());
            return true;
        });
    }

    private Marker marker(Collaborator who) {
        return markers.computeIfAbsent(who.client(), client -> {
            var marker = new Marker();
            under.getChildren().add(marker.tint());
            lines.getChildren().add(marker.underline());
            pins.getChildren().add(marker.pin());
            boards.getChildren().add(marker.flag());
            return marker;
        });
    }

    /// Who is drawn: whose caret or selection is in view; of a crowd the 12 most recently active.
    /// The most recently active first.
    static List<Collaborator> choose(List<Collaborator> everyone, Range visible) {
        long people =
                1 + everyone.stream().map(who -> who.person().id()).distinct().count(); // the writer is one
        return everyone.stream()
                .filter(who -> who.caret().filter(caret -> isIn(caret, visible)).isPresent())
                .sorted(Comparator.comparing(Collaborator::lastActive).reversed())
                .limit(people > CROWD ? MOST_DRAWN : Long.MAX_VALUE)
                .toList();
    }

    private static boolean isIn(Caret caret, Range visible) {
        return Math.max(caret.anchor(), caret.head()) >= visible.from()
                && Math.min(caret.anchor(), caret.head()) <= visible.to();
    }

    /// It is this writer, at another device.
    private boolean isOwn(Collaborator who) {
        return scenery.people().isSelf(who.person().id());
    }

    private boolean drawCaret(Collaborator who, Range visible, Instant now) {
        var marker = marker(who);
        marker.dress(who, isOwn(who) ? scenery.strings().get("people.elsewhere") : who.name(), scenery.palette());
        var place = who.caret().map(Caret::head).filter(visible::contains).flatMap(scenery.text()::caretAt);
        if (place.isEmpty()) {
            marker.leaveLine();
            return false;
        }
        return marker.standAt(place.get(), who, !scenery.calm().get(), now);
    }

    private void drawSelections(List<Collaborator> seen, Range visible, Instant now) {
        Selections.arrange(seen, visible, scenery.own().get(), scenery.palette(), now)
                .forEach(selection -> {
                    var marker = marker(selection.who());
                    var pieces = new ArrayList<Rectangle2D>();
                    selection
                            .parts()
                            .forEach(part -> pieces.addAll(scenery.text().shapeOf(part.from(), part.to())));
                    marker.select(pieces, selection.opacity(), selection.level());
                    marker.tint().setViewOrder(selection.depth());
                });
    }

    private void move(boolean more) {
        if (more != moving) {
            moving = more;
            if (more) {
                motion.start();
            } else {
                motion.stop();
            }
        }
    }

    @Override
    public void close() {
        motion.stop();
        alarm.close();
        unsubscribe.run();
        for (var source : sources()) {
            source.removeListener(changes);
        }
        moveTo(root.getScene(), null);
        root.sceneProperty().removeListener(moves);
        root.removeEventFilter(MouseEvent.MOUSE_MOVED, pointing);
        root.removeEventFilter(MouseEvent.MOUSE_DRAGGED, pointing);
        root.removeEventFilter(MouseEvent.MOUSE_EXITED_TARGET, pointing);
        root.getChildren().clear();
    }
}
