package coscribe.relay.session;

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
/// that the newest commit left, at most every 50 ms (150 while commits come, with which they go), and again
/// every 10 s. Soft state, which nothing waits for. Lives in the document's lane.
final class HallPresence {
    private static final Duration PRESENCE_PACE = Duration.ofMillis(50);
    private static final Duration PRESENCE_PACE_WRITING = Duration.ofMillis(150);
    private static final Duration WRITING = Duration.ofSeconds(1);
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
    private long rounds;
    private boolean asked;
    /// As far as is known nobody is in the document at another relay, so nobody there is told of it.
    private boolean alone;
    /// How often another relay said something.
    private long wordsHeard;
    private long committedMillis;
    private long slotsKeptMillis;

    HallPresence(DocumentId document, HallContext context, Lane lane, Roster roster) {
        this.document = document;
        this.context = context;
        this.lane = lane;
        this.roster = roster;
        this.authors = new AuthorNames(context.names(), lane, context.lanes().timers(), this::tellAuthors);
        this.slotsKeptMillis = context.nowMillis();
        this.committedMillis = context.nowMillis() - WRITING.toMillis();
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
        committedMillis = context.nowMillis();
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

    /// There may be news: they are told soon, together. While commits come they wait for the next one,
    /// as a commit with news costs one write for each reader and not two.
    void changed() {
        if (!due && attendance.hasNews()) {
            due = true;
            long round = ++rounds;
            boolean writing = context.nowMillis() - committedMillis < WRITING.toMillis();
            context.lanes()
                    .timers()
                    .after(writing ? PRESENCE_PACE_WRITING : PRESENCE_PACE, () -> lane.run(() -> tell(round)));
        }
    }

    private void tell(long round) {
        if (due && round == rounds) {
            due = false;
            if (lane.sequence().isReady()) { // else it is told when the document is here again
                var mover = attendance.onlyMover();
                takeNews()
                        .ifPresent(news -> roster.all().stream()
                                .filter(member -> !mover.equals(Optional.of(member.client)))
                                .forEach(member -> whisper(member, news)));
            }
        }
    }

    /// What is to be told anyway, where commits up to `to` are told now.
    Optional<News> rides(Revision to) {
        if (!due
                || !lane.sequence().isReady()
                || !lane.sequence().head().revision().equals(to)) {
            return Optional.empty();
        }
        due = false;
        return takeNews();
    }

    /// @param about  whom it tells of
    record News(Frame frame, Set<ClientId> about) {}

    /// What nobody was told yet. Other relays are told by this.
    private Optional<News> takeNews() {
        var about = attendance.takeNews();
        if (about.isEmpty()) {
            return Optional.empty();
        }
        var update = news(about);
        if (!alone) {
            publish(update);
        }
        return Optional.of(new News(Frames.of(update), about));
    }

    private void publish(PresenceUpdate update) {
        long before = wordsHeard;
        context.lanes()
                .feed()
                .publishPresence(document, context.signed(Wire.encode(update)))
                .thenAccept(others -> lane.run(() -> alone = !others && wordsHeard == before));
    }

    /// Tells everybody here how some people stand.
    private void whisper(Set<ClientId> about) {
        var news = new News(Frames.of(news(about)), about);
        roster.all().forEach(member -> whisper(member, news));
    }

    void whisper(HallMember member, News news) {
        if (member.whisper(news.frame(), news.about())) {
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
            whisper(member, new News(Frames.of(news(owed)), owed));
        }
    }

    /// Another relay says something of its people, perhaps.
    void heard(byte[] message) {
        context.fromOthers(message).ifPresent(this::heard);
    }

    private void heard(PresenceUpdate update) {
        wordsHeard++;
        if (alone) {
            alone = false;
            moveOn();
            tellOthers();
        }
        attendance.heard(update, context.nowMillis());
        var about = new LinkedHashSet<>(update.gone());
        update.here().forEach(member -> about.add(member.client()));
        if (lane.sequence().isReady() && !about.isEmpty()) {
            whisper(about);
        }
    }

    // --- again and again

    /// Every 10 s: says again who is here.
    void renew() {
        moveOn(); // so that none falls behind what is remembered
        var local = attendance.local();
        keepSlots(local);
        if (!local.isEmpty()) {
            tellOthers();
            context.renew(document, local);
        }
    }

    private void moveOn() {
        if (lane.sequence().isReady()) {
            attendance.moveOn(this::placed);
        }
    }

    private void tellOthers() {
        publish(new PresenceUpdate(attendance.local(), List.of()));
    }

    /// Forgets whom nobody will have spoken of for too long by then, so that nobody is seen longer.
    ///
    /// @param untilNext  time until this is called again
    void forgetSilent(Duration untilNext) {
        var expired = attendance.expire(context.nowMillis() + untilNext.toMillis());
        if (!expired.isEmpty()) {
            var gone = new News(Frames.of(new PresenceUpdate(List.of(), List.copyOf(expired))), expired);
            roster.all().forEach(member -> whisper(member, gone));
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
