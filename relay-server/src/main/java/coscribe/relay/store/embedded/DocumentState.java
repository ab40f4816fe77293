package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.ClientRecord;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    private final String title;
    private final Map<PersonId, Role> roles;
    private final Set<PersonId> authors;
    private final Map<ClientId, ClientRecord> clients = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<ClientId, ClientRecord> changedClients = new LinkedHashMap<>();
    private Head head;
    private long aclVersion;
    private boolean changed;

    private DocumentState(Sql sql, DocumentId id, DocumentRow row) throws SQLException {
        this.sql = sql;
        this.id = id;
        this.key = row.key();
        this.title = row.title();
        this.head = row.head();
        this.aclVersion = row.aclVersion();
        this.roles = readRoles(sql, id, key);
        this.authors = readAuthors(sql, id, key);
    }

    static Optional<DocumentState> find(Sql sql, DocumentId id) throws SQLException {
        var row = DocumentRow.find(sql, id);
        return row.isEmpty() ? Optional.empty() : Optional.of(new DocumentState(sql, id, row.get()));
    }

    static Map<PersonId, Role> readRoles(Sql sql, DocumentId id, long key) throws SQLException {
        var roles = new HashMap<PersonId, Role>();
        sql.each(
                "SELECT person, role, seal FROM role WHERE document = ?",
                row -> {
                    var person = Sql.text(row, 1);
                    var role = Sql.text(row, 2);
                    requireSeal(id, row.getLong(3), "role", key, person, role);
                    roles.put(
                            new PersonId(person),
                            Role.ofWord(role).orElseThrow(() -> new DamagedDocumentException(id, "a role")));
                    return true;
                },
                key);
        return roles;
    }

    static Set<PersonId> readAuthors(Sql sql, DocumentId id, long key) throws SQLException {
        var authors = new HashSet<PersonId>();
        sql.each(
                "SELECT person, seal FROM author WHERE document = ?",
                row -> {
                    var person = Sql.text(row, 1);
                    requireSeal(id, row.getLong(2), "author", key, person);
                    return authors.add(new PersonId(person));
                },
                key);
        return authors;
    }

    private static void requireSeal(DocumentId id, long seal, String table, Object... values) {
        if (seal != Seal.of(table, values)) {
            throw new DamagedDocumentException(id, "a record of table " + table);
        }
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
        return new LogRows(sql, id, DocumentRow.of(key, id, title, head, aclVersion));
    }

    Optional<ClientRecord> client(ClientId client) throws SQLException {
        var known = clients.get(client);
        if (known != null) {
            return Optional.of(known);
        }
        var found = sql.first(
                "SELECT person, device, open, last_seq, last_revision, seal FROM client WHERE document = ? AND id = ?",
                row -> readClient(client, row),
                key,
                client.hex());
        found.ifPresent(record -> clients.put(client, record));
        return found;
    }

    private ClientRecord readClient(ClientId client, ResultSet row) throws SQLException {
        var person = Sql.text(row, 1);
        var device = Sql.text(row, 2);
        long open = row.getLong(3);
        long lastSeq = row.getLong(4);
        long lastRevision = row.getLong(5);
        requireSeal(id, row.getLong(6), "client", key, client.hex(), person, device, open, lastSeq, lastRevision);
        return new ClientRecord(
                new PersonId(person), new DeviceId(device), open == 1, lastSeq, new Revision(lastRevision));
    }

    void putClient(ClientId client, ClientRecord record) {
        clients.put(client, record);
        changedClients.put(client, record);
    }

    void setRole(PersonId person, Optional<Role> role) throws SQLException {
        if (role(person).equals(role)) {
            return;
        }
        if (role.isPresent()) {
            var word = role.get().word();
            sql.update(
                    "INSERT INTO role (document, person, role, seal) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT DO UPDATE SET role = excluded.role, seal = excluded.seal",
                    key,
                    person.hex(),
                    word,
                    Seal.of("role", key, person.hex(), word));
            roles.put(person, role.get());
        } else {
            sql.update("DELETE FROM role WHERE document = ? AND person = ?", key, person.hex());
            roles.remove(person);
        }
        aclVersion++;
        changed = true;
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
            sql.update(
                    "INSERT INTO author (document, person, seal) VALUES (?, ?, ?)",
                    key,
                    person,
                    Seal.of("author", key, person));
        }
        putClient(entry.client(), client.committed(entry.seq(), revision));
        head = new Head(head.epoch(), revision, entry.chain());
        changed = true;
    }

    /// Writes what changed since the last call.
    void flush() throws SQLException {
        if (changed) {
            DocumentRow.of(key, id, title, head, aclVersion).update(sql);
            changed = false;
        }
        for (var client : changedClients.entrySet()) {
            write(client.getKey(), client.getValue());
        }
        changedClients.clear();
        if (clients.size() > CLIENTS) {
            List<ClientId> eldest = new ArrayList<>(clients.keySet()).subList(0, clients.size() - CLIENTS);
            eldest.forEach(clients::remove);
        }
    }

    private void write(ClientId client, ClientRecord record) throws SQLException {
        long open = record.open() ? 1 : 0;
        sql.update(
                "INSERT INTO client (document, id, person, device, open, last_seq, last_revision, seal)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET open = excluded.open,"
                        + " last_seq = excluded.last_seq, last_revision = excluded.last_revision, seal = excluded.seal",
                key,
                client.hex(),
                record.person().hex(),
                record.device().hex(),
                open,
                record.lastSeq(),
                record.lastRevision().number(),
                Seal.of(
                        "client",
                        key,
                        client.hex(),
                        record.person().hex(),
                        record.device().hex(),
                        open,
                        record.lastSeq(),
                        record.lastRevision().number()));
    }
}
