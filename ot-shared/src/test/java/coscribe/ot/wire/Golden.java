package coscribe.ot.wire;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.document.Threads;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.Submission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One small story on the wire: Mara opens a document, Jon comes by her link, they write "Hello
/// world". Each thing said is kept in `golden/NAME.json` and stands in docs/PROTOCOL.md.
final class Golden {
    static final PersonId MARA = new PersonId("a1b2c3d4e5f60718293a4b5c6d7e8f90");
    static final PersonId JON = new PersonId("b0c1d2e3f405162738495a6b7c8d9eaf");
    private static final RelayId RELAY = new RelayId("4e1a9c0f2b7d48e6a35c81d07f6b2e94");
    private static final DocumentId PLAN = new DocumentId("d7f3a2604c9e4b18a6e05f1c83b92d47");
    private static final DocumentId MINUTES = new DocumentId("3b90e6d15fa24c87b2d4107c6e8f59a3");
    private static final Epoch EPOCH = new Epoch("e9041b7c5d2f4a83b6c07e1f98a3d562");
    private static final DeviceId DEVICE = new DeviceId("de71ce5a03b94c2f8d6e417a9f20b8c1");
    private static final ClientId MARAS = new ClientId("c1e0a7b3924d4f68b5d12c7f3e8a9604");
    private static final ClientId JONS = new ClientId("c2f9d4861b3e4a7095c8e6a04d71b35f");
    private static final ClientId OLD = new ClientId("c0a8e2d57f164b93a4e1908c3b6d2f75");
    private static final String THREAD = "7c3ead0155b24f0e9a86d1c4b7f2e390";
    private static final String COMMENT = "0c0331e7a9d84b5f8e2c6170f3b4d59a";
    private static final String REPLY = "0c033204d1f64c7ab93e5d8027c6e1fb";
    private static final long NOON = 1_795_521_600_000L;

    private static final Person MARA_SEEN = new Person(MARA, "Mara", new PaletteSlot(3, 0));
    private static final Person JON_SEEN = new Person(JON, "Jon", new PaletteSlot(6, 2));
    private static final ServerMessage.Tokens TOKENS = new ServerMessage.Tokens(
            "eyJhbGciOiJIUzI1NiIsInR5cCI6ImNvc2NyaWJlK2p3dCJ9.e30.c2ln", "Qm9sZG5lc3MgaXMgbm90");

    /// Mara types "Hello" into the new document.
    static final Change FIRST =
            Change.of(Delta.builder().insert("Hello", by(MARA)).build(1));
    /// Jon goes on with " world".
    static final Change SECOND =
            Change.of(Delta.builder().retain(5).insert(" world", by(JON)).build(6));
    /// Mara makes her word bold, the paragraph a heading, and asks something about it.
    static final Change THIRD = new Change(
            Delta.builder()
                    .retain(5, flag("bold").with("comment:" + THREAD, Value.TRUE))
                    .retain(6)
                    .retain(1, Attributes.of("header", Value.of(1)))
                    .build(),
            List.of(new ThreadEvent.Opened(THREAD, COMMENT, MARA.hex(), NOON + 2_000, "Is \"Hello\" too casual?")));

    static final Document AFTER_THIRD =
            Document.EMPTY.apply(FIRST).apply(SECOND).apply(THIRD);
    private static final ContentHash HASH_AT_2 =
            Document.EMPTY.apply(FIRST).apply(SECOND).contentHash();
    private static final ContentHash HASH = AFTER_THIRD.contentHash();

    static final Committed COMMIT_1 = new Committed(
            new Revision(1), MARA, MARAS, 1, Intent.EDIT, NOON, FIRST, Optional.of(Caret.at(5)), Optional.empty());
    static final Committed COMMIT_2 = new Committed(
            new Revision(2),
            JON,
            OLD,
            1,
            Intent.EDIT,
            NOON + 1_000,
            SECOND,
            Optional.of(Caret.at(11)),
            Optional.empty());
    static final Committed COMMIT_3 = new Committed(
            new Revision(3), MARA, MARAS, 2, Intent.EDIT, NOON + 2_500, THIRD, Optional.empty(), Optional.of(HASH));

    private Golden() {}

    private static Attributes by(PersonId author) {
        return Attributes.of("author", Value.of(author.hex()));
    }

