package coscribe.desktop.viewmodel;

import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.Status;
import coscribe.ot.delta.Bias;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.session.Activity;
import coscribe.ot.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;

/// The others in a document: who they are, where their carets stand in the text as it is shown,
/// what they did and when. In the order they came, which never changes while they are here. This
/// writer's other devices have carets as others do, and are nobody else.
///
/// At the document's home. What is typed here is not told to listeners: who needs carets of this
/// moment calls {@link #refresh} first, which costs nothing where the text is the same. What only
/// time changes (typing, idle) is asked of a {@link Collaborator}; {@link #untilChange} says when
/// to look again.
public final class People implements AutoCloseable {
    private static final Duration SILENT = Duration.ofSeconds(30);
    private static final int JUMP = 40; // units, about half a line

    private final DocumentClient client;
    private final InstantSource clock;
    private final OwnColours colours;
    private final ChangeListener<Object> recolour = (property, was, is) -> look();
    private final Map<ClientId, Known> known = new LinkedHashMap<>();
    private final ReadOnlyObjectWrapper<List<Collaborator>> everyone = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Member>> self = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Map<PersonId, Person> everMet = new HashMap<>(); // as everybody sees them
    private final ReadOnlyObjectWrapper<Map<PersonId, Person>> met = new ReadOnlyObjectWrapper<>(Map.of());
    private final Ear ear = new Ear();
    private Document seen;
    private Map<PersonId, Person> named = Map.of(); // by the relay, as authors
    private int marked;
    private Optional<Instant> withoutSince; // since when the relay has not been heard

    /// Somebody as of the last look.
    private record Known(Collaborator shown, Activity did) {}

    /// @param colours  that this writer gave to some of them
    public People(DocumentClient client, InstantSource clock, OwnColours colours) {
        this.client = client;
        this.clock = clock;
        this.colours = colours;
        this.seen = client.document();
        this.withoutSince = isConnected(client.status()) ? Optional.empty() : Optional.of(clock.instant());
        client.listen(ear);
        colours.chosen().addListener(recolour);
        look();
    }

    /// Every other device, of the others and of this writer, in the order they came.
    public ReadOnlyObjectProperty<List<Collaborator>> everyone() {
        return everyone.getReadOnlyProperty();
    }

    /// This writer's other devices.
    public List<Collaborator> ownDevices() {
        return everyone.get().stream().filter(it -> isSelf(it.person().id())).toList();
    }

    /// The other people, devices of one person together.
    public List<Participant> participants() {
        return everyone.get().stream()
                .filter(it -> !isSelf(it.person().id()))
                .collect(Collectors.groupingBy(
                        it -> it.person().id(), LinkedHashMap<PersonId, List<Collaborator>>::new, Collectors.toList()))
                .values()
                .stream()
                .map(devices -> new Participant(devices.getFirst().person(), devices))
                .toList();
    }

    public Optional<Collaborator> find(ClientId device) {
        return everyone.get().stream().filter(it -> it.client().equals(device)).findFirst();
    }

    /// What this writer wants to see some of them in.
    public OwnColours colours() {
        return colours;
    }

    /// This writer as the others see them, in the role that they have now; empty: the relay has not
    /// said yet.
    public Optional<Member> self() {
        return self.get();
    }

    /// As above, another one where how they see this writer changes.
    public ReadOnlyObjectProperty<Optional<Member>> selfProperty() {
        return self.getReadOnlyProperty();
    }

    /// Everybody who was here since the document was opened, this writer too, and who wrote in it, as
    /// far as the relay said: what they are called, and what they look like, stays known when they
    /// leave. Another one only where that changes.
    public ReadOnlyObjectProperty<Map<PersonId, Person>> met() {
        return met.getReadOnlyProperty();
    }

    /// Whether that is this writer.
    public boolean isSelf(PersonId who) {
        return client.person().equals(who);
    }

    /// Whether somebody else is here now, with any device.
    public boolean isHere(PersonId who) {
        return everyone.get().stream().anyMatch(it -> it.person().id().equals(who));
    }

    /// The time that everything here goes by.
    public Instant now() {
        return clock.instant();
    }

    /// Moves carets on where text was typed here, and lets those go whom nobody has heard of.
    public void refresh() {
        if (client.document() != seen || (isOutOfTouch() && !everyone.get().isEmpty())) {
            look();
        }
    }

    /// The words of the nearest heading at a place of the text, or before it.
    public Optional<String> headingAbove(int position) {
        return Headings.above(client.document().text(), position);
    }

    /// Keeps a place of the text, in place of the one before, while others change it.
    public void mark(int position) {
        marked = position;
    }

