package coscribe.relay.store.memory;

import coscribe.ot.document.CanonicalForm;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.relay.store.ClientRecord;
import coscribe.relay.store.CommitCheck;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.DocumentStore.Access;
import coscribe.relay.store.DocumentStore.HeadSeen;
import coscribe.relay.store.DocumentStore.Renaming;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.JoinResult;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogCheck;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One document. Guarded by the store's lock.
final class MemoryDocument {
    static final Duration TURN = Duration.ofMillis(50);

    private final DocumentId id;
    private String title;
    private final Map<PersonId, Role> roles = new LinkedHashMap<>();
    private final Map<ClientId, ClientRecord> clients = new HashMap<>();
    private final Set<PersonId> authors = new LinkedHashSet<>();
    private long aclVersion = 1;
    private Optional<Turn> turn = Optional.empty();
    private Head head;
    /// Where the log begins: nothing before it is kept.
    private Head start;
    /// Commits after `start` by revision, dense; open to tests that damage it.
    final TreeMap<Long, LogEntry> log = new TreeMap<>();
    /// Empty only where a test took it away.
    Optional<LoadResult.Snapshot> snapshot;
    private int snapshotSum;

    private record Turn(String relay, Instant until) {}

    MemoryDocument(DocumentId id, Epoch epoch, String title, PersonId owner) {
        this.id = id;
        this.title = title;
        this.head = new Head(epoch, Revision.ZERO, ChainHash.START);
        this.start = head;
        var bytes = CanonicalForm.of(Document.EMPTY);
        this.snapshot = Optional.of(new LoadResult.Snapshot(Revision.ZERO, ChainHash.START, bytes));
        this.snapshotSum = Arrays.hashCode(bytes);
        roles.put(owner, Role.OWNER);
    }

    /// As it was kept elsewhere, with its whole log.
    MemoryDocument(HeldDocument held, List<LogEntry> entries, Set<PersonId> authors, byte[] content) {
        this.id = held.id();
        this.title = held.access().title();
        this.head = held.head();
        this.start = new Head(held.head().epoch(), Revision.ZERO, ChainHash.START);
        this.snapshot = Optional.of(new LoadResult.Snapshot(head.revision(), head.chain(), content));
        this.snapshotSum = Arrays.hashCode(content);
        this.aclVersion = held.access().version();
        roles.putAll(held.roles());
        clients.putAll(held.clients());
        this.authors.addAll(authors);
        entries.forEach(entry -> log.put(entry.revision().number(), entry));
    }

    HeldDocument held() {
        return new HeldDocument(id, head, access(), clients);
    }

    JoinResult join(PersonId person, DeviceId device, ClientId fresh, Optional<ClientId> resume, Optional<Role> grant) {
        var role = Optional.ofNullable(roles.get(person)).or(() -> grant);
        if (role.isEmpty()) {
            return new JoinResult.NoAccess();
        }
        var known = clients.get(fresh);
        if (known != null && !known.belongsTo(person, device)) {
            throw new IllegalArgumentException("client id " + fresh + " was issued to somebody else");
        }
        setRole(person, role);
        clients.putIfAbsent(fresh, ClientRecord.fresh(person, device));
        var resumed = resume.map(old -> close(old, person, device)).orElseGet(Resumed.Nothing::new);
        return new JoinResult.Joined(title, role.get(), aclVersion, head, resumed);
    }

    private Resumed close(ClientId old, PersonId person, DeviceId device) {
        var client = clients.get(old);
        if (client == null || !client.belongsTo(person, device)) {
            return new Resumed.Unknown();
        }
        clients.put(old, client.closed());
        return client.resumed();
    }

    CommitResult commit(String relay, Head expected, List<Entry> entries, Instant now) {
        LogCheck.requireSound(expected, entries);
        var refusal = refusal(relay, expected, entries, now);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        for (Entry entry : entries) {
            var revision = head.revision().next();
            log.put(revision.number(), new LogEntry(revision, entry.chain(), entry.bytes()));
            head = new Head(head.epoch(), revision, entry.chain());
            clients.computeIfPresent(entry.client(), (_, client) -> client.committed(entry.seq(), revision));
            authors.add(entry.author());
        }
        return new CommitResult.Appended(head);
    }

    private Optional<CommitResult> refusal(String relay, Head expected, List<Entry> entries, Instant now) {
        var held = turn.filter(t -> now.isBefore(t.until()) && !t.relay().equals(relay));
        if (held.isPresent()) {
            long left = Duration.between(now, held.get().until()).toMillis();
            return Optional.of(new CommitResult.TurnTaken(Math.max(1, left)));
        }
        if (!isOurs(expected)) {
            return Optional.of(new CommitResult.Forked(head));
        }
        var refusal = CommitCheck.refusal(
                entries,
                client -> Optional.ofNullable(clients.get(client)),
                person -> Optional.ofNullable(roles.get(person)));
        if (refusal.isEmpty() && head.revision().isAfter(expected.revision())) {
            var missing = slice(expected.revision(), DocumentStore.MISSING_ENTRIES);
            LogCheck.requireDense(id, expected.revision(), expected.chain(), missing);
            return Optional.of(new CommitResult.HeadMoved(head, missing));
        }
        return refusal;
    }

