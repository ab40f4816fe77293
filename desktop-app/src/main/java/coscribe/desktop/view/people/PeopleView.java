package coscribe.desktop.view.people;

import coscribe.desktop.view.text.AuthorMarks;
import coscribe.desktop.viewmodel.Following;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
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
    private final PeopleCount count;
    private final Following following;
    private final FollowView follow;
    private final Authors authors;

    /// What a person's avatar, card and row lead to.
    interface Ways {
        void goTo(PersonRow row);

        /// Follows them; who is followed already is no longer.
        void follow(PersonRow row);

        boolean isFollowed(PersonRow row);
    }

    /// @param all   shows the panel
    /// @param left  is told the name of somebody who went away while they were followed
    public PeopleView(Scenery scenery, Runnable all, Consumer<String> left) {
        this.roster = new Roster(scenery);
        this.following = new Following(scenery.people(), left);
        this.overlay = new CaretOverlay(scenery, following.whom(), this::goTo);
        this.visits = new Visits(scenery, overlay::call);
        this.follow = new FollowView(scenery, following, visits, overlay.node());
        var ways = new ToPeople();
        this.avatars = new AvatarBar(scenery, roster, ways, all);
        this.panel = new PeoplePanel(scenery, roster, ways);
        this.count = new PeopleCount(scenery, roster, all);
        this.authors = new Authors(scenery);
    }

    private void goTo(ClientId device) {
        follow.stop();
        visits.goTo(device);
    }

    private final class ToPeople implements Ways {
        @Override
        public void goTo(PersonRow row) {
            follow.stop();
            roster.find(row).ifPresent(visits::goTo);
        }

        @Override
        public void follow(PersonRow row) {
            if (isFollowed(row)) {
                follow.stop();
            } else {
                follow.follow(row.id());
            }
        }

        @Override
        public boolean isFollowed(PersonRow row) {
            return following.whom().get().map(Person::id).equals(Optional.of(row.id()));
        }
    }

    /// The text with everybody on it: put this where the text goes.
    public Node text() {
        return follow.text();
    }

    /// How many people are here: for the status line.
    public Node count() {
        return count;
    }

    /// Whom the writer follows, and how to stop; not there while nobody is followed.
    public Node followed() {
        return follow.words();
    }

    /// Whom the writer follows.
    public ReadOnlyObjectProperty<Optional<Person>> whom() {
        return following.whom();
    }

    public void followNext() {
        follow.followNext();
    }

    /// The writer did something of their own, or asked for it.
    public void stopFollowing() {
        follow.stop();
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

    /// Whether the text shows by colours who wrote it.
    public BooleanProperty authorsShown() {
        return authors.shown();
    }

    /// How the text shows who wrote it; empty: it does not.
    public ReadOnlyObjectProperty<Optional<AuthorMarks>> authorColours() {
        return authors.colours();
    }

    /// Scrolls to the next person, in the order they came.
    public void goToNext() {
        follow.stop();
        visits.goToNext();
    }

    /// Scrolls back to where the writer was.
    public void goBack() {
        follow.stop();
        visits.goBack();
    }

    public ReadOnlyBooleanProperty canGoBack() {
        return visits.canReturn();
    }

    @Override
    public void close() {
        authors.close();
        follow.close();
        following.close();
        count.close();
        panel.close();
        avatars.close();
        overlay.close();
        roster.close();
    }
}