    private static Attributes flag(String name) {
        return Attributes.of(name, Value.TRUE);
    }

    /// Every message by the name of its file.
    static Map<String, Object> messages() {
        var said = new LinkedHashMap<String, Object>();
        editors(said);
        relays(said);
        return said;
    }

    private static void editors(Map<String, Object> said) {
        var access = new Credential.AccessToken(TOKENS.access());
        said.put("hello-token", new ClientMessage.Hello(1, 1, access, DEVICE));
        said.put(
                "hello-invite",
                new ClientMessage.Hello(1, 1, new Credential.InviteCode("7F3K-Q9TM-2XWD", "Jon"), DEVICE));
        said.put("hello-refresh", new ClientMessage.Hello(1, 1, new Credential.Refresh(TOKENS.refresh()), DEVICE));
        said.put("hello-header", new ClientMessage.Hello(1, 1, new Credential.Header(), DEVICE));
        said.put("renew", new ClientMessage.Renew(new Credential.Refresh(TOKENS.refresh())));
        said.put("create", new ClientMessage.Create("Plan"));
        said.put("rename", new ClientMessage.Rename(PLAN, "Plan for spring"));
        said.put("list", new ClientMessage.ListDocuments(Optional.empty(), 2));
        said.put("list-after", new ClientMessage.ListDocuments(Optional.of(new ListPlace(NOON, PLAN)), 2));
        said.put("invite", new ClientMessage.Invite(PLAN, Role.EDITOR, 86_400, 5));
        said.put("join", new ClientMessage.Join(PLAN, Optional.empty(), Optional.empty()));
        said.put(
                "join-resume",
                new ClientMessage.Join(
                        PLAN,
                        Optional.of(OLD),
                        Optional.of(new ClientMessage.Known(
                                EPOCH,
                                new Revision(1),
                                Document.EMPTY.apply(FIRST).contentHash()))));
        said.put(
                "submit",
                new ClientMessage.Submit(
                        new Submission(1, Revision.ZERO, Intent.EDIT, FIRST, Optional.of(Caret.at(5)))));
        said.put(
                "submit-undo",
                new ClientMessage.Submit(new Submission(
                        3,
                        new Revision(3),
                        Intent.UNDO,
                        Change.of(Delta.builder()
                                .delete(5)
                                .retain(1)
                                .retain(6, Attributes.of("bold", Value.CLEAR))
                                .build()),
                        Optional.of(new Caret(0, 1)))));
        said.put(
                "submit-comments",
                new ClientMessage.Submit(new Submission(
                        2,
                        new Revision(3),
                        Intent.EDIT,
                        new Change(
                                Delta.identity(12),
                                List.of(
                                        new ThreadEvent.Replied(THREAD, REPLY, JON.hex(), NOON + 3_000, "I like it"),
                                        new ThreadEvent.Edited(THREAD, REPLY, JON.hex(), NOON + 4_000, "I like it!"),
                                        new ThreadEvent.Resolved(THREAD, JON.hex(), NOON + 5_000),
                                        new ThreadEvent.Reopened(THREAD, JON.hex(), NOON + 6_000),
                                        new ThreadEvent.Deleted(THREAD, JON.hex(), NOON + 7_000))),
                        Optional.empty())));
        said.put("caret", new ClientMessage.MoveCaret(new Revision(2), Optional.of(new Caret(6, 11))));
        said.put("caret-gone", new ClientMessage.MoveCaret(new Revision(2), Optional.empty()));
        said.put("catch-up", new ClientMessage.CatchUp(new Revision(1)));
        said.put("ping", new ClientMessage.Ping(7));
    }

