package coscribe.ot.session;

import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The other people in the document. Members' carets stand in the confirmed text. A caret told for
/// a slightly older revision is moved on by the newest few confirmed changes, which are remembered;
/// one for a revision to come waits for it. Soft state: what cannot be placed is left out and put
/// right by the next word. Immutable.
///
/// @param doings  what each member has done since this session met them
record Others(
        Map<ClientId, Member> members,
        Map<ClientId, CaretAt> early,
        List<Applied> recent,
        Map<ClientId, Activity> doings) {
    static final Others NONE = new Others(Map.of(), Map.of(), List.of(), Map.of());
    private static final int REMEMBERED = 32;

    /// A change that led from one revision to the next, or further for a range.
    record Applied(Revision from, Revision to, Change change) {}

    Others {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        early = Map.copyOf(early);
        recent = List.copyOf(recent);
        doings = Map.copyOf(doings);
    }

    /// Those whom `Joined` names; their carets are for the head that is still to come in.
    Others joined(List<Member> here) {
        var members = new LinkedHashMap<ClientId, Member>();
        var early = new LinkedHashMap<ClientId, CaretAt>();
        for (Member member : here) {
            members.put(member.client(), at(member, Optional.empty()));
            member.caret().ifPresent(caret -> early.put(member.client(), caret));
        }
        var kept = new HashMap<>(doings);
        kept.keySet().retainAll(members.keySet());
        return new Others(members, early, List.of(), kept);
    }

    /// What a member has done.
    Activity doing(ClientId client) {
        return doings.getOrDefault(client, Activity.NONE);
    }

    private static Member at(Member member, Optional<CaretAt> caret) {
        return new Member(member.client(), member.person(), member.role(), caret);
    }

    /// The confirmed text moved on.
    Others after(Revision from, Revision to, Change change) {
        var moved = new LinkedHashMap<ClientId, Member>();
        members.forEach((id, member) -> moved.put(
                id,
                at(
                        member,
                        member.caret().map(told -> new CaretAt(to, told.caret().throughForeign(change.delta()))))));
        var kept = new ArrayList<>(recent.size() < REMEMBERED ? recent : recent.subList(1, recent.size()));
        kept.add(new Applied(from, to, change));
        return new Others(moved, early, kept, doings);
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
                    placed.put(id, at(member, Optional.of(caret)));
                    noteMove(done, member, Optional.of(caret));
                });
            }
        });
        return new Others(placed, waiting, recent, done);
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
            changed.put(client, at(member, told));
            noteMove(done, member, told);
        });
        return new Others(changed, early, recent, done);
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
            changed.put(member.client(), at(member, caret));
            noteMove(done, at(member, before), caret);
        }
        for (ClientId client : gone) {
            changed.remove(client);
            waiting.remove(client);
            done.remove(client);
        }
        return new Others(changed, waiting, recent, done);
    }

    private Optional<CaretAt> place(CaretAt told, Revision now, int length) {
        Caret caret = told.caret();
        Revision at = told.revision();
        for (Applied applied : recent) {
            if (applied.from().equals(at)) {
                if (!caret.fits(applied.change().delta().baseLength())) {
                    return Optional.empty();
                }
                caret = caret.throughForeign(applied.change().delta());
                at = applied.to();
            }
        }
        return at.equals(now) && caret.fits(length) ? Optional.of(new CaretAt(now, caret)) : Optional.empty();
    }
}
