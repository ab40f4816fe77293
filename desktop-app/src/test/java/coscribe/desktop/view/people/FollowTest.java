package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.view.text.Mouse;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import java.util.List;
import java.util.Optional;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Following somebody in a real text: where they are seen, how it looks, and what ends it.
class FollowTest {
    private static final String LINE = "A quiet line of a long document, like all the others.\n"; // 54
    private static final double HEIGHT = 600;

    private Window window;
    private ClientId mara;
    private ClientId jon;

    @BeforeEach
    void open() {
        window = Fx.call(() -> {
            var made = new Window(LINE.repeat(300), 900, HEIGHT, false);
            made.withBar();
            made.root.setBottom(new HBox(made.view.count(), made.view.followed()));
            return made;
        });
        mara = joins("Mara Klein", 100);
        jon = joins("Jon Tveit", 200);
    }

    @AfterEach
    void close() {
        Fx.run(window::close);
    }

    private ClientId joins(String name, int line) {
        return Fx.call(() -> {
            var who = window.crowd.joins(name);
            window.crowd.stands(who, at(line));
            return who;
        });
    }

    private int at(int line) {
        return LINE.length() * line + 10;
    }

    private void does(Runnable what) {
        Fx.run(what);
        Fx.frames(3);
    }

    private Optional<String> whom() {
        return Fx.call(() -> window.view.whom().get().map(Person::name));
    }

    /// Where Mara's caret is drawn, of the height of the text.
    private double height() {
        return Fx.call(() -> {
            int position = window.crowd.find(mara).caret().orElseThrow().head();
            var at = window.surface.caretAt(position);
            assertThat(at).as("Mara's caret is in view").isPresent();
            return at.orElseThrow().getMinY()
                    / window.surface.node().getLayoutBounds().getHeight();
        });
    }

    private List<Node> avatars() {
        return Fx.call(() -> List.copyOf(((Parent) window.view.avatars()).getChildrenUnmodifiable()));
    }

    private Region frame() {
        return Fx.call(() -> (Region) window.view.text().lookup(".follow-frame"));
    }

    private String words() {
        return Fx.call(() -> window.view.followed().isVisible() ? ((Button) window.view.followed()).getText() : "");
    }

    private static MouseEvent click(int count) {
        return Mouse.primary(MouseEvent.MOUSE_CLICKED, 5, 5, count);
    }

    private void followMara() {
        does(window.view::followNext);
        assertThat(whom()).contains("Mara Klein");
    }

    @Test
    void the_frame_leaves_the_scroll_bar_free() {
        followMara();
        double page = Fx.call(() -> window.surface.page().getMaxX());
        double width = Fx.call(() -> window.surface.node().getLayoutBounds().getWidth());
        assertThat(page).as("there is a scroll bar").isLessThan(width);
        assertThat(Fx.call(() -> frame().getBoundsInParent().getMaxX())).isLessThanOrEqualTo(page + 0.5);
    }

    @Test
    void a_double_click_on_an_avatar_follows_and_their_caret_stays_at_a_third_of_the_height() {
        var second = avatars().get(1);
        does(() -> Event.fireEvent(second, click(2)));
        assertThat(whom()).contains("Jon Tveit");
        var first = avatars().getFirst();
        does(() -> Event.fireEvent(first, click(1)));
        does(() -> Event.fireEvent(first, click(2)));
        assertThat(whom()).contains("Mara Klein");
        assertThat(height()).isCloseTo(1 / 3.0, within(0.02));
        does(() -> window.crowd.stands(mara, at(250)));
        assertThat(height()).isCloseTo(1 / 3.0, within(0.02));
        does(() -> window.crowd.types(mara, at(40), "words of hers"));
        assertThat(height()).isCloseTo(1 / 3.0, within(0.02));
        does(() -> window.crowd.types(jon, 0, LINE.repeat(20)));
        assertThat(height()).isCloseTo(1 / 3.0, within(0.02));
    }

    @Test
    void a_frame_in_their_colour_and_words_say_so() {
        assertThat(frame().isVisible()).isFalse();
        assertThat(words()).isEmpty();
        followMara();
        var slot = Fx.call(() -> window.crowd.find(mara).slot());
        assertThat(frame().isVisible()).isTrue();
        var stroke = frame().getBorder().getStrokes().getFirst();
        assertThat(stroke.getTopStroke()).isEqualTo(Palette.LIGHT.of(slot));
        assertThat(stroke.getWidths().getTop()).isEqualTo(3);
        assertThat(words()).isEqualTo("Following Mara Klein - Esc to stop");
        does(() -> window.dark.set(true));
        assertThat(frame().getBorder().getStrokes().getFirst().getTopStroke()).isEqualTo(Palette.DARK.of(slot));
        does(() -> ((Button) window.view.followed()).fire());
        assertThat(whom()).isEmpty();
        assertThat(frame().isVisible()).isFalse();
        assertThat(words()).isEmpty();
    }

