package coscribe.relay.presence;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Who is in one document, at this relay and at others, and what of it has not been told yet. Soft
/// state: the newest word wins, and who is not heard of for 30 s is gone.
///
/// Not thread-safe: lives in the document's lane. Times are milliseconds since 1970.
public final class Attendance {
    private final Map<ClientId, Present> present = new LinkedHashMap<>();
    private final Set<ClientId> changed = new LinkedHashSet<>();
    /// Of whom there is other news than a caret.
    private final Set<ClientId> otherwise = new HashSet<>();
    private final Set<ClientId> gone = new LinkedHashSet<>();

    private record Present(Member member, boolean local, long expiresAtMillis) {}

    /// Somebody came in at this relay, with the slot that the store gave them. Answers them as they
    /// are seen: with the slot of their other device where they have one here, or, where the store
    /// did not know who is here, the next free one.
    public Member enter(Member member) {
        var seated = new Member(member.client(), seated(member.person()), member.role(), member.caret());
        present.put(member.client(), new Present(seated, true, Long.MAX_VALUE));
        changed.add(member.client());
        otherwise.add(member.client());
        return seated;
    }

    private Person seated(Person person) {
        Set<PaletteSlot> taken = new HashSet<>();
        for (Present other : present.values()) {
            PersonId id = other.member.person().id();
            if (id.equals(person.id())) {
                return new Person(
                        person.id(), person.name(), other.member.person().slot());
            }
            taken.add(other.member.person().slot());
        }
        PaletteSlot slot = person.slot();
        for (int i = 0; i < PaletteSlot.COLOURS * PaletteSlot.SHAPES && taken.contains(slot); i++) {
            int colour = (slot.colour() + 1) % PaletteSlot.COLOURS;
            slot = new PaletteSlot(colour, colour == 0 ? (slot.shape() + 1) % PaletteSlot.SHAPES : slot.shape());
        }
        return new Person(person.id(), person.name(), slot);
    }

    /// A local member moved.
    public void moved(ClientId client, Optional<CaretAt> caret) {
        replace(client, member -> member.at(caret), true);
    }

    /// Anybody's caret came along with a commit: everybody knows already.
    public void movedByCommit(ClientId client, CaretAt caret) {
        replace(client, member -> member.at(Optional.of(caret)), false);
    }

    public void roleChanged(ClientId client, Role role) {
        replace(client, member -> new Member(client, member.person(), role, member.caret()), true);
        otherwise.add(client);
    }

    private void replace(ClientId client, UnaryOperator<Member> change, boolean tell) {
        Present was = present.get(client);
        if (was != null) {
            present.put(client, new Present(change.apply(was.member), was.local, was.expiresAtMillis));
            if (tell) {
                changed.add(client);
            }
        }
    }

    /// A local member left.
    public void leave(ClientId client) {
        if (present.remove(client) != null) {
            changed.remove(client);
            gone.add(client);
        }
    }

    /// Another relay's word.
    public void heard(PresenceUpdate update, long nowMillis) {
        for (Member member : update.here()) {
            Present was = present.get(member.client());
            if (was == null || !was.local) {
                var now = was != null && isOlder(member, was.member) ? member.at(was.member.caret()) : member;
                present.put(member.client(), new Present(now, false, nowMillis + Limits.PRESENCE_TTL.toMillis()));
            }
        }
        for (ClientId client : update.gone()) {
            Present was = present.get(client);
            if (was != null && !was.local) {
                present.remove(client);
            }
        }
    }

    /// A commit brought a newer caret than the other relay knew when it spoke.
    private static boolean isOlder(Member told, Member known) {
        return known.caret()
                .filter(at -> told.caret()
                        .filter(was -> at.revision().isAfter(was.revision()))
                        .isPresent())
                .isPresent();
    }

    /// Carets as they stand in a newer text.
    public void moveOn(UnaryOperator<CaretAt> through) {
        present.replaceAll((client, was) ->
                new Present(was.member.at(was.member.caret().map(through)), was.local, was.expiresAtMillis));
    }

    /// The text that the carets stand in is none any more. Each is told anew, in the text that is.
    public void textGone() {
        present.replaceAll(
                (client, was) -> new Present(was.member.at(Optional.empty()), was.local, was.expiresAtMillis));
    }

    /// Forgets whom no relay has renewed in time.
    public Set<ClientId> expire(long nowMillis) {
        var expired = new HashSet<ClientId>();
        present.forEach((client, was) -> {
            if (was.expiresAtMillis < nowMillis) {
                expired.add(client);
            }
        });
        expired.forEach(present::remove);
        return expired;
    }

    /// Who is here, at any relay.
    public Set<PersonId> people() {
        var people = new HashSet<PersonId>();
        present.values().forEach(here -> people.add(here.member.person().id()));
        return people;
    }

    /// Whether one more person would be more than `most`.
    public boolean isFullFor(PersonId person, int most) {
        var people = people();
        return !people.contains(person) && people.size() >= most;
    }

    /// Everybody but one.
    public List<Member> others(ClientId self) {
        return present.values().stream()
                .map(Present::member)
                .filter(member -> !member.client().equals(self))
                .toList();
    }

    /// Everybody who is at this relay.
    public List<Member> local() {
        return present.values().stream()
                .filter(Present::local)
                .map(Present::member)
                .toList();
    }

    /// In the order in which they came.
    public Set<ClientId> everybody() {
        return new LinkedHashSet<>(present.keySet());
    }

    /// Whether somebody's caret was told in a later text than `revision`.
    public boolean isAfter(ClientId client, Revision revision) {
        Present here = present.get(client);
        return here != null
                && here.member
                        .caret()
                        .filter(told -> told.revision().isAfter(revision))
                        .isPresent();
    }

    /// How some people stand now, and who of them is gone.
    ///
    /// @param placed  a caret as it is to be told
    public PresenceUpdate about(Set<ClientId> clients, UnaryOperator<CaretAt> placed) {
        var here = new ArrayList<Member>();
        var left = new ArrayList<ClientId>();
        for (ClientId client : clients) {
            Present now = present.get(client);
            if (now == null) {
                left.add(client);
            } else {
                here.add(now.member.at(now.member.caret().map(placed)));
            }
        }
        return new PresenceUpdate(here, left);
    }

    /// The only one of whom there is news, and who only moved: then there is nothing that this one
    /// does not know.
    public Optional<ClientId> onlyMover() {
        return changed.size() == 1 && gone.isEmpty() && otherwise.isEmpty()
                ? Optional.of(changed.iterator().next())
                : Optional.empty();
    }

    /// Of whom there is news at this relay since this was last asked.
    public Set<ClientId> takeNews() {
        var news = new LinkedHashSet<>(changed);
        news.addAll(gone);
        changed.clear();
        otherwise.clear();
        gone.clear();
        return news;
    }

    public boolean hasNews() {
        return !changed.isEmpty() || !gone.isEmpty();
    }
}
