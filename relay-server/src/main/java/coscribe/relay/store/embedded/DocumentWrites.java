package coscribe.relay.store.embedded;

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
import coscribe.relay.store.ClientRecord;
import coscribe.relay.store.CommitCheck;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.DocumentStore.Creation;
import coscribe.relay.store.DocumentStore.Renaming;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult;
import coscribe.relay.store.LogCheck;
import coscribe.relay.store.embedded.Segments.Segment;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What changes documents, each method one atomic step of the transaction that is under way. Every
/// method checks first and writes then. Only on the writer's thread.
final class DocumentWrites {
    private static final Duration TURN = Duration.ofMillis(50);

    private final Sql sql;
    private final InstantSource clock;
    private final Shelves shelves;
    private final OldClients oldClients;
    private final int cachedDocuments;
    private final LinkedHashMap<DocumentId, DocumentState> documents = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<DocumentId, DocumentState> touched = new LinkedHashMap<>();
    private final Map<DocumentId, Turn> turns = new HashMap<>();

    private record Turn(String relay, Instant until) {}

    DocumentWrites(Sql sql, InstantSource clock, EmbeddedSettings settings) {
        this.sql = sql;
        this.clock = clock;
        this.shelves = new Shelves(sql);
        this.oldClients = new OldClients(sql);
        this.cachedDocuments = settings.cachedDocuments();
    }

    Creation create(DocumentId id, Epoch epoch, String title, PersonId owner) throws SQLException {
        if (document(id).isPresent()) {
            return Creation.EXISTED;
        }
        long key = 1 + sql.number("SELECT ifnull(max(key), 0) FROM document");
        DocumentRow.of(key, id, title, new Head(epoch, Revision.ZERO, ChainHash.START), 0, DocumentRow.Sums.NONE)
                .insert(sql);
        putSnapshot(sql, key, 0, ChainHash.START, CanonicalForm.of(Document.EMPTY));
        changing(id).orElseThrow().setRole(owner, Optional.of(Role.OWNER));
        shelves.use(owner, id, clock.instant());
        return Creation.CREATED;
    }

    JoinResult join(
            DocumentId id,
            PersonId person,
            DeviceId device,
            ClientId fresh,
            Optional<ClientId> resume,
            Optional<Role> grant)
            throws SQLException {
        var found = changing(id);
        if (found.isEmpty()) {
            return new JoinResult.NoAccess();
        }
        var document = found.get();
        var role = document.role(person).or(() -> grant);
        if (role.isEmpty()) {
            return new JoinResult.NoAccess();
        }
        var known = document.clientOrNew(fresh);
        if (known.isPresent() && !known.get().belongsTo(person, device)) {
            throw new IllegalArgumentException("client id " + fresh + " was issued to somebody else");
        }
        Resumed resumed = new Resumed.Nothing();
        if (resume.isPresent()) {
            var old = document.client(resume.get()).filter(client -> client.belongsTo(person, device));
            old.ifPresent(client -> document.putClient(resume.get(), client.closed()));
            resumed = old.map(ClientRecord::resumed).orElseGet(Resumed.Unknown::new);
        }
        document.setRole(person, role);
        if (known.isEmpty()) {
            document.putClient(fresh, ClientRecord.fresh(person, device));
        }
        shelves.use(person, id, clock.instant());
        return new JoinResult.Joined(document.title(), role.get(), document.aclVersion(), document.head(), resumed);
    }

    CommitResult commit(DocumentId id, String relay, Head expected, List<Entry> entries) throws SQLException {
        LogCheck.requireSound(expected, entries);
        var found = changing(id);
        if (found.isEmpty()) {
            return new CommitResult.Absent();
        }
        var document = found.get();
        var refusal = refusal(document, relay, expected, entries);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        for (Entry entry : entries) {
            document.append(entry, document.client(entry.client()).orElseThrow());
        }
        return new CommitResult.Appended(document.head());
    }

    private Optional<CommitResult> refusal(DocumentState document, String relay, Head expected, List<Entry> entries)
            throws SQLException {
        var held = turnOfAnother(document.id(), relay);
        if (held.isPresent()) {
            long left = Duration.between(clock.instant(), held.get().until()).toMillis();
            return Optional.of(new CommitResult.TurnTaken(Math.max(1, left)));
        }
        var head = document.head();
        if (!isOurs(document, expected)) {
            return Optional.of(new CommitResult.Forked(head));
        }
        var clients = new HashMap<ClientId, Optional<ClientRecord>>();
        for (Entry entry : entries) {
            clients.put(entry.client(), document.client(entry.client()));
        }
        var refusal =
                CommitCheck.refusal(entries, client -> clients.getOrDefault(client, Optional.empty()), document::role);
        if (refusal.isEmpty() && head.revision().isAfter(expected.revision())) {
            var missing =
                    document.log().read(expected.revision().number(), DocumentStore.MISSING_ENTRIES, Integer.MAX_VALUE);
            return Optional.of(new CommitResult.HeadMoved(head, missing));
        }
        return refusal;
    }