    /// Where the log no longer reaches back so far it cannot be told, and the relay has to read
    /// again all the same.
    private boolean isOurs(Head expected) {
        return expected.epoch().equals(head.epoch())
                && !expected.revision().isAfter(head.revision())
                && !start.revision().isAfter(expected.revision())
                && chainAt(expected.revision()).equals(expected.chain());
    }

    private ChainHash chainAt(Revision revision) {
        if (revision.equals(head.revision())) {
            return head.chain();
        }
        if (revision.equals(start.revision())) {
            return start.chain();
        }
        return slice(new Revision(revision.number() - 1), 1).getFirst().chain();
    }

    /// The commits after `after`, at most `maxEntries`; all that there must be.
    private List<LogEntry> slice(Revision after, int maxEntries) {
        long last = Math.min(head.revision().number(), after.number() + maxEntries);
        var entries = List.copyOf(log.subMap(after.number(), false, last, true).values());
        if (entries.size() != last - after.number()) {
            throw new DamagedDocumentException(id, "a commit after revision " + after + " is missing");
        }
        return entries;
    }

    LoadResult load() {
        var kept = snapshot.orElseThrow(() -> new DamagedDocumentException(id, "the snapshot is missing"));
        if (Arrays.hashCode(kept.bytes()) != snapshotSum) {
            throw new DamagedDocumentException(id, "the snapshot is not what was stored");
        }
        var tail = slice(kept.revision(), Integer.MAX_VALUE);
        LogCheck.requireUpToHead(id, kept.revision(), kept.chain(), tail, head);
        return new LoadResult.Loaded(head, kept, tail, authors);
    }

    ReadResult read(Revision after, int maxEntries, int maxBytes) {
        if (after.isAfter(head.revision()) || start.revision().isAfter(after)) {
            return new ReadResult.OutOfReach(head);
        }
        var entries = new ArrayList<LogEntry>();
        long bytes = 0;
        for (LogEntry entry : slice(after, Math.max(1, maxEntries))) {
            bytes += entry.bytes().length;
            if (bytes > maxBytes && !entries.isEmpty()) {
                break;
            }
            entries.add(entry);
        }
        LogCheck.requireDense(id, after, chainAt(after), entries);
        return new ReadResult.Entries(head, entries);
    }

    boolean takeTurn(String relay, Instant now) {
        if (turn.filter(t -> now.isBefore(t.until()) && !t.relay().equals(relay))
                .isPresent()) {
            return false;
        }
        turn = Optional.of(new Turn(relay, now.plus(TURN)));
        return true;
    }

    void keepSnapshot(Revision revision, ChainHash chain, byte[] bytes) {
        boolean newer = snapshot.isPresent() && revision.isAfter(snapshot.get().revision());
        if (newer && isOurs(new Head(head.epoch(), revision, chain))) {
            snapshot = Optional.of(new LoadResult.Snapshot(revision, chain, bytes));
            snapshotSum = Arrays.hashCode(bytes);
        }
    }

    Optional<Revision> snapshotRevision() {
        return snapshot.map(LoadResult.Snapshot::revision);
    }

    /// Forgets commits as a retention period does; never what is needed to load.
    void trim(Revision upTo) {
        var end = snapshot.isPresent() && upTo.isAfter(snapshot.get().revision())
                ? snapshot.get().revision()
                : upTo;
        if (end.isAfter(start.revision())) {
            var newStart = new Head(head.epoch(), end, chainAt(end));
            log.headMap(end.number(), true).clear();
            start = newStart;
        }
    }

    HeadSeen seen() {
        return new HeadSeen(head, aclVersion);
    }

    Access access() {
        return new Access(aclVersion, title, roles);
    }

    Optional<ListedDocument> listed(PersonId person, long usedAtMillis) {
        return Optional.ofNullable(roles.get(person)).map(role -> new ListedDocument(id, title, role, usedAtMillis));
    }

    Renaming rename(PersonId person, String wanted) {
        var role = Optional.ofNullable(roles.get(person));
        if (role.isEmpty()) {
            return Renaming.ABSENT;
        }
        if (!role.get().atLeast(Role.EDITOR)) {
            return Renaming.REFUSED;
        }
        if (!wanted.equals(title)) {
            title = wanted;
            aclVersion++;
        }
        return Renaming.RENAMED;
    }

    void setRole(PersonId person, Optional<Role> role) {
        var before = Optional.ofNullable(roles.get(person));
        if (!before.equals(role)) {
            role.ifPresentOrElse(r -> roles.put(person, r), () -> roles.remove(person));
            aclVersion++;
        }
    }
}
