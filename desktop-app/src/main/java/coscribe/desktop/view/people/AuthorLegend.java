package coscribe.desktop.view.people;

import coscribe.desktop.view.text.AuthorMarks;
import coscribe.desktop.viewmodel.Authorship;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Whose colour is whose, while a text shows who wrote it: one line, of everybody whose words are
/// in the text, also of who is away. Whoever wrote what the pointer is at, or else what stands at
/// the writer's caret, stands out. Who finds no room is counted at the end.
public final class AuthorLegend extends Pane implements AutoCloseable {
    private static final int MOST = 24; // that a line could ever hold
    private static final double GAP = 4; // px
    private static final double WIDEST = 220; // px, of a name
    private static final double MORE = 44; // px, for how many found no room
    private static final PseudoClass TOLD = PseudoClass.getPseudoClass("told");

    private final Scenery scenery;
    private final Authorship authorship;
    private final ObservableValue<Optional<AuthorMarks>> marks;
    private final Label heading = new Label();
    private final Label more = new Label();
    private final Map<PersonId, Label> chips = new HashMap<>();
    private List<Row> rows = List.of();
    private Optional<Palette> dressedIn = Optional.empty();
    private Optional<PersonId> pointedAt = Optional.empty();
    private final ChangeListener<Object> changes = (property, was, is) -> show();
    private final ChangeListener<Object> caretMoves = (property, was, is) -> tell();
    private final EventHandler<MouseEvent> pointerMoves = this::pointerMoved;
    private final EventHandler<MouseEvent> pointerLeaves = event -> pointAt(Optional.empty());

    /// Two that are equal look the same.
    private record Row(PersonId who, String words, boolean away, PaletteSlot slot) {}

    /// @param marks  how the text shows who wrote it; empty: it does not, and this is not there
    public AuthorLegend(Scenery scenery, Authorship authorship, ObservableValue<Optional<AuthorMarks>> marks) {
        this.scenery = scenery;
        this.authorship = authorship;
        this.marks = marks;
        Styles.on(this);
        getStyleClass().add("author-legend");
        heading.getStyleClass().add("author-heading");
        heading.setText(scenery.strings().get("authors.heading"));
        more.getStyleClass().add("author-heading");
        getChildren().addAll(heading, more);
        marks.addListener(changes);
        authorship.authors().addListener(changes);
        scenery.people().everyone().addListener(changes);
        authorship.atCaret().addListener(caretMoves);
        scenery.text().node().addEventFilter(MouseEvent.MOUSE_MOVED, pointerMoves);
        scenery.text().node().addEventFilter(MouseEvent.MOUSE_EXITED, pointerLeaves);
        show();
    }

    private void show() {
        boolean wanted = marks.getValue().isPresent();
        setVisible(wanted);
        setManaged(wanted);
        authorship.wanted().set(wanted);
        if (!wanted) {
            return;
        }
        var palette = scenery.palette();
        var now = rows();
        if (!now.equals(rows) || !Optional.of(palette).equals(dressedIn)) {
            rows = now;
            dressedIn = Optional.of(palette);
            chips.clear();
            rows.forEach(row -> chips.put(row.who(), chip(row, palette)));
            var all = new ArrayList<Node>(List.of(heading));
            rows.forEach(row -> all.add(chips.get(row.who())));
            all.add(more);
            getChildren().setAll(all);
        }
        tell();
    }

