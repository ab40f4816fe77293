package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.document.CanonicalForm;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.CommitResult.ClientClosed;
import coscribe.relay.store.DocumentStore.Access;
import coscribe.relay.store.DocumentStore.Creation;
import coscribe.relay.store.DocumentStore.HeadSeen;
import coscribe.relay.store.DocumentStore.Renaming;
import coscribe.relay.store.JoinResult.Joined;
import coscribe.relay.store.JoinResult.NoAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What every {@link DocumentStore} must do.
public abstract class DocumentStoreContract extends DocumentListContract {
    @Test
    void an_unknown_document_is_absent_everywhere() {
        var unknown = DocumentId.random(random);
        var chain = ChainHash.START;
        await(store().keepSnapshot(unknown, new Revision(1), chain, new byte[] {1}));
        assertThat(await(store().load(unknown))).isEqualTo(new LoadResult.Absent());
        assertThat(await(store().read(unknown, Revision.ZERO, 1, 1))).isEqualTo(new ReadResult.Absent());
        assertThat(await(store().access(unknown))).isEqualTo(Access.NONE);
        assertThat(await(store().grant(unknown, owner, Optional.of(Role.OWNER))))
                .isFalse();
        assertThat(await(store().rename(unknown, owner, "Else"))).isEqualTo(Renaming.ABSENT);
        assertThat(await(store().heads(List.of(unknown)))).isEmpty();
        assertThat(await(store().join(
                                unknown,
                                owner,
                                DeviceId.random(random),
                                ClientId.random(random),
                                Optional.empty(),
                                Optional.of(Role.OWNER))))
                .isEqualTo(new NoAccess());
        assertThat(await(store().load(unknown))).isEqualTo(new LoadResult.Absent());
    }

    @Test
    void a_store_that_works_answers_a_ping() {
        await(store().ping());
    }

    @Test
    void a_new_document_is_one_empty_paragraph_at_revision_0() {
        createDocument();
        var loaded = load();
        assertThat(loaded.head()).isEqualTo(birth);
        assertThat(loaded.tail()).isEmpty();
        assertThat(loaded.authors()).isEmpty();
        assertThat(loaded.snapshot().revision()).isEqualTo(Revision.ZERO);
        assertThat(loaded.snapshot().chain()).isEqualTo(ChainHash.START);
        assertThat(loaded.snapshot().bytes()).isEqualTo(CanonicalForm.of(Document.EMPTY));
        assertThat(await(store().read(document, Revision.ZERO, 10, 10)))
                .isEqualTo(new ReadResult.Entries(birth, List.of()));
        assertThat(await(store().access(document)).roles()).isEqualTo(Map.of(owner, Role.OWNER));
    }

    @Test
    void creating_what_exists_changes_nothing() {
        createDocument();
        var mara = ownerJoins();
        var head = commits(birth, edit(mara, 1));
        assertThat(await(store().create(document, Epoch.random(random), "Else", PersonId.random(random))))
                .isEqualTo(Creation.EXISTED);
        assertThat(load().head()).isEqualTo(head);
        assertThat(await(store().access(document)).roles()).isEqualTo(Map.of(owner, Role.OWNER));
    }

    @Nested
    class Joining {
        private final PersonId jon = PersonId.random(random);
        private final DeviceId laptop = DeviceId.random(random);

        @BeforeEach
        void create() {
            createDocument();
        }

        private JoinResult join(ClientId fresh, Optional<ClientId> resume, Optional<Role> grant) {
            return await(store().join(document, jon, laptop, fresh, resume, grant));
        }

        private ClientId joined() {
            var fresh = ClientId.random(random);
            assertThat(join(fresh, Optional.empty(), Optional.of(Role.EDITOR))).isInstanceOf(Joined.class);
            return fresh;
        }

        @Test
        void a_member_joins_at_the_head_with_title_and_role() {
            var head = commits(birth, edit(ownerJoins(), 1));
            var result = await(
                    store().join(document, owner, laptop, ClientId.random(random), Optional.empty(), Optional.empty()));
            assertThat(result)
                    .isEqualTo(new Joined(
                            "Minutes",
                            Role.OWNER,
                            await(store().access(document)).version(),
                            head,
                            new Resumed.Nothing()));
        }

        @Test
        void who_is_not_in_the_access_list_has_no_access_and_leaves_no_trace() {
            var fresh = ClientId.random(random);
            assertThat(join(fresh, Optional.empty(), Optional.empty())).isEqualTo(new NoAccess());
            await(store().grant(document, jon, Optional.of(Role.EDITOR)));
            assertThat(commit(birth, edit(new Writer(jon, laptop, fresh), 1))).isEqualTo(new ClientClosed(0));
        }

