package coscribe.relay.store.memory;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.store.HeldPeople;
import coscribe.relay.store.HeldPeople.HeldInvite;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Identity;
import coscribe.relay.store.PeopleStore.Invite;
import coscribe.relay.store.PeopleStore.Redemption;
import coscribe.relay.store.PeopleStore.Rotation;
import coscribe.relay.store.PeopleStore.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Accounts, devices and invites. Guarded by the lock of whoever calls.
final class MemoryPeople {
    private Optional<Identity> identity = Optional.empty();
    private final Map<PersonId, Account> accounts = new HashMap<>();
    private final Map<DeviceId, Device> devices = new HashMap<>();
    /// Every refresh credential that a signed-in device has or had.
    private final Map<String, DeviceId> credentials = new HashMap<>();
    private final Map<String, Invite> invites = new HashMap<>();
    private final Map<Redeemer, PersonId> redeemed = new HashMap<>();

    /// @param before  the credential before the newest; accepted until `beforeUntil`
    private record Device(
            PersonId person, String newest, Instant expires, Optional<String> before, Instant beforeUntil) {
        HeldPeople.Device held(DeviceId id) {
            return new HeldPeople.Device(
                    id, person, newest, expires, before, before.isPresent() ? beforeUntil : Instant.EPOCH);
        }
    }

    private record Redeemer(String codeHash, DeviceId device) {}

    Identity identity(Identity candidate) {
        if (identity.isEmpty()) {
            identity = Optional.of(candidate);
        }
        return identity.get();
    }

    Optional<Account> account(PersonId person) {
        return Optional.ofNullable(accounts.get(person));
    }

    void putAccount(Account account) {
        accounts.put(account.id(), account);
    }

    boolean hasAdmin() {
        return accounts.values().stream().anyMatch(a -> a.standing() == Standing.ADMIN && !a.disabled());
    }

    void putDevice(DeviceId device, PersonId person, String refreshHash, Instant expires) {
        signOut(device);
        devices.put(device, new Device(person, refreshHash, expires, Optional.empty(), Instant.MIN));
        credentials.put(refreshHash, device);
    }

    Rotation rotate(String oldHash, String newHash, Instant now, Instant newExpires) {
        var id = credentials.get(oldHash);
        var device = id == null ? null : devices.get(id);
        if (id == null || device == null) {
            return new Rotation.Unknown();
        }
        boolean newest = device.newest().equals(oldHash);
        if (newest && !now.isBefore(device.expires())) {
            return new Rotation.Unknown();
        }
        if (!newest && !device.before().equals(Optional.of(oldHash))) {
            signOut(id);
            return new Rotation.Reused(id, device.person());
        }
        if (!newest && !now.isBefore(device.beforeUntil())) {
            return new Rotation.Unknown();
        }
        var beforeUntil = newest ? device.expires() : device.beforeUntil();
        devices.put(id, new Device(device.person(), newHash, newExpires, Optional.of(oldHash), beforeUntil));
        credentials.put(newHash, id);
        return new Rotation.Rotated(id, device.person());
    }

    private void signOut(DeviceId device) {
        devices.remove(device);
        credentials.values().removeIf(device::equals);
    }

    void putInvite(Invite invite) {
        invites.put(invite.codeHash(), invite);
    }

    Redemption redeem(String codeHash, DeviceId device, PersonId candidate, Instant now) {
        var invite = invites.get(codeHash);
        if (invite == null) {
            return new Redemption.Unknown();
        }
        var before = redeemed.get(new Redeemer(codeHash, device));
        if (before != null) {
            return new Redemption.Redeemed(before, invite.grants());
        }
        if (!now.isBefore(invite.expires())) {
            return new Redemption.Expired(invite.expires());
        }
        if (invite.uses() < 1) {
            return new Redemption.UsedUp();
        }
        invites.put(codeHash, new Invite(codeHash, invite.grants(), invite.expires(), invite.uses() - 1));
        redeemed.put(new Redeemer(codeHash, device), candidate);
        return new Redemption.Redeemed(candidate, invite.grants());
    }

    HeldPeople all() {
        var signedIn = devices.entrySet().stream()
                .map(each -> each.getValue().held(each.getKey()))
                .toList();
        var held = invites.values().stream()
                .map(invite -> new HeldInvite(invite, redeemedBy(invite.codeHash())))
                .toList();
        return new HeldPeople(identity, List.copyOf(accounts.values()), signedIn, held);
    }

    private Map<DeviceId, PersonId> redeemedBy(String codeHash) {
        var by = new HashMap<DeviceId, PersonId>();
        redeemed.forEach((redeemer, person) -> {
            if (redeemer.codeHash().equals(codeHash)) {
                by.put(redeemer.device(), person);
            }
        });
        return by;
    }

    void putAll(HeldPeople people) {
        identity = people.identity();
        people.accounts().forEach(this::putAccount);
        for (var device : people.devices()) {
            putDevice(device.id(), device.person(), device.newest(), device.expires());
            device.before().ifPresent(before -> credentials.put(before, device.id()));
            devices.put(
                    device.id(),
                    new Device(
                            device.person(), device.newest(), device.expires(), device.before(), device.beforeUntil()));
        }
        for (var held : people.invites()) {
            putInvite(held.invite());
            held.redeemed()
                    .forEach((device, person) ->
                            redeemed.put(new Redeemer(held.invite().codeHash(), device), person));
        }
    }

    void clear() {
        identity = Optional.empty();
        accounts.clear();
        devices.clear();
        credentials.clear();
        invites.clear();
        redeemed.clear();
    }
}