    private static void relays(Map<String, Object> said) {
        said.put(
                "welcome",
                new ServerMessage.Welcome(
                        1, RELAY, MARA_SEEN, Optional.empty(), NOON + 900_000, Optional.empty(), true));
        said.put(
                "welcome-invited",
                new ServerMessage.Welcome(
                        1, RELAY, JON_SEEN, Optional.of(TOKENS), NOON + 900_000, Optional.of(PLAN), false));
        said.put("renewed", new ServerMessage.Renewed(Optional.of(TOKENS), NOON + 1_800_000));
        said.put("created", new ServerMessage.Created(PLAN));
        said.put("renamed", new ServerMessage.Renamed(PLAN, "Plan for spring"));
        var plan = new ListedDocument(PLAN, "Plan for spring", Role.EDITOR, NOON);
        var minutes = new ListedDocument(MINUTES, "Minutes", Role.OWNER, NOON + 60_000);
        said.put("listed", new ServerMessage.Listed(List.of(minutes, plan), Optional.of(new ListPlace(NOON, PLAN))));
        said.put("listed-last", new ServerMessage.Listed(List.of(), Optional.empty()));
        said.put("invited", new ServerMessage.Invited("7F3KQ9TM2XWD", NOON + 86_400_000));
        var mara = new ServerMessage.Member(
                MARAS, MARA_SEEN, Role.OWNER, Optional.of(new ServerMessage.CaretAt(new Revision(3), new Caret(0, 5))));
        var jon = new ServerMessage.Member(JONS, JON_SEEN, Role.EDITOR, Optional.empty());
        said.put("joined", joined(new Revision(3), true, new ServerMessage.Resumed.Nothing(), List.of(mara)));
        said.put(
                "joined-resumed",
                joined(new Revision(1), false, new ServerMessage.Resumed.At(1, new Revision(2)), List.of(mara)));
        said.put("joined-unknown", joined(new Revision(3), true, new ServerMessage.Resumed.Unknown(), List.of()));
        said.put("committed-1", COMMIT_1);
        said.put("committed-2", COMMIT_2);
        said.put("committed-3", COMMIT_3);
        var text = AFTER_THIRD.text();
        var all = AFTER_THIRD.threads().byId();
        said.put(
                "snapshot-1",
                new ServerMessage.SnapshotPart(
                        new Revision(3),
                        1,
                        2,
                        Delta.builder().insert("Hello", text.attributesAt(0)).build(),
                        Threads.NONE));
        said.put(
                "snapshot-2",
                new ServerMessage.SnapshotPart(
                        new Revision(3),
                        2,
                        2,
                        Delta.builder()
                                .insert(" world", text.attributesAt(5))
                                .insert("\n", text.attributesAt(11))
                                .build(),
                        new Threads(all)));
        said.put(
                "range",
                new ServerMessage.Range(
                        new Revision(1), new Revision(3), 1, 1, SECOND.compose(THIRD), Optional.of(HASH)));
        said.put(
                "range-1",
                new ServerMessage.Range(
                        Revision.ZERO,
                        new Revision(2),
                        1,
                        2,
                        Change.of(Delta.builder().insert("Hello", by(MARA)).build(1)),
                        Optional.empty()));
        said.put(
                "range-2",
                new ServerMessage.Range(
                        Revision.ZERO,
                        new Revision(2),
                        2,
                        2,
                        Change.of(Delta.builder()
                                .retain(5)
                                .insert(" world", by(JON))
                                .build(6)),
                        Optional.of(HASH_AT_2)));
        said.put(
                "refused-retry",
                new ServerMessage.Refused(2, Refusal.STORE_AWAY, "The relay's store does not answer.", 1_000));
        said.put(
                "refused-final",
                new ServerMessage.Refused(
                        2, Refusal.ROLE, "Your role in this document does not allow this change.", 0));
        said.put("role", new ServerMessage.RoleChanged(Role.VIEWER));
        said.put("titled", new ServerMessage.Titled("Plan for spring"));
        said.put("presence", new ServerMessage.PresenceUpdate(List.of(mara, jon), List.of(OLD)));
        said.put(
                "presence-authors",
                new ServerMessage.PresenceUpdate(List.of(), List.of(), List.of(mara.person(), jon.person())));
        said.put(
                "failed",
                new ServerMessage.Failed(
                        FailureCode.LIMIT,
                        "This document already has as many people in it as the relay takes.",
                        5_000));
        said.put(
                "failed-renew",
                new ServerMessage.Failed(
                        FailureCode.STORE_AWAY, "The relay's store does not answer. Try again.", 1_000, true));
        said.put("pong", new ServerMessage.Pong(7));
    }

    private static ServerMessage.Joined joined(
            Revision from, boolean snapshot, ServerMessage.Resumed resumed, List<ServerMessage.Member> members) {
        return new ServerMessage.Joined(
                PLAN,
                "Plan",
                JONS,
                Role.EDITOR,
                EPOCH,
                from,
                new Revision(3),
                HASH,
                snapshot,
                resumed,
                members,
                ServerMessage.Durability.STRICT);
    }
}
