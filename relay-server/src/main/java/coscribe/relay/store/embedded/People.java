package coscribe.relay.store.embedded;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.HeldPeople;
import coscribe.relay.store.HeldPeople.HeldInvite;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Identity;
import coscribe.relay.store.PeopleStore.Invite;
import coscribe.relay.store.PeopleStore.Redemption;
import coscribe.relay.store.PeopleStore.Rotation;
import coscribe.relay.store.PeopleStore.Standing;
import coscribe.relay.store.StoreUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Accounts, devices and invites as rows; moments as milliseconds since 1970. On the thread of the
/// connection it is given.
final class People {
    private static final String NONE = "";
    private final Sql sql;

    /// @param previous  the credential before the newest, accepted until `previousUntil`; empty:
    ///         none
    private record Device(String id, String person, String newest, long expires, String previous, long previousUntil) {
        static Device read(ResultSet row) throws SQLException {
            var device = new Device(
                    Sql.text(row, 1),
                    Sql.text(row, 2),
                    Sql.text(row, 3),
                    row.getLong(4),
                    Sql.text(row, 5),
                    row.getLong(6));
            requireSeal(row.getLong(7), device.seal(), "device");
            return device;
        }

        static Device of(HeldPeople.Device held) {
            return new Device(
                    held.id().hex(),
                    held.person().hex(),
                    held.newest(),
                    held.expires().toEpochMilli(),
                    held.before().orElse(NONE),
                    held.beforeUntil().toEpochMilli());
        }

        HeldPeople.Device held() {
            return new HeldPeople.Device(
                    new DeviceId(id),
                    new PersonId(person),
                    newest,
                    Instant.ofEpochMilli(expires),
                    Optional.of(previous).filter(hash -> !hash.equals(NONE)),
                    Instant.ofEpochMilli(previousUntil));
        }

        long seal() {
            return Seal.of("device", id, person, newest, expires, previous, previousUntil);
        }

        void put(Sql sql) throws SQLException {
            sql.update(
                    "INSERT OR REPLACE INTO device (id, person, newest, expires, previous, previous_until, seal)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    id,
                    person,
                    newest,
                    expires,
                    previous,
                    previousUntil,
                    seal());
            sql.update("INSERT INTO credential (hash, device, expires) VALUES (?, ?, ?)", newest, id, expires);
        }
    }

    People(Sql sql) {
        this.sql = sql;
    }

    private static void requireSeal(long seal, long expected, String table) {
        if (seal != expected) {
            throw new StoreUnavailableException("a record of table " + table + " does not verify: restore a backup");
        }
    }

    /// Every record verifies: one whose key is damaged would not be found, which must mean that
    /// nobody wrote it.
    void requireSealed() throws SQLException {
        sql.each("SELECT id, name, standing, disabled, token_version, seal FROM account", row -> {
            var _ = readAccount(row);
            return true;
        });
        sql.each("SELECT id, person, newest, expires, previous, previous_until, seal FROM device", row -> {
            var _ = Device.read(row);
            return true;
        });
        sql.each("SELECT code, document, grants, expires, uses, seal FROM invite", row -> {
            var _ = readInvite(row);
            return true;
        });
        sql.each("SELECT code, device, person, seal FROM redemption", row -> {
            var _ = readRedemption(row);
            return true;
        });
    }

    Identity identity(RelayId candidate, byte[] secret) throws SQLException {
        var known = identity();
        if (known.isPresent()) {
            return known.get();
        }
        sql.update(
                "INSERT INTO identity (id, relay, secret, seal) VALUES (0, ?, ?, ?)",
                candidate.hex(),
                secret,
                Seal.of("identity", candidate.hex(), secret));
        return new Identity(candidate, secret);
    }

    private Optional<Identity> identity() throws SQLException {
        return sql.first("SELECT relay, secret, seal FROM identity WHERE id = 0", row -> {
            requireSeal(row.getLong(3), Seal.of("identity", Sql.text(row, 1), Sql.bytes(row, 2)), "identity");
            return new Identity(new RelayId(Sql.text(row, 1)), Sql.bytes(row, 2));
        });
    }

