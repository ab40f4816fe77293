package coscribe.desktop.view.people;

import coscribe.ot.protocol.PersonId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ChangeListener;
import javafx.event.ActionEvent;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;

/// The first five people as discs, in the order they came, and how many more there are. One Tab
/// stop, arrow keys inside. A click goes to a person, a
/// double click follows them. While the pointer is here nobody moves up.
final class AvatarBar extends HBox implements AutoCloseable {
    static final int MOST = 5;

    private final Scenery scenery;
    private final Roster roster;
    private final PeopleView.Ways ways;
    private final Map<PersonId, Avatar> avatars = new LinkedHashMap<>();
    private final Button more = new Button();
    private final PersonCard card;
    private final ChangeListener<Object> changes = (property, was, is) -> show();
    private final ChangeListener<Object> left = (property, was, is) -> {
        if (!isHover()) {
            show();
        }
    };
    private final Roster.Beat beat = new Roster.Beat() {
        @Override
        public void handle(long nanos) {
            avatars.values().forEach(avatar -> avatar.face.beat(nanos));
        }
    };

    /// @param all  shows the list of everybody
    AvatarBar(Scenery scenery, Roster roster, PeopleView.Ways ways, Runnable all) {
        this.scenery = scenery;
        this.roster = roster;
        this.ways = ways;
        this.card = new PersonCard(scenery, ways);
        Styles.on(this);
        getStyleClass().add("avatar-bar");
        setAlignment(Pos.CENTER_LEFT);
        setAccessibleRole(AccessibleRole.TOOL_BAR);
        setAccessibleText(scenery.strings().get("people.label"));
        more.getStyleClass().add("avatar-more");
        more.setOnAction(event -> all.run());
        roster.rows().addListener(changes);
        scenery.looks().addListener(changes);
        scenery.calm().addListener(changes);
        hoverProperty().addListener(left);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        show();
    }

    private void show() {
        var rows = roster.rows().get();
        var first = isHover() ? kept(rows) : rows.subList(0, Math.min(MOST, rows.size()));
        avatars.keySet().removeIf(id -> first.stream().noneMatch(row -> row.id().equals(id)));
        var order = new ArrayList<ButtonBase>();
        for (PersonRow row : first) {
            var avatar = avatars.computeIfAbsent(row.id(), id -> new Avatar());
            avatar.show(row);
            order.add(avatar);
        }
        int others = rows.size() - first.size();
        if (others > 0) {
            more.setText(scenery.strings().get("people.more", others));
            more.setAccessibleText(scenery.strings().count("people.more.spoken", others));
            order.add(more);
        }
        if (!getChildren().equals(order)) {
            getChildren().setAll(order);
            keepOneStop();
        }
        boolean typing =
                first.stream().anyMatch(PersonRow::typing) && !scenery.calm().get();
        beat.run(typing);
        if (scenery.calm().get()) {
            avatars.values().forEach(avatar -> avatar.face.rest());
        }
        card.refresh(rows);
    }

    /// As they stand, without who left; new ones only where there is room behind.
    private List<PersonRow> kept(List<PersonRow> rows) {
        var stay = new ArrayList<PersonRow>();
        avatars.keySet()
                .forEach(id -> rows.stream().filter(row -> row.id().equals(id)).forEach(stay::add));
        boolean whole = stay.size() == avatars.size();
        if (whole) {
            rows.stream()
                    .filter(row -> !stay.contains(row))
                    .limit(Math.max(0, MOST - stay.size()))
                    .forEach(stay::add);
        }
        return stay;
    }

    // --- one Tab stop

    private List<ButtonBase> buttons() {
        return getChildren().stream().map(it -> (ButtonBase) it).toList();
    }

    private void keepOneStop() {
        var all = buttons();
        var stop = all.stream()
                .filter(ButtonBase::isFocused)
                .findFirst()
                .or(() -> all.stream().findFirst());
        all.forEach(it -> it.setFocusTraversable(stop.filter(one -> one == it).isPresent()));
    }

    private void pressed(KeyEvent event) {
        var all = buttons();
        int at = all.stream()
                .filter(ButtonBase::isFocused)
                .findFirst()
                .map(all::indexOf)
                .orElse(-1);
        if (at < 0 || event.isAltDown() || event.isControlDown() || event.isMetaDown()) {
            return; // a shortcut
        }
        int to = switch (event.getCode()) {
            case KeyCode.RIGHT -> Math.min(at + 1, all.size() - 1);
            case KeyCode.LEFT -> Math.max(at - 1, 0);
            case KeyCode.HOME -> 0;
            case KeyCode.END -> all.size() - 1;
            default -> -1;
        };
        if (to >= 0) {
            event.consume();
            all.get(to).setFocusTraversable(true);
            all.get(to).requestFocus();
            keepOneStop();
        } else if (event.getCode() == KeyCode.ENTER) {
            event.consume();
            all.get(at).fireEvent(new ActionEvent());
        }
    }

    @Override
    public void close() {
        beat.run(false);
        card.close();
        roster.rows().removeListener(changes);
        scenery.looks().removeListener(changes);
        scenery.calm().removeListener(changes);
        hoverProperty().removeListener(left);
    }

    private final class Avatar extends Button {
        private final AvatarFace face = new AvatarFace();

        Avatar() {
            getStyleClass().setAll("avatar");
            setGraphic(face);
        }

        void show(PersonRow row) {
            face.show(row, scenery.palette());
            setAccessibleText(row.spoken(scenery.strings()));
            setOnAction(event -> ways.goTo(row));
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                    ways.follow(row);
                }
            });
            setContextMenu(PersonMenu.of(row, scenery, ways));
            card.belongsTo(this, row);
        }
    }
}
