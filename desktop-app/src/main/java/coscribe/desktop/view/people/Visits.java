package coscribe.desktop.view.people;

import coscribe.desktop.viewmodel.Collaborator;
import coscribe.desktop.viewmodel.Participant;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.PersonId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// Goes to where others are, and back to where the writer was. The writer's caret stays where it
/// is.
final class Visits {
    static final double THIRD = 1 / 3.0; // of the height

    private final Scenery scenery;
    private final Consumer<ClientId> arrived;
    private final ReadOnlyBooleanWrapper canReturn = new ReadOnlyBooleanWrapper(false);
    private Optional<Origin> origin = Optional.empty();
    private Optional<PersonId> last = Optional.empty();

    /// What was in view before the first of some visits.
    ///
    /// @param atCaret  it is the writer's own caret, wherever it is now; else what was marked
    /// @param height   where it stood, of the height
    /// @param caret    the writer's at that time
    private record Origin(boolean atCaret, double height, Caret caret) {}

    /// @param arrived  shows the person's flag
    Visits(Scenery scenery, Consumer<ClientId> arrived) {
        this.scenery = scenery;
        this.arrived = arrived;
    }

    /// Whether there is a way back.
    ReadOnlyBooleanProperty canReturn() {
        return canReturn.getReadOnlyProperty();
    }

    /// Scrolls so that their caret stands at one third of the height. Does nothing where they are
    /// not in the text.
    void goTo(ClientId device) {
        scenery.people().refresh();
        scenery.people().find(device).ifPresent(this::visit);
    }

    /// To the device that a person used last.
    void goTo(Participant who) {
        goTo(who.newest().client());
    }

    /// To the next person in the order they came, and from the last to the first.
    void goToNext() {
        List<Participant> there = scenery.people().participants().stream()
                .filter(who -> who.newest().caret().isPresent())
                .toList();
        if (!there.isEmpty()) {
            int at = -1;
            for (int i = 0; i < there.size(); i++) {
                at = last.equals(Optional.of(there.get(i).id())) ? i : at;
            }
            goTo(there.get((at + 1) % there.size()));
        }
    }

    private void visit(Collaborator who) {
        who.caret().ifPresent(caret -> {
            leave();
            last = Optional.of(who.person().id());
            scenery.text().scrollTo(caret.head(), THIRD);
            arrived.accept(who.client());
        });
    }

    /// Notes where the writer is, unless they are on a visit already.
    private void leave() {
        Caret own = scenery.own().get();
        if (origin.filter(from -> from.caret().equals(own)).isEmpty()) {
            var text = scenery.text();
            double height = Math.max(1, text.node().getLayoutBounds().getHeight());
            var seen = text.caretAt(own.head());
            scenery.people().mark(text.visible().from());
            origin = Optional.of(new Origin(
                    seen.isPresent(), seen.map(at -> at.getMinY() / height).orElse(0.0), own));
            canReturn.set(true);
        }
    }

    /// Back to where the first of these visits began.
    void goBack() {
        origin.ifPresent(from -> {
            int position = from.atCaret()
                    ? scenery.own().get().head()
                    : scenery.people().marked();
            scenery.text().scrollTo(position, from.height());
            origin = Optional.empty();
            canReturn.set(false);
        });
    }
}