    Optional<Account> account(PersonId person) throws SQLException {
        return sql.first(
                "SELECT id, name, standing, disabled, token_version, seal FROM account WHERE id = ?",
                People::readAccount,
                person.hex());
    }

    private static Account readAccount(ResultSet row) throws SQLException {
        requireSeal(
                row.getLong(6),
                Seal.of(
                        "account",
                        Sql.text(row, 1),
                        Sql.text(row, 2),
                        Sql.text(row, 3),
                        row.getLong(4),
                        row.getLong(5)),
                "account");
        return new Account(
                new PersonId(Sql.text(row, 1)),
                Sql.text(row, 2),
                Standing.valueOf(Sql.text(row, 3)),
                row.getLong(4) == 1,
                row.getLong(5));
    }

    boolean putAccount(Account account) throws SQLException {
        long disabled = account.disabled() ? 1 : 0;
        var standing = account.standing().name();
        sql.update(
                "INSERT OR REPLACE INTO account (id, name, standing, disabled, token_version, seal)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                account.id().hex(),
                account.name(),
                standing,
                disabled,
                account.tokenVersion(),
                Seal.of("account", account.id().hex(), account.name(), standing, disabled, account.tokenVersion()));
        return true;
    }

    boolean hasAdmin() throws SQLException {
        return sql
                .list(
                        "SELECT id, name, standing, disabled, token_version, seal FROM account WHERE standing = ?",
                        People::readAccount,
                        Standing.ADMIN.name())
                .stream()
                .anyMatch(account -> !account.disabled());
    }

    boolean putDevice(DeviceId device, PersonId person, String refreshHash, Instant expires) throws SQLException {
        signOut(device.hex());
        new Device(device.hex(), person.hex(), refreshHash, expires.toEpochMilli(), NONE, 0).put(sql);
        return true;
    }

    private void signOut(String device) throws SQLException {
        sql.update("DELETE FROM device WHERE id = ?", device);
        sql.update("DELETE FROM credential WHERE device = ?", device);
    }

    Rotation rotate(String oldHash, String newHash, Instant now, Instant newExpires) throws SQLException {
        var found = sql.first(
                "SELECT d.id, d.person, d.newest, d.expires, d.previous, d.previous_until, d.seal"
                        + " FROM credential c JOIN device d ON d.id = c.device WHERE c.hash = ?",
                Device::read,
                oldHash);
        if (found.isEmpty()) {
            return new Rotation.Unknown();
        }
        var device = found.get();
        boolean newest = device.newest().equals(oldHash);
        if (newest && now.toEpochMilli() >= device.expires()) {
            return new Rotation.Unknown();
        }
        var id = new DeviceId(device.id());
        var person = new PersonId(device.person());
        if (!newest && !device.previous().equals(oldHash)) {
            signOut(device.id());
            return new Rotation.Reused(id, person);
        }
        if (!newest && now.toEpochMilli() >= device.previousUntil()) {
            return new Rotation.Unknown();
        }
        long previousUntil = newest ? device.expires() : device.previousUntil();
        sql.update("DELETE FROM credential WHERE device = ? AND expires < ?", device.id(), now.toEpochMilli());
        new Device(device.id(), device.person(), newHash, newExpires.toEpochMilli(), oldHash, previousUntil).put(sql);
        return new Rotation.Rotated(id, person);
    }

    @CanIgnoreReturnValue
    boolean putInvite(Invite invite) throws SQLException {
        var document = switch (invite.grants()) {
            case Grants.AtRelay _ -> NONE;
            case Grants.InDocument in -> in.document().hex();
        };
        var grants = switch (invite.grants()) {
            case Grants.AtRelay at -> at.standing().name();
            case Grants.InDocument in -> in.role().name();
        };
        long expires = invite.expires().toEpochMilli();
        long uses = invite.uses();
        sql.update(
                "INSERT OR REPLACE INTO invite (code, document, grants, expires, uses, seal)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                invite.codeHash(),
                document,
                grants,
                expires,
                uses,
                Seal.of("invite", invite.codeHash(), document, grants, expires, uses));
        return true;
    }