    private List<Row> rows() {
        var colours = new AuthorColours(scenery.people().met().get(), scenery.palette());
        return authorship.authors().get().stream()
                .limit(MOST)
                .map(who -> new Row(who, words(colours, who), isAway(who), colours.slot(who)))
                .sorted(Comparator.comparing((Row row) -> !scenery.people().isSelf(row.who()))
                        .thenComparing(Row::words, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(row -> row.who().hex()))
                .toList();
    }

    private boolean isAway(PersonId who) {
        return !scenery.people().isSelf(who) && !scenery.people().isHere(who);
    }

    private String words(AuthorColours colours, PersonId who) {
        var strings = scenery.strings();
        var name = colours.name(who).map(Person::name);
        if (scenery.people().isSelf(who)) {
            return name.map(it -> strings.get("people.you", it)).orElseGet(() -> strings.get("authors.you"));
        }
        return name.map(it -> isAway(who) ? strings.get("authors.away", it) : it)
                .orElseGet(() -> strings.get("authors.unknown"));
    }

    private static Label chip(Row row, Palette palette) {
        var chip = new Label(row.words(), swatch(row.slot(), palette));
        chip.getStyleClass().add("author-chip");
        if (row.away()) {
            chip.getStyleClass().add("away");
        }
        return chip;
    }

    /// The ground that their words have, and on it the shape at their caret.
    private static Node swatch(PaletteSlot slot, Palette palette) {
        var head = Heads.of(slot.shape(), 7);
        head.setFill(palette.of(slot));
        var swatch = new StackPane(head);
        swatch.getStyleClass().add("author-swatch");
        swatch.setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        var ground = palette.outlined() ? palette.ink() : palette.of(slot).deriveColor(0, 1, 1, palette.tint());
        swatch.setBackground(Styles.rounded(ground, 3));
        return swatch;
    }

    // --- whose words these are

    private void pointerMoved(MouseEvent event) {
        if (isVisible()) {
            var at = scenery.text().node().sceneToLocal(event.getSceneX(), event.getSceneY());
            var unit = scenery.text().unitAt(at.getX(), at.getY());
            pointAt(unit.isEmpty() ? Optional.empty() : authorship.at(unit.getAsInt()));
        }
    }

    private void pointAt(Optional<PersonId> who) {
        if (!who.equals(pointedAt)) {
            pointedAt = who;
            tell();
        }
    }

    private Optional<PersonId> told() {
        return pointedAt.or(() -> authorship.atCaret().get());
    }

    private void tell() {
        chips.forEach((who, chip) ->
                chip.pseudoClassStateChanged(TOLD, told().filter(who::equals).isPresent()));
        requestLayout();
    }

    // --- one line

    @Override
    protected double computePrefWidth(double height) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        double x = place(heading, snappedLeftInset()) + GAP;
        var shown = fitting(getWidth() - snappedRightInset() - x);
        for (Row row : rows) {
            Label chip = chip(row);
            boolean fits = shown.contains(row);
            chip.setVisible(fits);
            x = fits ? place(chip, x) + GAP : x;
        }
        int hidden = authorship.authors().get().size() - shown.size();
        more.setVisible(hidden > 0);
        more.setText(scenery.strings().get("people.more", hidden));
        var _ = place(more, x + GAP);
    }

    /// As many as there is room for; whoever is told is among them.
    private List<Row> fitting(double room) {
        boolean all = rows.size() == authorship.authors().get().size();
        if (all && rows.stream().mapToDouble(this::width).sum() <= room) {
            return rows;
        }
        double left = room - MORE;
        var wanted = new ArrayList<>(rows);
        rows.stream()
                .filter(row -> told().filter(row.who()::equals).isPresent())
                .forEach(row -> {
                    wanted.remove(row);
                    wanted.addFirst(row);
                });
        var shown = new ArrayList<Row>();
        for (Row row : wanted) {
            left -= width(row);
            if (left < 0) {
                break;
            }
            shown.add(row);
        }
        return shown;
    }

    private Label chip(Row row) {
        return Objects.requireNonNull(chips.get(row.who()));
    }

    private double width(Row row) {
        return width(chip(row)) + GAP;
    }

    private double width(Label label) {
        return snapSizeX(Math.min(label.prefWidth(-1), WIDEST));
    }

    private double place(Label label, double x) {
        double width = width(label);
        double height = snapSizeY(label.prefHeight(-1));
        double y = snapPositionY(
                snappedTopInset() + (getHeight() - snappedTopInset() - snappedBottomInset() - height) / 2);
        label.resizeRelocate(snapPositionX(x), y, width, height);
        return x + width;
    }

    @Override
    public void close() {
        marks.removeListener(changes);
        authorship.authors().removeListener(changes);
        scenery.people().everyone().removeListener(changes);
        authorship.atCaret().removeListener(caretMoves);
        scenery.text().node().removeEventFilter(MouseEvent.MOUSE_MOVED, pointerMoves);
        scenery.text().node().removeEventFilter(MouseEvent.MOUSE_EXITED, pointerLeaves);
    }
}
