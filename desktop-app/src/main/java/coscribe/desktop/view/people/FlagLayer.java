package coscribe.desktop.view.people;

import coscribe.desktop.viewmodel.Alarm;
import coscribe.desktop.viewmodel.Collaborator;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.layout.Pane;

/// Whose flag is to be seen, and how strong; where, {@link Flags} says. A flag keeps its place
/// until its owner goes elsewhere, so that none jumps about while people type. On the thread that
/// draws.
final class FlagLayer {
    private static final double NEAR = 6; // px, how near the pointer asks for a flag
    private static final Duration ALWAYS = Duration.ofDays(1);
    private static final double MORE_WIDTH = 28; // px
    private static final Flags.Layout NO_FLAGS = new Flags.Layout(List.of(), List.of());

    private final Scenery scenery;
    private final ObservableValue<Optional<Person>> followed;
    private final Pane boards;
    private final Alarm alarm;
    private final List<Flag> moreBoards = new ArrayList<>();
    private final Map<ClientId, Stand> stands = new HashMap<>();
    private final Map<ClientId, Instant> called = new HashMap<>();
    private final Map<ClientId, Instant> pointedAt = new HashMap<>();
    private Optional<Point2D> pointer = Optional.empty();

    /// @param followed  whose flag is always to be seen
    /// @param boards    holds the flags
    /// @param alarm     is set to the moment at which the next one fades
    FlagLayer(Scenery scenery, ObservableValue<Optional<Person>> followed, Pane boards, Alarm alarm) {
        this.scenery = scenery;
        this.followed = followed;
        this.boards = boards;
        this.alarm = alarm;
    }

    /// Where a flag stands, and since which jump of its owner's.
    private record Stand(Flags.Placed at, Optional<Instant> jumped) {}

    /// Shows a person's flag for 4 s.
    void call(ClientId who) {
        called.put(who, scenery.people().now());
    }

    void keepOnly(Set<ClientId> here) {
        called.keySet().retainAll(here);
        pointedAt.keySet().retainAll(here);
    }

    /// Answers whether that may change what is drawn.
    boolean pointerIs(Optional<Point2D> now, Collection<Marker> markers) {
        pointer = now;
        return !pointedAt.isEmpty() || markers.stream().anyMatch(this::isNear);
    }

    private boolean isNear(Marker marker) {
        return pointer.flatMap(point -> marker.at()
                        .filter(at -> Flags.distance(at, new Rectangle2D(point.getX(), point.getY(), 0, 0)) <= NEAR))
                .isPresent();
    }

    void hide() {
        stands.clear();
        moreBoards.forEach(board -> board.setVisible(false));
    }

    /// Answers whether a flag is fading.
    ///
    /// @param seen  the most recently active first
    boolean draw(List<Collaborator> seen, Map<ClientId, Marker> markers, Instant now) {
        boolean calm = scenery.calm().get() || scenery.palette().outlined(); // goes without fading
        boolean fading = false;
        var wanted = new ArrayList<Flags.Wanted>();
        Map<ClientId, Double> opacities = new HashMap<>();
        for (Collaborator who : seen) {
            var marker = Objects.requireNonNull(markers.get(who.client()));
            Instant until = until(who, marker, now);
            double opacity = marker.at().isPresent() ? Ageing.opacity(until, now, calm) : 0;
            if (opacity > 0) {
                wanted.add(wanted(who, marker, isNear(marker) || wasGoneTo(who.client(), now)));
                opacities.put(who.client(), opacity);
                fading |= opacity < 1;
                if (opacity == 1 && until.isAfter(now)) {
                    alarm.setTo(until);
                }
            }
        }
        var layout = wanted.isEmpty() ? NO_FLAGS : Flags.place(wanted, ground(), MORE_WIDTH);
        remember(layout, seen);
        markers.forEach((client, marker) -> {
            var stand = stands.get(client);
            if (stand == null) {
                marker.flag().setVisible(false);
            } else {
                marker.flag().showAt(stand.at().x(), stand.at().y(), opacities.getOrDefault(client, 1.0));
            }
        });
        drawMore(layout.more());
        return fading;
    }

    private boolean wasGoneTo(ClientId who, Instant now) {
        return Optional.ofNullable(called.get(who))
                .filter(at -> now.isBefore(at.plus(Ageing.GREETING).plus(Ageing.FADE)))
                .isPresent();
    }

    /// @param asked  it may stand over words, too
    private Flags.Wanted wanted(Collaborator who, Marker marker, boolean asked) {
        var before = Optional.ofNullable(stands.get(who.client()))
                .filter(stand -> stand.jumped().equals(who.jumpedAt()))
                .map(Stand::at);
        return new Flags.Wanted(
                who.client(), marker.at().orElseThrow(), marker.flag().width(), before, asked);
    }

    private Flags.Ground ground() {
        var text = scenery.text();
        return new Flags.Ground(
                text.page(), text.column(), text.caretAt(scenery.own().get().head()), text::written);
    }

    private void remember(Flags.Layout layout, List<Collaborator> seen) {
        stands.clear();
        for (Flags.Placed placed : layout.flags()) {
            seen.stream()
                    .filter(who -> who.client().equals(placed.owner()))
                    .findFirst()
                    .ifPresent(who -> stands.put(who.client(), new Stand(placed, who.jumpedAt())));
        }
    }

    private Instant until(Collaborator who, Marker marker, Instant now) {
        if (followed.getValue().map(Person::id).equals(Optional.of(who.person().id()))) {
            return now.plus(ALWAYS);
        }
        if (isNear(marker)) {
            pointedAt.put(who.client(), now);
            return now.plus(ALWAYS); // as long as the pointer is there
        }
        Instant until = Ageing.flagUntil(who, Optional.ofNullable(called.get(who.client())));
        Instant pointed = pointedAt.get(who.client());
        if (pointed == null) {
            return until;
        }
        if (now.isAfter(pointed.plus(Ageing.FADE))) {
            pointedAt.remove(who.client());
        }
        return pointed.isAfter(until) ? pointed : until;
    }

    private void drawMore(List<Flags.More> more) {
        while (moreBoards.size() < more.size()) {
            var board = new Flag();
            moreBoards.add(board);
            boards.getChildren().add(board);
        }
        for (int i = 0; i < moreBoards.size(); i++) {
            var board = moreBoards.get(i);
            if (i < more.size()) {
                var at = more.get(i);
                board.say(
                        scenery.strings().get("people.more", at.count()),
                        scenery.palette().text(),
                        scenery.palette().ink());
                board.showAt(at.x(), at.y(), 1);
            } else {
                board.setVisible(false);
            }
        }
    }
}
