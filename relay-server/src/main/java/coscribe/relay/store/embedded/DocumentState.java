package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.ClientRecord;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.embedded.DocumentRow.Sums;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the writer knows of one document. Log rows go to the database at once; head, clients and
/// roles that changed go there once for each transaction. Only on the writer's thread.
final class DocumentState {
    /// More than a document has writers at a time; beyond it what is not needed now is forgotten.
    private static final int CLIENTS = 512;

    private final Sql sql;
    private final DocumentId id;
    private final long key;
    private String title;
    private final Map<PersonId, Role> roles;
    private final Set<PersonId> authors;
    private final Map<ClientId, ClientRecord> clients = new LinkedHashMap<>(16, 0.75f, true);
    /// Those whose row is not as it ought to be, and the seal that it has; 0 where there is no row.
    private final Map<ClientId, Long> changedClients = new LinkedHashMap<>();
    private Head head;
    private long aclVersion;
    private Sums sums;
    private boolean changed;

    private DocumentState(Sql sql, DocumentId id, DocumentRow row) throws SQLException {
        this.sql = sql;
        this.id = id;
        this.key = row.key();
        this.title = row.title();
        this.head = row.head();
        this.aclVersion = row.aclVersion();
        this.roles = DocumentParts.roles(sql, id, row);
        this.authors = DocumentParts.authors(sql, id, row);
        this.sums = row.sums();
    }

    static Optional<DocumentState> find(Sql sql, DocumentId id) throws SQLException {
        var row = DocumentRow.find(sql, id);
        return row.isEmpty() ? Optional.empty() : Optional.of(new DocumentState(sql, id, row.get()));
    }

    DocumentId id() {
        return id;
    }

    long key() {
        return key;
    }

    String title() {
        return title;
    }

    Head head() {
        return head;
    }

    long aclVersion() {
        return aclVersion;
    }

    Optional<Role> role(PersonId person) {
        return Optional.ofNullable(roles.get(person));
    }

    LogRows log() {
        return new LogRows(sql, id, DocumentRow.of(key, id, title, head, aclVersion, sums));
    }

    /// A client id that ought to be known. Where it is not, that is not for a row that was lost.
    Optional<ClientRecord> client(ClientId client) throws SQLException {
        var found = clientOrNew(client);
        if (found.isEmpty()) {
            flush();
            DocumentParts.requireClients(sql, id, key, sums.clients());
        }
        return found;
    }

    Optional<ClientRecord> clientOrNew(ClientId client) throws SQLException {
        var known = clients.get(client);
        if (known != null) {
            return Optional.of(known);
        }
        var found = DocumentParts.client(sql, id, key, client);
        found.ifPresent(record -> clients.put(client, record));
        return found;
    }

    void putClient(ClientId client, ClientRecord record) {
        var before = clients.put(client, record);
        changedClients.putIfAbsent(client, before == null ? 0 : DocumentParts.clientSeal(key, client, before));
    }

    /// Whether it was forgotten: not one that is being changed.
    boolean forgetClient(ClientId client) throws SQLException {
        if (changedClients.containsKey(client)) {
            return false;
        }
        var found = DocumentParts.client(sql, id, key, client);
        if (found.isEmpty()) {
            return false;
        }
        sql.update("DELETE FROM client WHERE document = ? AND id = ?", key, client.hex());
        clients.remove(client);
        sums = new Sums(
                sums.roles(), sums.authors(), sums.clients() - DocumentParts.clientSeal(key, client, found.get()));
        changed = true;
        return true;
    }

    void setTitle(String wanted) {
        if (!wanted.equals(title)) {
            title = wanted;
            aclVersion++;
            changed = true;
        }
    }

    void setRole(PersonId person, Optional<Role> role) throws SQLException {
        var before = role(person);
        if (before.equals(role)) {
            return;
        }
        long seals = sums.roles() - before.map(known -> sealOf(person, known)).orElse(0L);
        if (role.isPresent()) {
            long seal = sealOf(person, role.get());
            sql.update(
                    "INSERT INTO role (document, person, role, seal) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT DO UPDATE SET role = excluded.role, seal = excluded.seal",
                    key,
                    person.hex(),
                    role.get().word(),
                    seal);
            roles.put(person, role.get());
            seals += seal;
        } else {
            sql.update("DELETE FROM role WHERE document = ? AND person = ?", key, person.hex());
            roles.remove(person);
        }
        sums = new Sums(seals, sums.authors(), sums.clients());
        aclVersion++;
        changed = true;
    }

    private long sealOf(PersonId person, Role role) {
        return DocumentParts.roleSeal(key, person.hex(), role.word());
    }

    void append(Entry entry, ClientRecord client) throws SQLException {
        var revision = head.revision().next();
        sql.update(
                "INSERT INTO log (document, revision, chain, bytes) VALUES (?, ?, ?, ?)",
                key,
                revision.number(),
                DocumentRow.bytes(entry.chain()),
                entry.bytes());
        if (authors.add(entry.author())) {
            var person = entry.author().hex();
            long seal = DocumentParts.authorSeal(key, person);
            sql.update("INSERT INTO author (document, person, seal) VALUES (?, ?, ?)", key, person, seal);
            sums = new Sums(sums.roles(), sums.authors() + seal, sums.clients());
        }
        putClient(entry.client(), client.committed(entry.seq(), revision));
        head = new Head(head.epoch(), revision, entry.chain());
        changed = true;
    }

    /// Writes what changed since the last call.
    void flush() throws SQLException {
        for (var client : changedClients.entrySet()) {
            write(client.getKey(), client.getValue());
        }
        changedClients.clear();
        if (changed) {
            DocumentRow.of(key, id, title, head, aclVersion, sums).update(sql);
            changed = false;
        }
        if (clients.size() > CLIENTS) {
            List<ClientId> eldest = new ArrayList<>(clients.keySet()).subList(0, clients.size() - CLIENTS);
            eldest.forEach(clients::remove);
        }
    }

    private void write(ClientId id, long sealBefore) throws SQLException {
        var client = clients.get(id);
        if (client == null) {
            throw new IllegalStateException("client " + id + " changed and was forgotten");
        }
        long seal = DocumentParts.clientSeal(key, id, client);
        sql.update(
                "INSERT INTO client (document, id, person, device, open, last_seq, last_revision, seal)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET open = excluded.open,"
                        + " last_seq = excluded.last_seq, last_revision = excluded.last_revision, seal = excluded.seal",
                key,
                id.hex(),
                client.person().hex(),
                client.device().hex(),
                client.open() ? 1L : 0L,
                client.lastSeq(),
                client.lastRevision().number(),
                seal);
        sums = new Sums(sums.roles(), sums.authors(), sums.clients() + seal - sealBefore);
        changed = true;
    }
}
