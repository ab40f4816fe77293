package coscribe.relay.session;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import coscribe.ot.wire.Wire;
import coscribe.relay.presence.Attendance;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.sequencing.Lane;
import coscribe.relay.transport.Frame;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where the people of one document are, told to everybody here and to the other relays: in the text
/// that the newest commit left, at most every 50 ms, and again every 10 s. Soft state, which nothing
/// waits for. Lives in the document's lane.
final class HallPresence {
    private static final Duration PRESENCE_PACE = Duration.ofMillis(50);
    private static final Duration SLOT_PACE = Duration.ofHours(1);

    private final DocumentId document;
    private final HallContext context;
    private final Lane lane;
    private final Roster roster;
    private final Attendance attendance = new Attendance();
    private final AuthorNames authors;
    /// Whose caret was told in a text that is not here yet.
    private final Set<ClientId> ahead = new HashSet<>();
    private boolean due;
    private boolean asked;
    private long slotsKeptMillis;

    HallPresence(DocumentId document, HallContext context, Lane lane, Roster roster) {
        this.document = document;
        this.context = context;
        this.lane = lane;
        this.roster = roster;
        this.authors = new AuthorNames(context.names(), lane, context.lanes().timers(), this::tellAuthors);
        this.slotsKeptMillis = context.nowMillis();
    }

    /// The document is here: once, what other relays told before is asked for.
    void ready() {
        if (!asked) {
            asked = true;
            context.present(document).thenAccept(known -> lane.run(() -> known.forEach(this::heard)));
        }
    }

    // --- who is here

    boolean isFullFor(PersonId person) {
        return attendance.isFullFor(person, context.mostPeople());
    }

    /// Who is in the document, at any relay.
    Set<PersonId> people() {
        return attendance.people();
    }

    /// How those who are in the document already stand, for somebody who comes in.
    List<Member> enter(Member member) {
        Member seated = attendance.enter(member);
        authors.met(seated.person());
        return attendance.others(seated.client()).stream()
                .map(other -> other.at(other.caret().flatMap(this::atHead)))
                .toList();
    }

    /// Tells a newcomer who wrote here and is away.
    void greet(HallMember member) {
        var everybody = lane.sequence().authors();
        var here = attendance.people();
        var away = authors.of(everybody, here);
        if (!away.isEmpty()) {
            member.tell(Frames.of(new PresenceUpdate(List.of(), List.of(), away)));
        }
        authors.lookUp(everybody, here);
    }

    private void tellAuthors(List<Person> found) {
        Frame frame = Frames.of(new PresenceUpdate(List.of(), List.of(), found));
        roster.all().forEach(member -> member.tell(frame));
    }

    void leave(ClientId client) {
        attendance.leave(client);
        changed();
        context.presence()
                .remove(document, client)
                .exceptionally(failure -> null)
                .thenAccept(done -> {});
    }

    void moved(ClientId client, Optional<CaretAt> caret) {
        attendance.moved(client, caret);
        changed();
    }

    void roleChanged(ClientId client, Role role) {
        attendance.roleChanged(client, role);
        changed();
    }

    /// A commit brings its author's caret along: everybody knows already.
    void committed(KnownCommit commit) {
        commit.committed()
                .caret()
                .ifPresent(at ->
                        attendance.movedByCommit(commit.committed().client(), new CaretAt(commit.revision(), at)));
    }

    // --- in the newest text

    /// A caret as it stands in the newest text, where that can still be told.
    private Optional<CaretAt> atHead(CaretAt told) {
        var since = lane.sequence().recent().after(told.revision());
        if (since.isEmpty()) {
            return Optional.empty();
        }
        Caret caret = told.caret();
        for (KnownCommit commit : since.get()) {
            var delta = commit.committed().change().delta();
            if (!caret.fits(delta.baseLength())) {
                return Optional.empty();
            }
            caret = caret.throughForeign(delta);
        }
        return Optional.of(new CaretAt(lane.sequence().head().revision(), caret));
    }

    private CaretAt placed(CaretAt told) {
        return atHead(told).orElse(told);
    }