    /// Where the marked place is now.
    public int marked() {
        return Math.min(marked, client.document().length() - 1);
    }

    /// How long until something that only depends on time changes; empty: nothing does.
    public Optional<Duration> untilChange() {
        var now = clock.instant();
        var moments = Stream.concat(
                everyone.get().stream()
                        .flatMap(it -> Stream.concat(
                                it.typedAt().map(at -> at.plus(Collaborator.TYPING)).stream(),
                                Stream.of(
                                        it.lastActive().plus(Collaborator.IDLE),
                                        it.lastActive().plus(Collaborator.AWAY)))),
                withoutSince.map(since -> since.plus(SILENT)).stream());
        return moments.filter(at -> at.isAfter(now)).min(Instant::compareTo).map(at -> Duration.between(now, at));
    }

    /// Whether the relay has not been heard for so long that nobody knows who is here.
    boolean isOutOfTouch() {
        return withoutSince
                .filter(since -> !clock.instant().isBefore(since.plus(SILENT)))
                .isPresent();
    }

    // --- what the session says now, and what it said before

    private void look() {
        var session = client.session();
        seen = client.document();
        self.set(session.self().map(me -> new Member(me.client(), me.person(), session.role(), me.caret())));
        var members = session.members();
        var here = members.stream().collect(Collectors.toMap(Member::client, Function.identity()));
        known.keySet().retainAll(here.keySet());
        meet(session, members);
        for (Member member : members) {
            var before = known.get(member.client());
            known.put(member.client(), before == null ? first(member, session) : again(before, member, session));
        }
        everyone.set(
                isOutOfTouch()
                        ? List.of()
                        : known.values().stream().map(Known::shown).toList());
    }

    private void meet(Session session, List<Member> members) {
        if (session.authors() != named) {
            named = session.authors();
            named.forEach(everMet::putIfAbsent); // who was seen here told more of themselves
        }
        Stream.concat(session.self().stream(), members.stream())
                .map(Member::person)
                .forEach(person -> everMet.put(person.id(), person));
        var now = new HashMap<>(everMet);
        now.replaceAll((id, person) -> colours.shown(person));
        if (!now.equals(met.get())) {
            met.set(Map.copyOf(now));
        }
    }

    private Known first(Member member, Session session) {
        var now = clock.instant();
        var shown = new Collaborator(
                member.client(),
                colours.shown(member.person()),
                member.role(),
                caret(member),
                now,
                Optional.empty(),
                now,
                Optional.empty());
        return new Known(shown, session.activity(member.client()));
    }

    private Known again(Known before, Member member, Session session) {
        var now = clock.instant();
        var did = session.activity(member.client());
        var was = before.shown();
        boolean typed = did.commits() > before.did().commits();
        boolean moved = typed || did.moves() > before.did().moves();
        boolean jumped = moved && !typed && isFar(was.caret(), caret(member), seen);
        var shown = new Collaborator(
                member.client(),
                colours.shown(member.person()),
                member.role(),
                caret(member),
                was.joinedAt(),
                typed ? Optional.of(now) : was.typedAt(),
                moved ? now : was.movedAt(),
                jumped ? Optional.of(now) : was.jumpedAt());
        return new Known(shown, did);
    }

    private static Optional<Caret> caret(Member member) {
        return member.caret().map(told -> told.caret());
    }

    /// Whether the way from one caret to the other is more than a step along a line.
    private static boolean isFar(Optional<Caret> from, Optional<Caret> to, Document text) {
        if (from.isEmpty() || to.isEmpty()) {
            return to.isPresent();
        }
        int begin = Math.min(from.get().head(), to.get().head());
        int end = Math.max(from.get().head(), to.get().head());
        if (end - begin > JUMP) {
            return true;
        }
        for (int i = begin; i < Math.min(end, text.length()); i++) {
            if (text.text().charAt(i) == '\n') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        client.unlisten(ear);
        colours.chosen().removeListener(recolour);
    }

    private static boolean isConnected(Status status) {
        return StatusLine.isConnected(status);
    }

    private final class Ear implements DocumentListener {
        @Override
        public void opened(DocumentClient document) {
            look();
        }

        @Override
        public void changed(DocumentClient document, Change change, boolean own) {
            marked = change.delta().mapPosition(Math.min(marked, change.delta().baseLength()), Bias.AFTER);
            look();
        }

        @Override
        public void membersChanged(DocumentClient document, List<Member> members) {
            look();
        }

        @Override
        public void statusChanged(DocumentClient document, Status status) {
            withoutSince = isConnected(status) ? Optional.empty() : withoutSince.or(() -> Optional.of(clock.instant()));
            look();
        }
    }
}