    private static Invite readInvite(ResultSet row) throws SQLException {
        var code = Sql.text(row, 1);
        var document = Sql.text(row, 2);
        var grants = Sql.text(row, 3);
        requireSeal(
                row.getLong(6), Seal.of("invite", code, document, grants, row.getLong(4), row.getLong(5)), "invite");
        return new Invite(
                code,
                document.equals(NONE)
                        ? new Grants.AtRelay(Standing.valueOf(grants))
                        : new Grants.InDocument(new DocumentId(document), Role.valueOf(grants)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getInt(5));
    }

    Redemption redeem(String codeHash, DeviceId device, PersonId candidate, Instant now) throws SQLException {
        var found = sql.first(
                "SELECT code, document, grants, expires, uses, seal FROM invite WHERE code = ?",
                People::readInvite,
                codeHash);
        if (found.isEmpty()) {
            return new Redemption.Unknown();
        }
        var invite = found.get();
        var before = sql.first(
                "SELECT code, device, person, seal FROM redemption WHERE code = ? AND device = ?",
                People::readRedemption,
                codeHash,
                device.hex());
        if (before.isPresent()) {
            return new Redemption.Redeemed(before.get(), invite.grants());
        }
        if (!now.isBefore(invite.expires())) {
            return new Redemption.Expired(invite.expires());
        }
        if (invite.uses() < 1) {
            return new Redemption.UsedUp();
        }
        putInvite(new Invite(codeHash, invite.grants(), invite.expires(), invite.uses() - 1));
        putRedemption(codeHash, device, candidate);
        return new Redemption.Redeemed(candidate, invite.grants());
    }

    private void putRedemption(String codeHash, DeviceId device, PersonId candidate) throws SQLException {
        sql.update(
                "INSERT INTO redemption (code, device, person, seal) VALUES (?, ?, ?, ?)",
                codeHash,
                device.hex(),
                candidate.hex(),
                Seal.of("redemption", codeHash, device.hex(), candidate.hex()));
    }

    private static PersonId readRedemption(ResultSet row) throws SQLException {
        var person = Sql.text(row, 3);
        requireSeal(row.getLong(4), Seal.of("redemption", Sql.text(row, 1), Sql.text(row, 2), person), "redemption");
        return new PersonId(person);
    }

    /// Everything, for a backup.
    HeldPeople all() throws SQLException {
        var redeemed = new HashMap<String, Map<DeviceId, PersonId>>();
        sql.each("SELECT code, device, person, seal FROM redemption", row -> {
            redeemed.computeIfAbsent(Sql.text(row, 1), _ -> new HashMap<>())
                    .put(new DeviceId(Sql.text(row, 2)), readRedemption(row));
            return true;
        });
        return new HeldPeople(
                identity(),
                sql.list("SELECT id, name, standing, disabled, token_version, seal FROM account", People::readAccount),
                sql.list(
                        "SELECT id, person, newest, expires, previous, previous_until, seal FROM device",
                        row -> Device.read(row).held()),
                sql.list("SELECT code, document, grants, expires, uses, seal FROM invite", row -> {
                    var invite = readInvite(row);
                    return new HeldInvite(invite, redeemed.getOrDefault(invite.codeHash(), Map.of()));
                }));
    }

    /// Where there is nobody yet.
    void putAll(HeldPeople people) throws SQLException {
        if (people.identity().isPresent()) {
            var _ = identity(
                    people.identity().get().relay(), people.identity().get().tokenSecret());
        }
        for (var account : people.accounts()) {
            var _ = putAccount(account);
        }
        for (var device : people.devices()) {
            Device.of(device).put(sql);
            if (device.before().isPresent()) {
                sql.update(
                        "INSERT INTO credential (hash, device, expires) VALUES (?, ?, ?)",
                        device.before().get(),
                        device.id().hex(),
                        device.expires().toEpochMilli());
            }
        }
        for (var held : people.invites()) {
            putInvite(held.invite());
            for (var each : held.redeemed().entrySet()) {
                putRedemption(held.invite().codeHash(), each.getKey(), each.getValue());
            }
        }
    }
}