    private static boolean isOurs(DocumentState document, Head expected) throws SQLException {
        var head = document.head();
        return expected.equals(head)
                || (expected.epoch().equals(head.epoch())
                        && head.revision().isAfter(expected.revision())
                        && document.log().chainAt(expected.revision().number()).equals(expected.chain()));
    }

    boolean takeTurn(DocumentId id, String relay) throws SQLException {
        if (document(id).isEmpty() || turnOfAnother(id, relay).isPresent()) {
            return false;
        }
        turns.put(id, new Turn(relay, clock.instant().plus(TURN)));
        return true;
    }

    private Optional<Turn> turnOfAnother(DocumentId id, String relay) {
        if (turns.isEmpty()) {
            return Optional.empty();
        }
        var now = clock.instant();
        turns.values().removeIf(turn -> !now.isBefore(turn.until()));
        return Optional.ofNullable(turns.get(id)).filter(turn -> !turn.relay().equals(relay));
    }

    boolean grant(DocumentId id, PersonId person, Optional<Role> role) throws SQLException {
        var document = changing(id);
        if (document.isPresent()) {
            document.get().setRole(person, role);
        }
        return document.isPresent();
    }

    Renaming rename(DocumentId id, PersonId person, String title) throws SQLException {
        var document = changing(id);
        var role = document.flatMap(known -> known.role(person));
        if (role.isEmpty()) {
            return Renaming.ABSENT;
        }
        if (!role.get().atLeast(Role.EDITOR)) {
            return Renaming.REFUSED;
        }
        document.get().setTitle(title);
        return Renaming.RENAMED;
    }

    /// @return whether it was kept
    boolean keepSnapshot(DocumentId id, Revision revision, ChainHash chain, byte[] bytes) throws SQLException {
        var document = document(id);
        if (document.isEmpty()
                || !isOurs(document.get(), new Head(document.get().head().epoch(), revision, chain))) {
            return false;
        }
        long key = document.get().key();
        var kept = sql.first("SELECT revision FROM snapshot WHERE document = ?", row -> row.getLong(1), key);
        if (kept.isEmpty() || kept.get() >= revision.number()) {
            return false;
        }
        putSnapshot(sql, key, revision.number(), chain, bytes);
        return true;
    }

    /// Looks for old client ids, a step at a time.
    ///
    /// @param after  what the step before answered; empty: this is the first
    /// @return what the next one is to be told; empty: there is none now
    Optional<String> forgetOldClients(DocumentId id, String after) throws SQLException {
        var document = changing(id);
        var now = clock.instant();
        if (document.isEmpty() || (after.isEmpty() && !oldClients.begins(document.get(), now))) {
            return Optional.empty();
        }
        return oldClients.step(document.get(), after, now);
    }

    static void putSnapshot(Sql sql, long key, long revision, ChainHash chain, byte[] bytes) throws SQLException {
        sql.update(
                "INSERT INTO snapshot (document, revision, chain, sha256, bytes) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET revision = excluded.revision, chain = excluded.chain,"
                        + " sha256 = excluded.sha256, bytes = excluded.bytes",
                key,
                revision,
                DocumentRow.bytes(chain),
                DocumentReads.snapshotSum(key, revision, chain, bytes),
                bytes);
    }

    /// Puts a segment in the place of the single rows it was made of.
    ///
    /// @return whether those rows were all there
    boolean replaceRows(DocumentId id, Segment segment) throws SQLException {
        long key = document(id).orElseThrow().key();
        long count = segment.last() - segment.first() + 1;
        if (sql.number(
                        "SELECT count(*) FROM log WHERE document = ? AND revision BETWEEN ? AND ?",
                        key,
                        segment.first(),
                        segment.last())
                != count) {
            return false;
        }
        putSegment(sql, key, segment);
        sql.update(
                "DELETE FROM log WHERE document = ? AND revision BETWEEN ? AND ?",
                key,
                segment.first(),
                segment.last());
        return true;
    }

    static void putSegment(Sql sql, long key, Segment segment) throws SQLException {
        sql.update(
                "INSERT INTO segment (document, last, first, chain_before, chain, length, bytes)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                key,
                segment.last(),
                segment.first(),
                DocumentRow.bytes(segment.before()),
                DocumentRow.bytes(segment.chain()),
                segment.length(),
                segment.bytes());
    }

    private Optional<DocumentState> document(DocumentId id) throws SQLException {
        var known = documents.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        var found = DocumentState.find(sql, id);
        found.ifPresent(state -> documents.put(id, state));
        return found;
    }

    private Optional<DocumentState> changing(DocumentId id) throws SQLException {
        var found = document(id);
        found.ifPresent(state -> touched.put(id, state));
        return found;
    }

    /// Before a transaction ends: writes what was gathered.
    void flush() throws SQLException {
        for (DocumentState document : touched.values()) {
            document.flush();
        }
        touched.clear();
        while (documents.size() > cachedDocuments) {
            documents.pollFirstEntry();
        }
    }

    /// After a transaction failed: what is remembered is no longer what is kept.
    void forget() {
        documents.clear();
        touched.clear();
    }
}
