package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.document.CanonicalForm;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Invite;
import coscribe.relay.store.PeopleStore.Redemption;
import coscribe.relay.store.PeopleStore.Rotation;
import coscribe.relay.store.PeopleStore.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every {@link Holdings} must do: what is read from one store and written to another is the
/// same there. Each test begins with two empty stores.
public abstract class HoldingsContract extends DocumentStoreFixture {
    private static final String HERE = "here";
    private static final String THERE = "there";
    private static final int DOCUMENTS = 1_200;
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    /// An open store.
    public record Place(DocumentStore documents, PeopleStore people, Holdings holdings, Runnable close) {}

    private Place here;
    private Place there;

    /// Opens a store of this name; what it holds stays from one opening to the next.
    protected abstract Place open(String name);

    /// Before a test: takes away what a store of this name holds.
    protected void empty(String name) {}

    @BeforeEach
    void openBoth() {
        empty(HERE);
        empty(THERE);
        here = open(HERE);
        there = open(THERE);
    }

    @AfterEach
    void closeBoth() {
        here.close().run();
        there.close().run();
    }

    protected final Place here() {
        return here;
    }

    /// Another store, for 100 commits to stay single there.
    protected final Place there() {
        return there;
    }

    /// Closes that one, looks at it, and opens it again.
    protected final void whileClosedThere(Consumer<String> look) {
        there.close().run();
        look.accept(THERE);
        there = open(THERE);
    }

    @Override
    protected final DocumentStore store() {
        return here().documents();
    }

    @Override
    protected final void elapse(Duration duration) {
        throw new UnsupportedOperationException("nothing expires here");
    }

    @Override
    protected final void damage(DocumentId id, Damage damage) {
        throw new UnsupportedOperationException("nothing is damaged here");
    }

    private static Set<DocumentId> ids(Holdings holdings) {
        var ids = new HashSet<DocumentId>();
        var after = Optional.of("");
        while (after.isPresent()) {
            var page = await(holdings.documents(after.get()));
            ids.addAll(page.ids());
            after = page.next();
        }
        return ids;
    }

    @Test
    void every_document_is_named() {
        assertThat(ids(here().holdings())).isEmpty();
        var made = new HashSet<DocumentId>();
        var asked = new ArrayList<CompletionStage<DocumentStore.Creation>>();
        for (int i = 0; i < DOCUMENTS; i++) {
            var id = DocumentId.random(random);
            made.add(id);
            asked.add(store().create(id, Epoch.random(random), "Plan " + i, owner));
        }
        asked.forEach(DocumentStoreFixture::await);

        assertThat(ids(here().holdings())).isEqualTo(made);
    }

    @Test
    void a_document_is_told_with_its_roles_and_clients() {
        assertThat(await(here().holdings().document(document))).isEmpty();
        createDocument();
        var writer = ownerJoins();
        var closed = joins(Role.COMMENTER);
        var again = resumes(closed);
        var head = writes(birth, writer, 1, 3);

        var held = await(here().holdings().document(document)).orElseThrow();

        assertThat(held.head()).isEqualTo(head);
        assertThat(held.access()).isEqualTo(await(store().access(document)));
        assertThat(held.clients())
                .containsOnly(
                        Map.entry(writer.client(), new ClientRecord(owner, writer.device(), true, 3, new Revision(3))),
                        Map.entry(
                                closed.client(),
                                ClientRecord.fresh(closed.person(), closed.device())
                                        .closed()),
                        Map.entry(again.client(), ClientRecord.fresh(closed.person(), closed.device())));
    }