    /// How some people stand: with their carets in the text that the newest commit left, which is
    /// the one that whoever keeps up has. A receiver could not do it: a range hides the revisions
    /// inside.
    private PresenceUpdate news(Set<ClientId> about) {
        var update = attendance.about(about, this::placed);
        Revision head = lane.sequence().head().revision();
        for (Member member : update.here()) {
            if (member.caret().filter(told -> told.revision().isAfter(head)).isPresent()) {
                ahead.add(member.client());
            }
        }
        return update;
    }

    /// The text has moved on. Other relays may know more: carets that they told in a later text are
    /// told again when its revision is here.
    void textMoved() {
        if (!ahead.isEmpty()) {
            Revision head = lane.sequence().head().revision();
            Set<ClientId> arrived = new HashSet<>(ahead);
            arrived.removeIf(client -> attendance.isAfter(client, head));
            if (!arrived.isEmpty()) {
                ahead.removeAll(arrived);
                whisper(arrived);
            }
        }
    }

    /// The copy was dropped. Where its history went further than the one that is loaded next, carets in it would
    /// pass for newer than all that is told in that one.
    void dropped() {
        attendance.textGone();
        ahead.clear();
    }

    // --- telling

    /// There may be news: they are told soon, together.
    void changed() {
        if (!due && attendance.hasNews()) {
            due = true;
            context.lanes().timers().after(PRESENCE_PACE, () -> lane.run(this::tell));
        }
    }

    private void tell() {
        due = false;
        if (lane.sequence().isReady()) { // else it is told when the document is here again
            var news = attendance.takeNews();
            if (!news.isEmpty()) {
                publish(whisper(news));
            }
        }
    }

    private void publish(PresenceUpdate update) {
        context.lanes().feed().publishPresence(document, context.signed(Wire.encode(update)));
    }

    /// Tells everybody here how some people stand. Answers what was told.
    @CanIgnoreReturnValue
    private PresenceUpdate whisper(Set<ClientId> about) {
        var update = news(about);
        whisper(Frames.of(update), about);
        return update;
    }

    private void whisper(Frame frame, Set<ClientId> about) {
        roster.all().forEach(member -> whisper(member, frame, about));
    }

    private void whisper(HallMember member, Frame frame, Set<ClientId> about) {
        if (member.whisper(frame, about)) {
            context.metrics().presenceDropped();
        }
    }

    /// This reader gets a range: carets of single commits are not seen in it.
    void oweEverybody(HallMember member) {
        member.owe(attendance.everybody());
    }

    /// What a reader that was behind has not heard of.
    void tellOwed(HallMember member) {
        var owed = member.takeOwed();
        if (!owed.isEmpty()) {
            whisper(member, Frames.of(news(owed)), owed);
        }
    }

    /// Another relay says something of its people, perhaps.
    void heard(byte[] message) {
        context.fromOthers(message).ifPresent(this::heard);
    }

    private void heard(PresenceUpdate update) {
        attendance.heard(update, context.nowMillis());
        var about = new LinkedHashSet<>(update.gone());
        update.here().forEach(member -> about.add(member.client()));
        if (lane.sequence().isReady() && !about.isEmpty()) {
            var _ = whisper(about);
        }
    }

    // --- again and again

    /// Every 10 s: says again who is here.
    void renew() {
        if (lane.sequence().isReady()) { // so that none falls behind what is remembered
            attendance.moveOn(this::placed);
        }
        var local = attendance.local();
        keepSlots(local);
        if (!local.isEmpty()) {
            publish(new PresenceUpdate(local, List.of()));
            context.renew(document, local);
        }
    }

    /// Forgets whom nobody will have spoken of for too long by then, so that nobody is seen longer.
    ///
    /// @param untilNext  time until this is called again
    void forgetSilent(Duration untilNext) {
        var expired = attendance.expire(context.nowMillis() + untilNext.toMillis());
        if (!expired.isEmpty()) {
            Frame gone = Frames.of(new PresenceUpdate(List.of(), List.copyOf(expired)));
            whisper(gone, expired);
        }
    }

    /// Who stays long does not lose their look to somebody else.
    private void keepSlots(List<Member> local) {
        if (context.nowMillis() - slotsKeptMillis >= SLOT_PACE.toMillis()) {
            slotsKeptMillis = context.nowMillis();
            var here = attendance.people();
            local.forEach(
                    member -> context.seated(document, member.person(), here).thenAccept(done -> {}));
        }
    }
}
