package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.ClientRecord;
import coscribe.relay.store.DamagedDocumentException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rows that belong to a document: who may do what, who wrote, which clients there are. What
/// does not verify, or is not all there, is a {@link DamagedDocumentException}.
final class DocumentParts {
    private DocumentParts() {}

    static Map<PersonId, Role> roles(Sql sql, DocumentId id, DocumentRow document) throws SQLException {
        var roles = new HashMap<PersonId, Role>();
        var sum = new Sum(id, "role");
        sql.each(
                "SELECT person, role, seal FROM role WHERE document = ?",
                row -> {
                    var person = Sql.text(row, 1);
                    var word = Sql.text(row, 2);
                    sum.add(row.getLong(3), roleSeal(document.key(), person, word));
                    var role = Role.ofWord(word).orElseThrow(() -> new DamagedDocumentException(id, "a role"));
                    roles.put(new PersonId(person), role);
                    return true;
                },
                document.key());
        sum.require(document.sums().roles());
        return roles;
    }

    /// One person's role; empty: none. That a row is missing is not noticed.
    static Optional<Role> role(Sql sql, DocumentId id, long key, PersonId person) throws SQLException {
        var sum = new Sum(id, "role");
        return sql.first(
                "SELECT role, seal FROM role WHERE document = ? AND person = ?",
                row -> {
                    var word = Sql.text(row, 1);
                    sum.add(row.getLong(2), roleSeal(key, person.hex(), word));
                    return Role.ofWord(word).orElseThrow(() -> new DamagedDocumentException(id, "a role"));
                },
                key,
                person.hex());
    }

    static long roleSeal(long key, String person, String word) {
        return Seal.of("role", key, person, word);
    }

    static Set<PersonId> authors(Sql sql, DocumentId id, DocumentRow document) throws SQLException {
        var authors = new HashSet<PersonId>();
        var sum = new Sum(id, "author");
        sql.each(
                "SELECT person, seal FROM author WHERE document = ?",
                row -> {
                    var person = Sql.text(row, 1);
                    sum.add(row.getLong(2), authorSeal(document.key(), person));
                    return authors.add(new PersonId(person));
                },
                document.key());
        sum.require(document.sums().authors());
        return authors;
    }

    static long authorSeal(long key, String person) {
        return Seal.of("author", key, person);
    }

    private static final String CLIENT = "SELECT id, person, device, open, last_seq, last_revision, seal FROM client";

    static Optional<ClientRecord> client(Sql sql, DocumentId id, long key, ClientId client) throws SQLException {
        return sql.first(
                CLIENT + " WHERE document = ? AND id = ?",
                row -> readClient(row, key, new Sum(id, "client")),
                key,
                client.hex());
    }

    /// Every client id that was ever issued is there.
    ///
    /// @param expected  the sum of their seals
    static void requireClients(Sql sql, DocumentId id, long key, long expected) throws SQLException {
        var sum = new Sum(id, "client");
        sql.each(
                CLIENT + " WHERE document = ?",
                row -> {
                    var _ = readClient(row, key, sum);
                    return true;
                },
                key);
        sum.require(expected);
    }

    /// All of them, by id.
    static Map<ClientId, ClientRecord> clients(Sql sql, DocumentId id, DocumentRow document) throws SQLException {
        var clients = new HashMap<ClientId, ClientRecord>();
        var sum = new Sum(id, "client");
        sql.each(
                CLIENT + " WHERE document = ?",
                row -> {
                    clients.put(new ClientId(Sql.text(row, 1)), readClient(row, document.key(), sum));
                    return true;
                },
                document.key());
        sum.require(document.sums().clients());
        return clients;
    }

    private static ClientRecord readClient(ResultSet row, long key, Sum sum) throws SQLException {
        var id = Sql.text(row, 1);
        var person = Sql.text(row, 2);
        var device = Sql.text(row, 3);
        long open = row.getLong(4);
        long lastSeq = row.getLong(5);
        long lastRevision = row.getLong(6);
        sum.add(row.getLong(7), Seal.of("client", key, id, person, device, open, lastSeq, lastRevision));
        return new ClientRecord(
                new PersonId(person), new DeviceId(device), open == 1, lastSeq, new Revision(lastRevision));
    }

    static long clientSeal(long key, ClientId id, ClientRecord client) {
        return Seal.of(
                "client",
                key,
                id.hex(),
                client.person().hex(),
                client.device().hex(),
                client.open() ? 1L : 0L,
                client.lastSeq(),
                client.lastRevision().number());
    }

    /// Adds up the seals of a table's rows, each of which must be right.
    private static final class Sum {
        private final DocumentId document;
        private final String table;
        private long total;

        Sum(DocumentId document, String table) {
            this.document = document;
            this.table = table;
        }

        void add(long seal, long expected) {
            if (seal != expected) {
                throw new DamagedDocumentException(document, "a row of table " + table);
            }
            total += seal;
        }

        void require(long expected) {
            if (total != expected) {
                throw new DamagedDocumentException(document, "a row of table " + table + " is missing");
            }
        }
    }
}
