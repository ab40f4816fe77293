package coscribe.desktop.view.people;

import coscribe.desktop.viewmodel.Collaborator;
import coscribe.desktop.viewmodel.Following;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.beans.value.ChangeListener;
import javafx.event.EventHandler;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderStroke;
import javafx.scene.layout.BorderStrokeStyle;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/// How following somebody looks: their caret stays at one third of the height, a frame in their
/// colour is around the text, and words say whom and how to stop. Ends at a caret key, a click in
/// the text, at scrolling and at Esc; of edits it is told.
final class FollowView implements AutoCloseable {
    private static final double WIDTH = 3; // px

    private final Scenery scenery;
    private final Following following;
    private final Visits visits;
    private final StackPane text;
    private final Region frame = new Region();
    private final Runnable unsubscribe;
    private final Button words = new Button();
    private final ChangeListener<Object> changes = (property, was, is) -> show();
    private final ChangeListener<Scene> moves = (property, was, is) -> moveTo(was, is);
    private final EventHandler<KeyEvent> escape = event -> {
        if (event.getCode() == KeyCode.ESCAPE && !event.isConsumed()) {
            stop();
        }
    };
    private final AnimationTimer eye = new AnimationTimer() {
        @Override
        public void handle(long nanos) {
            keepInView();
        }
    };
    private Optional<Seen> seen = Optional.empty();

    /// Where the followed caret was when it was last brought to its place, in a text of what size.
    private record Seen(PersonId who, int position, double width, double height) {}

    /// @param drawn  the text with everybody on it
    FollowView(Scenery scenery, Following following, Visits visits, Node drawn) {
        this.scenery = scenery;
        this.following = following;
        this.visits = visits;
        this.text = new StackPane(drawn, frame);
        frame.setMouseTransparent(true);
        frame.getStyleClass().add("follow-frame");
        unsubscribe = scenery.text().onMoved(this::leaveScrollBar);
        words.getStyleClass().add("follow-words");
        words.setMnemonicParsing(false);
        words.setOnAction(event -> stop());
        text.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode().isNavigationKey()) {
                stop();
            }
        });
        text.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> stop());
        text.addEventFilter(ScrollEvent.SCROLL, event -> stop());
        text.sceneProperty().addListener(moves);
        following.whom().addListener(changes);
        scenery.looks().addListener(changes);
        show();
    }

    /// The text with everybody on it, and the frame.
    Node text() {
        return text;
    }

    /// Whom, and how to stop: a click here does, too.
    Node words() {
        return words;
    }

    void follow(PersonId who) {
        following.follow(who);
    }

    void followNext() {
        following.followNext();
    }

    void stop() {
        following.stop();
    }

    private void show() {
        var whom = following.whom().get();
        frame.setVisible(whom.isPresent());
        words.setVisible(whom.isPresent());
        words.setManaged(whom.isPresent());
        whom.ifPresent(this::dress);
        if (whom.isEmpty()) {
            seen = Optional.empty();
            eye.stop();
            return;
        }
        following.device().filter(this::isElsewhere).ifPresent(device -> {
            visits.goTo(device.client()); // notes the way back
            look(device);
        });
        eye.start();
    }

    /// The frame is around what is read, and not over the scroll bar.
    private void leaveScrollBar() {
        double bar = Math.max(
                0,
                scenery.text().node().getLayoutBounds().getWidth()
                        - scenery.text().page().getMaxX());
        StackPane.setMargin(frame, new Insets(0, bar, 0, 0));
    }

    private void dress(Person person) {
        Color colour = scenery.palette().of(person.slot());
        frame.setBorder(new Border(
                new BorderStroke(colour, BorderStrokeStyle.SOLID, CornerRadii.EMPTY, new BorderWidths(WIDTH))));
        words.setText(scenery.strings().get("people.following", Flag.shortened(person.name())));
        words.setAccessibleText(words.getText());
        var head = Heads.of(person.slot().shape(), 8, colour, scenery.palette().ink());
        words.setGraphic(new javafx.scene.Group(head));
    }

    /// Once a frame, before it is laid out: whatever moved the caret, it comes back to its place.
    private void keepInView() {
        scenery.people().refresh();
        following.device().filter(this::isElsewhere).ifPresent(device -> {
            look(device);
            device.caret().map(Caret::head).ifPresent(position -> scenery.text().scrollTo(position, Visits.THIRD));
        });
    }

    private boolean isElsewhere(Collaborator device) {
        return !seen.equals(Optional.of(place(device)));
    }

    private void look(Collaborator device) {
        seen = Optional.of(place(device));
    }

    private Seen place(Collaborator device) {
        var bounds = scenery.text().node().getLayoutBounds();
        return new Seen(
                device.person().id(), device.caret().orElseThrow().head(), bounds.getWidth(), bounds.getHeight());
    }

    private void moveTo(@Nullable Scene before, @Nullable Scene now) {
        if (before != null) {
            before.removeEventFilter(KeyEvent.KEY_PRESSED, escape);
        }
        if (now != null) {
            now.addEventFilter(KeyEvent.KEY_PRESSED, escape);
        }
    }

    @Override
    public void close() {
        eye.stop();
        unsubscribe.run();
        moveTo(text.getScene(), null);
        text.sceneProperty().removeListener(moves);
        following.whom().removeListener(changes);
        scenery.looks().removeListener(changes);
    }
}