    @Test
    protected void a_document_that_is_put_elsewhere_goes_on_there() {
        createDocument();
        var writer = ownerJoins();
        var head = writes(birth, writer, 1, 700);
        var held = await(here().holdings().document(document)).orElseThrow();
        var content = CanonicalForm.of(Document.EMPTY);
        var log = wholeLog(256);

        put(held, log, content);

        var target = there().documents();
        var loaded = (LoadResult.Loaded) await(target.load(document));
        assertThat(loaded.head()).isEqualTo(head);
        assertThat(loaded.snapshot().bytes()).isEqualTo(content);
        assertThat(loaded.snapshot().revision()).isEqualTo(head.revision());
        assertThat(loaded.tail()).isEmpty();
        assertThat(loaded.authors()).containsExactly(owner);
        assertThat(logOf(target)).isEqualTo(log);
        assertThat(await(there().holdings().document(document))).contains(held);
        // What was committed there is known here, and what comes next is taken.
        assertThat(await(target.commit(document, RELAY, head, entries(head, edit(writer, 700)))))
                .isEqualTo(new CommitResult.Duplicate(0, head.revision()));
        assertThat(await(target.commit(document, RELAY, head, entries(head, edit(writer, 701)))))
                .isInstanceOf(CommitResult.Appended.class);
        assertThat(logOf(target)).hasSize(701);
    }

    private void put(HeldDocument held, List<LogEntry> log, byte[] content) {
        var chain = ChainHash.START;
        for (int from = 0; from < log.size(); from += Holdings.RUN_COMMITS) {
            var run = log.subList(from, Math.min(log.size(), from + Holdings.RUN_COMMITS));
            await(done(there().holdings().putLog(held, chain, run)));
            chain = run.getLast().chain();
        }
        assertThat(await(there().holdings().document(held.id()))).isEmpty();
        await(done(there().holdings().putDocument(held, Map.of(owner, new Revision(1)), content)));
    }

    protected static CompletionStage<Boolean> done(CompletionStage<Void> stage) {
        return stage.thenApply(_ -> true);
    }

    private List<LogEntry> logOf(DocumentStore store) {
        var log = new ArrayList<LogEntry>();
        while (true) {
            var read = (ReadResult.Entries) await(store.read(document, new Revision(log.size()), 300, 1 << 20));
            if (read.entries().isEmpty()) {
                return log;
            }
            log.addAll(read.entries());
        }
    }

    @Test
    void two_documents_that_are_put_by_turns_do_not_mix() {
        var heads = new ArrayList<HeldDocument>();
        var logs = new ArrayList<List<LogEntry>>();
        for (int i = 0; i < 2; i++) {
            var id = DocumentId.random(random);
            var writer = new Writer(owner, DeviceId.random(random), coscribe.ot.protocol.ClientId.random(random));
            var birth = new Head(Epoch.random(random), Revision.ZERO, ChainHash.START);
            var log = logged(birth, entries(birth, edit(writer, 1), edit(writer, 2)));
            var access = new DocumentStore.Access(1, "Plan " + i, Map.of(owner, Role.OWNER));
            heads.add(new HeldDocument(
                    id, new Head(birth.epoch(), new Revision(2), log.getLast().chain()), access, Map.of()));
            logs.add(log);
        }
        for (int i = 0; i < 2; i++) {
            await(done(there().holdings().putLog(heads.get(i), ChainHash.START, logs.get(i))));
        }
        for (var held : heads) {
            await(done(there().holdings()
                    .putDocument(held, Map.of(owner, new Revision(1)), CanonicalForm.of(Document.EMPTY))));
        }
        for (int i = 0; i < 2; i++) {
            var read = (ReadResult.Entries)
                    await(there().documents().read(heads.get(i).id(), Revision.ZERO, 9, 1 << 20));
            assertThat(read.entries()).isEqualTo(logs.get(i));
        }
    }

    @Test
    void a_list_is_put_as_it_was() {
        createDocument();
        var held = await(here().holdings().document(document)).orElseThrow();
        await(done(there().holdings().putDocument(held, Map.of(), CanonicalForm.of(Document.EMPTY))));
        await(done(there().holdings().putUse(owner, document, NOON)));

        assertThat(await(there().documents().list(owner, Optional.empty(), 9)).documents())
                .containsExactly(new ListedDocument(document, "Minutes", Role.OWNER, NOON.toEpochMilli()));
    }