    /// What the writer does of their own accord.
    enum Own {
        AN_EDIT,
        AN_EDIT_BY_A_COMMAND,
        AN_UNDO,
        A_CARET_KEY,
        A_CARET_KEY_THAT_CANNOT_GO_ON,
        A_CLICK_IN_THE_TEXT,
        SCROLLING,
        ESC,
        GOING_TO_SOMEBODY,
        GOING_BACK
    }

    @ParameterizedTest
    @EnumSource
    void ends_with_what_the_writer_does(Own what) {
        does(window.surface::requestFocus);
        if (what == Own.AN_UNDO) {
            does(() -> window.selectAnd(0, it -> it.type("x")));
        }
        followMara();
        does(() -> {
            var done = window.crowd.client.run(it -> does(what));
            window.crowd.time.settle();
            done.join();
        });
        assertThat(whom()).isEmpty();
    }

    private void does(Own what) {
        Node area = window.stage.getScene().lookup(".page");
        switch (what) {
            case AN_EDIT ->
                Event.fireEvent(
                        area, new KeyEvent(KeyEvent.KEY_TYPED, "x", "", KeyCode.UNDEFINED, false, false, false, false));
            case AN_EDIT_BY_A_COMMAND -> window.model.heading(2);
            case AN_UNDO -> window.model.undo();
            case A_CARET_KEY -> press(area, KeyCode.RIGHT);
            case A_CARET_KEY_THAT_CANNOT_GO_ON -> press(area, KeyCode.LEFT);
            case A_CLICK_IN_THE_TEXT -> Event.fireEvent(area, Mouse.primary(MouseEvent.MOUSE_PRESSED, 5, 5, 1));
            case SCROLLING ->
                Event.fireEvent(
                        area,
                        new ScrollEvent(
                                ScrollEvent.SCROLL,
                                50,
                                50,
                                50,
                                50,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                0,
                                -40,
                                0,
                                -40,
                                ScrollEvent.HorizontalTextScrollUnits.NONE,
                                0,
                                ScrollEvent.VerticalTextScrollUnits.NONE,
                                0,
                                0,
                                null));
            case ESC -> press(avatars(0), KeyCode.ESCAPE);
            case GOING_TO_SOMEBODY -> window.view.goToNext();
            case GOING_BACK -> window.view.goBack();
        }
    }

    private Node avatars(int index) {
        return ((Parent) window.view.avatars()).getChildrenUnmodifiable().get(index);
    }

    private static void press(Node node, KeyCode code) {
        Event.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    @Test
    void goes_on_through_what_others_do_and_the_next_one_follows() {
        followMara();
        does(() -> window.crowd.types(jon, at(5), "x"));
        does(() -> window.crowd.stands(jon, at(7)));
        assertThat(whom()).contains("Mara Klein");
        does(window.view::followNext);
        assertThat(whom()).contains("Jon Tveit");
    }

    @Test
    void the_view_stays_when_they_leave() {
        followMara();
        var before = Fx.call(() -> window.surface.visible());
        does(() -> window.crowd.leaves(mara));
        assertThat(whom()).isEmpty();
        assertThat(Fx.call(() -> window.surface.visible())).isEqualTo(before);
        assertThat(window.left).containsExactly("Mara Klein");
    }

    @Test
    void the_way_back_is_where_the_writer_was() {
        var before = Fx.call(() -> window.surface.visible());
        followMara();
        does(() -> window.crowd.stands(mara, at(250)));
        does(window.view::goBack);
        assertThat(Fx.call(() -> window.surface.visible()).from()).isEqualTo(before.from());
        assertThat(Fx.call(() -> window.model.selection())).isEqualTo(Caret.at(0));
    }

    @Test
    void says_how_many_people_are_here() {
        assertThat(Fx.call(() -> ((Button) window.view.count()).getText())).isEqualTo("3 people");
        does(() -> window.crowd.leaves(mara));
        does(() -> window.crowd.leaves(jon));
        assertThat(Fx.call(() -> ((Button) window.view.count()).getText())).isEqualTo("1 person");
    }
}
