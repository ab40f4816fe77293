package coscribe.relay.session;

import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.sequencing.Lane;
import coscribe.relay.store.DocumentStore.Access;
import coscribe.relay.store.DocumentStore.Renaming;
import coscribe.relay.store.JoinResult;
import coscribe.relay.transport.Frame;

/// What a document is called and what each may do in it, as those in the hall were told: the newest
/// version that is known of its access list, whoever brings it. Lives in the document's lane.
final class HallAccess {
    private final DocumentId document;
    private final HallContext context;
    private final Lane lane;
    private final Roster roster;
    private final HallPresence presence;
    private final AccessWatch watch;
    private String title = "";

    HallAccess(DocumentId document, HallContext context, Lane lane, Roster roster, HallPresence presence) {
        this.document = document;
        this.context = context;
        this.lane = lane;
        this.roster = roster;
        this.presence = presence;
        this.watch = new AccessWatch(document, context, lane, this::listIs);
    }

    // --- who comes in

    /// The newest that is known here: whoever was told an older one by the store came in since.
    String titleFor(JoinResult.Joined joined) {
        return roster.isEmpty() || joined.aclVersion() >= watch.version() ? joined.title() : title;
    }

    /// Somebody is about to come in, with the role and the title that the store told.
    void enters(HallMember member, JoinResult.Joined joined) {
        if (roster.isEmpty()) {
            watch.begins(member.roleVersion());
            title = joined.title();
        } else {
            watch.seen(member.roleVersion());
        }
    }

    // --- what changes

    /// The list is at this version now, or was.
    void seen(long version) {
        if (!roster.isEmpty()) {
            watch.seen(version);
        }
    }

    /// The list may be another one than it was.
    void changed() {
        if (!roster.isEmpty()) {
            watch.changed();
        }
    }

    private void listIs(Access list) {
        rolesAre(list);
        if (list.version() > 0) {
            boolean other = !list.title().equals(title);
            title = list.title();
            Frame frame = Frames.of(new ServerMessage.Titled(title));
            for (HallMember member : roster.all()) {
                if (member.titleIs(title) || other) {
                    member.tell(frame);
                }
            }
        }
    }

    private void rolesAre(Access list) {
        for (HallMember member : roster.now()) {
            if (list.version() > 0 && list.version() < member.roleVersion()) {
                continue; // came in since, with the role of a later list
            }
            Role now = list.roles().get(member.person.id());
            if (now == null) {
                answer(member, new ServerMessage.Failed(FailureCode.NO_ACCESS, Entrance.NO_ACCESS, 0));
                member.connection.close(Closing.of(CloseReason.NO_ACCESS));
            } else if (member.roleIs(now, list.version())) {
                presence.roleChanged(member.client, member.role());
                member.tell(Frames.of(new ServerMessage.RoleChanged(member.role())));
            }
        }
    }

    // --- another title

    /// A member wants the document to be called something else.
    void rename(HallMember member, String wanted) {
        if (!member.mayRenameByToken()) {
            answer(member, Renamings.FORBIDDEN);
        } else if (!member.beginsRenaming()) {
            answer(member, Renamings.ONE_AT_A_TIME);
        } else {
            context.lanes()
                    .store()
                    .rename(document, member.person.id(), wanted)
                    .whenComplete((result, failure) -> lane.run(() -> {
                        member.endsRenaming();
                        if (roster.has(member)) {
                            answer(
                                    member,
                                    failure == null
                                            ? Renamings.answer(document, wanted, result)
                                            : Renamings.failed(failure));
                            if (result == Renaming.RENAMED && member.titleIs(wanted) && !wanted.equals(title)) {
                                watch.changed(); // it may be called something else by now
                            }
                        }
                    }));
        }
    }

    private void answer(HallMember member, ServerMessage message) {
        if (message instanceof ServerMessage.Failed failed) {
            context.metrics().failed(failed.code());
        }
        member.tell(Frames.of(message));
    }
}
