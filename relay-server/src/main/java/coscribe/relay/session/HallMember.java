package coscribe.relay.session;

import coscribe.ot.document.Change;
import coscribe.ot.document.Schema;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.Frame;
import coscribe.relay.transport.Offer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Somebody in a hall. Lives in the document's lane.
///
/// A reader that keeps up gets each commit as it comes. One whose outbox is full *lags*: nothing is
/// queued for it, and when there is room again it gets what it missed, composed.
final class HallMember {
    final Connection connection;
    final ClientId client;
    final Set<ClientId> own;
    final Person person;
    private final Optional<Role> ceiling;
    private Role role;
    private long roleVersion;
    /// Everything up to here was handed to the connection or stands in `rest`.
    private Revision given;
    /// Frames of one answer that did not fit yet.
    private final Deque<Frame> rest = new ArrayDeque<>();
    private final Set<ClientId> owed = new LinkedHashSet<>();
    private boolean lagging;
    private boolean finished;
    private boolean left;
    private boolean lookedUp;
    private boolean renaming;
    /// As this member was told last.
    private String title;

    HallMember(
            Connection connection,
            ClientId client,
            Set<ClientId> own,
            Person person,
            Optional<Role> ceiling,
            Role role,
            long roleVersion,
            String title,
            Revision given) {
        this.connection = connection;
        this.client = client;
        this.own = Set.copyOf(own);
        this.person = person;
        this.ceiling = ceiling;
        this.role = under(role);
        this.roleVersion = roleVersion;
        this.title = title;
        this.given = given;
    }

    Role role() {
        return role;
    }

    /// Which version of the document's list the role is from.
    long roleVersion() {
        return roleVersion;
    }

    /// The document's list says `now`, in this version. Whether that changes anything.
    boolean roleIs(Role now, long version) {
        Role before = role;
        role = under(now);
        roleVersion = version;
        return role != before;
    }

    private Role under(Role listed) {
        return ceiling.filter(most -> !most.atLeast(listed)).orElse(listed);
    }

    /// Whether the token lets its bearer make this change; the document's own list is asked inside
    /// the commit.
    boolean mayByToken(Change change) {
        return ceiling.isEmpty()
                || ceiling.get().atLeast(Role.EDITOR)
                || (ceiling.get() == Role.COMMENTER && Schema.onlyComments(change.delta()));
    }

    /// Whether the token lets its bearer call the document something else; the document's own list
    /// is asked by the store.
    boolean mayRenameByToken() {
        return ceiling.isEmpty() || ceiling.get().atLeast(Role.EDITOR);
    }

    /// Whether a new title may be asked for: not while one is.
    boolean beginsRenaming() {
        boolean begins = !renaming;
        renaming = true;
        return begins;
    }

    void endsRenaming() {
        renaming = false;
    }

    /// What this member is told now. Whether that is another title than before.
    boolean titleIs(String now) {
        boolean other = !now.equals(title);
        title = now;
        return other;
    }

    Revision given() {
        return given;
    }

    boolean keepsUp() {
        return !lagging && rest.isEmpty();
    }

    /// Hands on the newest commits, whose last is `to`, and what goes along with them. Whether they
    /// were taken.
    boolean offer(List<Frame> commits, Revision to) {
        if (!keepsUp()) {
            return false;
        }
        return switch (connection.send(commits)) {
            case Offer.Accepted() -> {
                given = to;
                yield true;
            }
            case Offer.Full ignored -> {
                lagging = true;
                yield false;
            }
            case Offer.Closed() -> false;
        };
    }

    /// Something besides commits that must arrive, in its place among them.
    void tell(Frame frame) {
        if (!rest.isEmpty() || !(connection.send(frame) instanceof Offer.Accepted)) {
            rest.add(frame);
            connection.awaitWritable();
        }
    }

    /// Something of this member's was refused for good: it will come in anew, and what still
    /// arrives under the old client id (a copy of the same, sent twice) must not be committed after
    /// all.
    void finish() {
        finished = true;
    }

    boolean isFinished() {
        return finished;
    }

    /// Out of the hall: nothing is to be found out for it any more.
    void leave() {
        left = true;
    }

    boolean hasLeft() {
        return left;
    }

    /// What it missed is being read.
    void lookedUp(boolean now) {
        lookedUp = now;
    }

    boolean isLookedUp() {
        return lookedUp;
    }

    /// Soft state: dropped where there is no room, and owed until there is.
    ///
    /// @param about  whom it tells of
    /// @return whether it was dropped
    boolean whisper(Frame frame, Set<ClientId> about) {
        if (!keepsUp()) {
            owe(about);
            return true;
        }
        if (connection.send(frame) instanceof Offer.Full) {
            owe(about);
            connection.awaitWritable();
            return true;
        }
        return false;
    }

    /// How these people stand is to be told when this reader has caught up.
    void owe(Set<ClientId> about) {
        owed.addAll(about);
    }

    Set<ClientId> takeOwed() {
        var taken = new LinkedHashSet<>(owed);
        owed.clear();
        return taken;
    }

    /// A long answer that brings the reader up to `to`.
    void answer(List<Frame> frames, Revision to) {
        rest.addAll(frames);
        given = to;
        lagging = false;
    }

    /// Begins again from `revision`: the reader says that it stands there.
    void startOver(Revision revision) {
        rest.clear();
        given = revision;
        lagging = true;
    }

    /// Writes what is left, as far as there is room. Whether everything was written.
    boolean pump() {
        while (!rest.isEmpty()) {
            switch (connection.send(rest.peekFirst())) {
                case Offer.Accepted() -> rest.removeFirst();
                case Offer.Full ignored -> {
                    return false;
                }
                case Offer.Closed() -> {
                    rest.clear();
                    return false;
                }
            }
        }
        return true;
    }
}
