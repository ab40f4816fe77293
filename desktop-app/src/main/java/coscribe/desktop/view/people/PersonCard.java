package coscribe.desktop.view.people;

import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.util.Duration;

/// What the pointer finds at an avatar: name, role, where they are, and a way there.
final class PersonCard implements AutoCloseable {
    private static final Duration OPEN_AFTER = Duration.millis(400);
    private static final double EDGE = 8; // px, from the window's
    private static final Duration CLOSE_AFTER = Duration.millis(250);

    private final Scenery scenery;
    private final Popup popup = new Popup();
    private final Label name = new Label();
    private final Label role = new Label();
    private final Label place = new Label();
    private final AvatarFace face = new AvatarFace();
    private final PeopleView.Ways ways;
    private final Button go;
    private final Button follow = new Button();
    private final PauseTransition opening = new PauseTransition(OPEN_AFTER);
    private final PauseTransition closing = new PauseTransition(CLOSE_AFTER);
    private final Map<PersonId, PersonRow> rows = new HashMap<>();
    private Optional<PersonId> shown = Optional.empty();
    private final ChangeListener<Object> moves = (property, was, is) -> fillSoon();
    private Runnable unlisten = () -> {};
    private boolean due;

    PersonCard(Scenery scenery, PeopleView.Ways ways) {
        this.scenery = scenery;
        this.ways = ways;
        this.go = new Button(scenery.strings().get("people.goTo"));
        go.setOnAction(event -> leaveBy(ways::goTo));
        follow.setOnAction(event -> leaveBy(ways::follow));
        go.setFocusTraversable(false); // the keyboard is elsewhere, and has ways of its own
        follow.setFocusTraversable(false);
        name.getStyleClass().add("person-card-name");
        role.getStyleClass().add("person-card-line");
        place.getStyleClass().add("person-card-line");
        var words = new VBox(name, role, place);
        var box = new VBox(new HBox(face, words), new HBox(go, follow));
        box.getStyleClass().add("person-card");
        box.getChildren().getFirst().getStyleClass().add("person-card-head");
        box.getChildren().getLast().getStyleClass().add("person-card-ways");
        Styles.on(box);
        box.addEventHandler(MouseEvent.MOUSE_ENTERED, event -> closing.stop());
        box.addEventHandler(MouseEvent.MOUSE_EXITED, event -> closing.playFromStart());
        popup.getContent().add(box);
        popup.setAutoHide(true);
        popup.setHideOnEscape(true);
        closing.setOnFinished(event -> popup.hide());
        popup.setOnShowing(event -> {
            scenery.people().everyone().addListener(moves);
            unlisten = scenery.text().onMoved(this::fillSoon);
        });
        popup.setOnHidden(event -> {
            shown = Optional.empty();
            scenery.people().everyone().removeListener(moves);
            unlisten.run();
        });
    }

    private void leaveBy(Consumer<PersonRow> way) {
        var who = shown.map(rows::get);
        popup.hide();
        who.ifPresent(way);
    }

    /// Shows itself when the pointer rests on `node`.
    void belongsTo(Node node, PersonRow row) {
        rows.put(row.id(), row);
        node.setOnMouseEntered(event -> {
            closing.stop();
            opening.setOnFinished(done -> open(node, row.id()));
            opening.playFromStart();
        });
        node.setOnMousePressed(
                event -> { // who goes there or follows does not need it
                    opening.stop();
                    popup.hide();
                });
        node.setOnMouseExited(event -> {
            opening.stop();
            closing.playFromStart();
        });
    }

    private void open(Node node, PersonId who) {
        Bounds at = node.localToScreen(node.getLayoutBounds());
        if (at != null && node.getScene() != null && rows.containsKey(who) && !hasMenu(node)) {
            shown = Optional.of(who);
            fill();
            Styles.as(node.getScene(), popup.getScene());
            popup.show(node, at.getMinX(), at.getMaxY() + 4);
            keepInside();
        }
    }

    /// The person's menu is open, and the card would lie over it.
    private static boolean hasMenu(Node node) {
        return node instanceof Control control
                && control.getContextMenu() != null
                && control.getContextMenu().isShowing();
    }

    /// The last avatars stand at the window's edge, and the card would hang over it.
    private void keepInside() {
        var window = popup.getOwnerWindow();
        double right = window.getX() + window.getWidth() - EDGE;
        if (popup.getX() + popup.getWidth() > right) {
            popup.setX(Math.max(window.getX(), right - popup.getWidth()));
        }
    }

    void refresh(List<PersonRow> now) {
        rows.keySet().retainAll(now.stream().map(PersonRow::id).toList());
        now.forEach(row -> rows.put(row.id(), row));
        if (popup.isShowing()) {
            fill();
        }
    }

    /// At most once a turn of the thread that draws: twenty people move their carets.
    private void fillSoon() {
        if (!due) {
            due = true;
            Platform.runLater(() -> {
                due = false;
                if (popup.isShowing()) {
                    fill();
                    keepInside();
                }
            });
        }
    }

    private void fill() {
        shown.map(rows::get).ifPresentOrElse(this::fill, popup::hide);
    }

    private void fill(PersonRow row) {
        face.show(row, scenery.palette());
        name.setText(row.name());
        role.setText(scenery.strings()
                .get(row.typing() ? "people.state.typing" : "role." + row.role().word()));
        scenery.people().refresh();
        var at = scenery.people().participants().stream()
                .filter(who -> who.id().equals(row.id()))
                .findFirst()
                .flatMap(who -> who.newest().caret())
                .map(Caret::head);
        place.setText(at.map(head -> place(row, head))
                .orElseGet(() -> scenery.strings().get("people.notInText")));
        go.setDisable(at.isEmpty());
        boolean followed = ways.isFollowed(row);
        follow.setText(scenery.strings().get(followed ? "people.stopFollowing" : "people.follow"));
        follow.setDisable(at.isEmpty() && !followed);
    }

    /// "editing 'Budget', line 12"; who may only look reads there.
    private String place(PersonRow row, int position) {
        String doing = row.role().atLeast(Role.EDITOR) ? "people.editing" : "people.reading";
        int line = scenery.text().lineOf(position);
        return scenery.people()
                .headingAbove(position)
                .map(heading -> scenery.strings().get(doing + ".under", line, heading))
                .orElseGet(() -> scenery.strings().get(doing, line));
    }

    @Override
    public void close() {
        opening.stop();
        closing.stop();
        popup.hide();
    }
}
