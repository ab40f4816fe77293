package coscribe.desktop.view.people;

import coscribe.ot.protocol.ClientId;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/// The others in one window: over the text, beside the title, in the list. On the thread that
/// draws; {@link #close} ends everything that listens or waits.
public final class PeopleView implements AutoCloseable {
    private final CaretOverlay overlay;
    private final Visits visits;
    private final Roster roster;
    private final AvatarBar avatars;
    private final PeoplePanel panel;

    /// @param all  shows the panel
    public PeopleView(Scenery scenery, Runnable all) {
        this.roster = new Roster(scenery);
        this.overlay = new CaretOverlay(scenery, this::goTo);
        this.visits = new Visits(scenery, overlay::call);
        this.avatars = new AvatarBar(scenery, roster, this::goTo, all);
        this.panel = new PeoplePanel(scenery, roster, this::goTo);
    }

    private void goTo(ClientId device) {
        visits.goTo(device);
    }

    private void goTo(PersonRow row) {
        roster.find(row).ifPresent(visits::goTo);
    }

    /// The text with everybody on it: put this where the text goes.
    public Node text() {
        return overlay.node();
    }

    public Node avatars() {
        return avatars;
    }

    public Region panel() {
        return panel;
    }

    /// What shows a person over the text, if anything does: for tests.
    Optional<Marker> marker(ClientId who) {
        return overlay.marker(who);
    }

    /// Whether carets, flags and tints are drawn for this writer.
    public BooleanProperty caretsShown() {
        return overlay.shown();
    }

    /// Scrolls to the next person, in the order they came.
    public void goToNext() {
        visits.goToNext();
    }

    /// Scrolls back to where the writer was.
    public void goBack() {
        visits.goBack();
    }

    public ReadOnlyBooleanProperty canGoBack() {
        return visits.canReturn();
    }

    @Override
    public void close() {
        panel.close();
        avatars.close();
        overlay.close();
        roster.close();
    }
}