        @Test
        void a_grant_writes_a_role_where_there_is_none() {
            var before = await(store().access(document)).version();
            var result = (Joined) join(ClientId.random(random), Optional.empty(), Optional.of(Role.COMMENTER));
            assertThat(result.role()).isEqualTo(Role.COMMENTER);
            assertThat(result.aclVersion()).isGreaterThan(before);
            assertThat(await(store().access(document)))
                    .isEqualTo(
                            new Access(result.aclVersion(), "Minutes", Map.of(owner, Role.OWNER, jon, Role.COMMENTER)));
        }

        @Test
        void a_grant_changes_no_role_that_is_there() {
            await(store().grant(document, jon, Optional.of(Role.VIEWER)));
            var before = await(store().access(document));
            var result = (Joined) join(ClientId.random(random), Optional.empty(), Optional.of(Role.OWNER));
            assertThat(result.role()).isEqualTo(Role.VIEWER);
            assertThat(result.aclVersion()).isEqualTo(before.version());
            assertThat(await(store().access(document))).isEqualTo(before);
        }

        @Test
        void resuming_answers_the_last_seq_and_closes_the_old_id() {
            var old = new Writer(jon, laptop, joined());
            var head = commits(birth, edit(ownerJoins(), 1), edit(old, 1), edit(old, 2));
            var fresh = ClientId.random(random);
            var result = (Joined) join(fresh, Optional.of(old.client()), Optional.empty());
            assertThat(result.resumed()).isEqualTo(new Resumed.At(2, new Revision(3)));
            assertThat(commit(head, edit(old, 3))).isEqualTo(new ClientClosed(0));
            assertThat(commit(head, edit(new Writer(jon, laptop, fresh), 1))).isInstanceOf(Appended.class);
        }

        @Test
        void resuming_an_id_that_committed_nothing_answers_seq_0() {
            var result = (Joined) join(ClientId.random(random), Optional.of(joined()), Optional.empty());
            assertThat(result.resumed()).isEqualTo(new Resumed.At(0, Revision.ZERO));
        }

        @Test
        void the_same_join_again_gets_the_same_answer() {
            var old = new Writer(jon, laptop, joined());
            var head = commits(birth, edit(old, 1));
            var fresh = ClientId.random(random);
            var first = join(fresh, Optional.of(old.client()), Optional.empty());
            assertThat(join(fresh, Optional.of(old.client()), Optional.empty())).isEqualTo(first);
            assertThat(commit(head, edit(new Writer(jon, laptop, fresh), 1))).isInstanceOf(Appended.class);
        }

        @Test
        void a_client_id_of_another_person_or_device_is_unknown_and_stays_open() {
            var hers = ownerJoins();
            var elsewhere = joins(jon, DeviceId.random(random), Optional.of(Role.EDITOR));
            for (Writer other : List.of(hers, elsewhere)) {
                var result =
                        (Joined) join(ClientId.random(random), Optional.of(other.client()), Optional.of(Role.EDITOR));
                assertThat(result.resumed()).isEqualTo(new Resumed.Unknown());
            }
            assertThat(commit(birth, edit(hers, 1), edit(elsewhere, 1))).isInstanceOf(Appended.class);
        }

        @Test
        void a_client_id_of_another_document_or_of_nobody_is_unknown() {
            var other = DocumentId.random(random);
            await(store().create(other, epoch, "Other", owner));
            var there = ClientId.random(random);
            await(store().join(other, jon, laptop, there, Optional.empty(), Optional.of(Role.EDITOR)));
            for (ClientId foreign : List.of(there, ClientId.random(random))) {
                var result = (Joined) join(ClientId.random(random), Optional.of(foreign), Optional.of(Role.EDITOR));
                assertThat(result.resumed()).isEqualTo(new Resumed.Unknown());
            }
        }

        @Test
        void without_access_nothing_is_closed() {
            var old = new Writer(jon, laptop, joined());
            await(store().grant(document, jon, Optional.empty()));
            assertThat(join(ClientId.random(random), Optional.of(old.client()), Optional.empty()))
                    .isEqualTo(new NoAccess());
            await(store().grant(document, jon, Optional.of(Role.EDITOR)));
            assertThat(commit(birth, edit(old, 1))).isInstanceOf(Appended.class);
        }