    @Test
    void people_who_are_put_elsewhere_are_the_same_there() {
        var jon = PersonId.random(random);
        var laptop = DeviceId.random(random);
        var phone = DeviceId.random(random);
        var relay = RelayId.random(random);
        var secret = new byte[32];
        random.nextBytes(secret);
        var people = here().people();
        var first = await(people.identity(relay, secret));
        var account = new Account(owner, "Mära \"O'Neil\"\t🖋", Standing.ADMIN, false, 7);
        await(done(people.putAccount(account)));
        await(done(people.putAccount(new Account(jon, "Jon", Standing.GUEST, true, 0))));
        var later = NOON.plus(Duration.ofDays(20_000)); // the stores' clocks may say anything
        await(done(people.putDevice(laptop, owner, hash("1"), later)));
        assertThat(await(people.rotate(hash("1"), hash("2"), NOON, later))).isInstanceOf(Rotation.Rotated.class);
        await(done(people.putDevice(phone, owner, hash("3"), later)));
        await(done(people.putInvite(new Invite(hash("4"), new Grants.InDocument(document, Role.EDITOR), later, 2))));
        await(done(people.putInvite(new Invite(hash("5"), new Grants.AtRelay(Standing.MEMBER), later, 1))));
        var redeemed = await(people.redeem(hash("4"), laptop, jon, NOON));

        await(done(there().holdings().putPeople(await(here().holdings().people()))));

        var target = there().people();
        var identity = await(target.identity(RelayId.random(random), new byte[32]));
        assertThat(identity.relay()).isEqualTo(first.relay());
        assertThat(identity.tokenSecret()).isEqualTo(first.tokenSecret());
        assertThat(await(target.account(owner))).contains(account);
        assertThat(await(target.account(jon)).orElseThrow().disabled()).isTrue();
        assertThat(await(target.hasAdmin())).isTrue();
        // Its answer may have been lost before the backup: the credential before is still taken.
        assertThat(await(target.rotate(hash("1"), hash("6"), NOON.plusSeconds(5), later)))
                .isEqualTo(new Rotation.Rotated(laptop, owner));
        assertThat(await(target.rotate(hash("3"), hash("7"), NOON, later)))
                .isEqualTo(new Rotation.Rotated(phone, owner));
        assertThat(await(target.redeem(hash("4"), laptop, owner, NOON))).isEqualTo(redeemed);
        assertThat(await(target.redeem(hash("4"), phone, owner, NOON)))
                .isEqualTo(new Redemption.Redeemed(owner, new Grants.InDocument(document, Role.EDITOR)));
        assertThat(await(target.redeem(hash("4"), DeviceId.random(random), owner, NOON)))
                .isEqualTo(new Redemption.UsedUp());
        assertThat(await(target.redeem(hash("5"), phone, owner, NOON)))
                .isEqualTo(new Redemption.Redeemed(owner, new Grants.AtRelay(Standing.MEMBER)));
    }

    private static String hash(String digit) {
        return digit.repeat(64);
    }

    @Test
    void what_is_cleared_is_gone() {
        createDocument();
        var writer = ownerJoins();
        writes(birth, writer, 1, 3);
        var secret = new byte[32];
        await(here().people().identity(RelayId.random(random), secret));
        await(done(here().people().putAccount(new Account(owner, "Mara", Standing.ADMIN, false, 0))));

        await(done(here().holdings().clear()));

        assertThat(ids(here().holdings())).isEmpty();
        assertThat(await(store().load(document))).isEqualTo(new LoadResult.Absent());
        assertThat(await(here().holdings().people()))
                .isEqualTo(new HeldPeople(Optional.empty(), List.of(), List.of(), List.of()));
        assertThat(await(store().list(owner, Optional.empty(), 9)).documents()).isEmpty();
        createDocument(); // nothing is in the way
        ownerJoins();
    }
}
