package coscribe.ot.session;

import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The other people in the document. Carets are kept in the confirmed text; the newest few
/// confirmed changes are remembered so that a caret told for a slightly older revision can still be
/// placed. Soft state: what cannot be placed is left where it was and put right by the next word.
/// Immutable.
record Others(Map<ClientId, Member> members, List<Applied> recent) {
    static final Others NONE = new Others(Map.of(), List.of());
    private static final int REMEMBERED = 32;

    /// A change that led to `to`. `from` is one less, or more less for a range.
    record Applied(Revision from, Revision to, Change change) {}

    Others {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        recent = List.copyOf(recent);
    }

    static Others of(List<Member> here) {
        var members = new LinkedHashMap<ClientId, Member>();
        here.forEach(member -> members.put(member.client(), member));
        return new Others(members, List.of());
    }

    Others after(Revision from, Revision to, Change change) {
        var moved = new LinkedHashMap<ClientId, Member>();
        members.forEach((id, member) -> moved.put(
                id,
                new Member(
                        id,
                        member.person(),
                        member.role(),
                        member.caret().map(at -> new CaretAt(to, at.caret().throughForeign(change.delta()))))));
        var kept = new ArrayList<>(recent.size() < REMEMBERED ? recent : recent.subList(1, recent.size()));
        kept.add(new Applied(from, to, change));
        return new Others(moved, kept);
    }

    Others withCaret(ClientId client, Caret caret, Revision revision) {
        var member = members.get(client);
        if (member == null) {
            return this;
        }
        var changed = new LinkedHashMap<>(members);
        changed.put(
                client, new Member(client, member.person(), member.role(), Optional.of(new CaretAt(revision, caret))));
        return new Others(changed, recent);
    }

    Others updated(List<Member> here, List<ClientId> gone, Revision now, int length) {
        var changed = new LinkedHashMap<>(members);
        for (Member member : here) {
            var known = changed.get(member.client());
            Optional<CaretAt> placed = member.caret().isEmpty()
                    ? Optional.empty()
                    : place(member.caret().get(), now, length)
                            .or(() -> known == null ? Optional.empty() : known.caret());
            changed.put(member.client(), new Member(member.client(), member.person(), member.role(), placed));
        }
        gone.forEach(changed::remove);
        return new Others(changed, recent);
    }

    private Optional<CaretAt> place(CaretAt told, Revision now, int length) {
        if (told.revision().isAfter(now)) {
            return Optional.empty();
        }
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