        @Test
        void a_submission_that_races_with_a_resume_is_either_counted_or_refused() {
            var head = birth;
            var client = joined();
            for (int i = 0; i < 60; i++) {
                var old = new Writer(jon, laptop, client);
                client = ClientId.random(random);
                var from = head;
                var hanging = store().commit(document, RELAY, from, entries(from, edit(old, 1)));
                var resumed = store().join(document, jon, laptop, client, Optional.of(old.client()), Optional.empty());
                switch (await(hanging)) {
                    case Appended appended -> {
                        head = appended.head();
                        assertThat(((Joined) await(resumed)).resumed()).isEqualTo(new Resumed.At(1, head.revision()));
                    }
                    case ClientClosed _ ->
                        assertThat(((Joined) await(resumed)).resumed()).isEqualTo(new Resumed.At(0, Revision.ZERO));
                    case CommitResult other -> throw new AssertionError("unexpected " + other);
                }
            }
            assertThat(load().head()).isEqualTo(head);
        }
    }

    @Nested
    class Names {
        private final PersonId jon = PersonId.random(random);

        @BeforeEach
        void create() {
            createDocument();
        }

        private String titleAtJoin() {
            return ((Joined) await(store().join(
                                    document,
                                    owner,
                                    DeviceId.random(random),
                                    ClientId.random(random),
                                    Optional.empty(),
                                    Optional.empty())))
                    .title();
        }

        @Test
        void a_new_title_is_kept_with_a_newer_version_which_the_heads_tell() {
            var head = commits(birth, edit(ownerJoins(), 1));
            var before = await(store().access(document));
            assertThat(before.title()).isEqualTo("Minutes");
            assertThat(await(store().rename(document, owner, "Min\u00fctes \uD83D\uDE00 'n more")))
                    .isEqualTo(Renaming.RENAMED);
            var after = await(store().access(document));
            assertThat(after.title())
                    .isEqualTo("Min\u00fctes \uD83D\uDE00 'n more")
                    .isEqualTo(titleAtJoin());
            assertThat(after.version()).isGreaterThan(before.version());
            assertThat(after.roles()).isEqualTo(before.roles());
            assertThat(await(store().heads(List.of(document))))
                    .isEqualTo(Map.of(document, new HeadSeen(head, after.version())));
            assertThat(load().head()).isEqualTo(head);
        }

        @Test
        void the_same_title_again_is_no_news() {
            var before = await(store().access(document));
            assertThat(await(store().rename(document, owner, "Minutes"))).isEqualTo(Renaming.RENAMED);
            assertThat(await(store().access(document))).isEqualTo(before);
        }

        @Test
        void owners_and_editors_may_and_others_change_nothing() {
            for (Role role : Role.values()) {
                await(store().grant(document, jon, Optional.of(role)));
                var before = await(store().access(document));
                var result = await(store().rename(document, jon, "By a " + role));
                boolean may = role == Role.OWNER || role == Role.EDITOR;
                assertThat(result).as(role.word()).isEqualTo(may ? Renaming.RENAMED : Renaming.REFUSED);
                assertThat(await(store().access(document)).title()).isEqualTo(may ? "By a " + role : before.title());
            }
            var before = await(store().access(document));
            assertThat(await(store().rename(document, PersonId.random(random), "By a stranger")))
                    .isEqualTo(Renaming.ABSENT);
            assertThat(await(store().access(document))).isEqualTo(before);
        }
    }

    @Nested
    class Roles {
        private final PersonId jon = PersonId.random(random);

        @BeforeEach
        void create() {
            createDocument();
        }

        @Test
        void each_change_of_a_role_makes_a_newer_version_which_the_heads_tell() {
            long version = await(store().access(document)).version();
            assertThat(version).isPositive();
            for (var role : List.of(Optional.of(Role.VIEWER), Optional.of(Role.EDITOR), Optional.<Role>empty())) {
                assertThat(await(store().grant(document, jon, role))).isTrue();
                var access = await(store().access(document));
                assertThat(access.version()).isGreaterThan(version);
                assertThat(Optional.ofNullable(access.roles().get(jon))).isEqualTo(role);
                assertThat(await(store().heads(List.of(document))))
                        .isEqualTo(Map.of(document, new HeadSeen(birth, access.version())));
                version = access.version();
            }
        }

        @Test
        void heads_of_many_documents_come_together_without_the_absent() {
            var other = DocumentId.random(random);
            await(store().create(other, Epoch.random(random), "Other", jon));
            var head = commits(birth, edit(ownerJoins(), 1));
            var seen = await(store().heads(List.of(document, DocumentId.random(random), other)));
            assertThat(seen).containsOnlyKeys(document, other);
            assertThat(seen.get(document).head()).isEqualTo(head);
            assertThat(await(store().heads(List.of()))).isEmpty();
        }
    }
}
