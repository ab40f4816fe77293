package coscribe.ot.session;

import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The other people in the document. Members' carets stand in the confirmed text. The relay tells
/// them in the text that its newest commit left, which is the one that is here, or, where something
/// was missed, one to come: then the caret waits for it. One that a range skips is told again.
/// Immutable.
///
/// @param doings   what each member has done since this session met them
/// @param authors  who wrote in the document, as far as the relay said: they may be away
record Others(
        Map<ClientId, Member> members,
        Map<ClientId, CaretAt> early,
        Map<ClientId, Activity> doings,
        Map<PersonId, Person> authors) {
    static final Others NONE = new Others(Map.of(), Map.of(), Map.of(), Map.of());

    Others {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        early = Map.copyOf(early);
        doings = Map.copyOf(doings);
        authors = Map.copyOf(authors);
    }

    /// What the relay says of people who wrote here.
    Others named(List<Person> told) {
        if (told.isEmpty()) {
            return this;
        }
        var all = new HashMap<>(authors);
        told.forEach(person -> all.put(person.id(), person));
        return new Others(members, early, doings, all);
    }

    /// Those whom `Joined` names; their carets are for the head that is still to come in.
    Others joined(List<Member> here) {
        var members = new LinkedHashMap<ClientId, Member>();
        var early = new LinkedHashMap<ClientId, CaretAt>();
        for (Member member : here) {
            members.put(member.client(), member.at(Optional.empty()));
            member.caret().ifPresent(caret -> early.put(member.client(), caret));
        }
        var kept = new HashMap<>(doings);
        kept.keySet().retainAll(members.keySet());
        return new Others(members, early, kept, authors);
    }

    /// What a member has done.
    Activity doing(ClientId client) {
        return doings.getOrDefault(client, Activity.NONE);
    }

    /// The confirmed text moved on to `to`.
    Others after(Revision to, Change change) {
        var moved = new LinkedHashMap<ClientId, Member>();
        members.forEach((id, member) -> moved.put(
                id,
                member.at(member.caret()
                        .map(told -> new CaretAt(to, told.caret().throughForeign(change.delta()))))));
        return new Others(moved, early, doings, authors);
    }

    /// The confirmed text is at `now`: places the carets that waited for it.
    Others arrived(Revision now, int length) {
        if (early.isEmpty()) {
            return this;
        }
        var placed = new LinkedHashMap<>(members);
        var waiting = new LinkedHashMap<ClientId, CaretAt>();
        var done = new HashMap<>(doings);
        early.forEach((id, told) -> {
            var member = placed.get(id);
            if (told.revision().isAfter(now)) {
                waiting.put(id, told);
            } else if (member != null) {
                place(told, now, length).ifPresent(caret -> {
                    placed.put(id, member.at(Optional.of(caret)));
                    noteMove(done, member, Optional.of(caret));
                });
            }
        });
        return new Others(placed, waiting, done, authors);
    }

    /// A member's commit is in the confirmed text, which is at `revision` now.
    ///
    /// @param caret  where they stand after it, if they said so
    Others committed(ClientId client, Optional<Caret> caret, Revision revision) {
        var member = members.get(client);
        if (member == null) {
            return this;
        }
        var done = new HashMap<>(doings);
        done.put(client, doing(client).committed());
        var changed = new LinkedHashMap<>(members);
        caret.ifPresent(at -> {
            var told = Optional.of(new CaretAt(revision, at));
            changed.put(client, member.at(told));
            noteMove(done, member, told);
        });
        return new Others(changed, early, done, authors);
    }

    private static void noteMove(Map<ClientId, Activity> done, Member before, Optional<CaretAt> now) {
        if (!before.caret().map(CaretAt::caret).equals(now.map(CaretAt::caret))) {
            done.merge(before.client(), Activity.NONE.moved(), (known, once) -> known.moved());
        }
    }

    Others updated(List<Member> here, List<ClientId> gone, Revision now, int length) {
        var changed = new LinkedHashMap<>(members);
        var waiting = new LinkedHashMap<>(early);
        var done = new HashMap<>(doings);
        for (Member member : here) {
            var known = changed.get(member.client());
            Optional<CaretAt> before = known == null ? Optional.empty() : known.caret();
            Optional<CaretAt> caret = Optional.empty();
            waiting.remove(member.client());
            if (member.caret().isPresent()) {
                CaretAt told = member.caret().get();
                if (told.revision().isAfter(now)) {
                    waiting.put(member.client(), told);
                }
                caret = place(told, now, length).or(() -> before);
            }
            changed.put(member.client(), member.at(caret));
            noteMove(done, member.at(before), caret);
        }
        for (ClientId client : gone) {
            changed.remove(client);
            waiting.remove(client);
            done.remove(client);
        }
        return new Others(changed, waiting, done, authors);
    }

    private static Optional<CaretAt> place(CaretAt told, Revision now, int length) {
        return Optional.of(told)
                .filter(at -> at.revision().equals(now) && at.caret().fits(length));
    }
}
