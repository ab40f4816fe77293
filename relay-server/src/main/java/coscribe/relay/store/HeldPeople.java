package coscribe.relay.store;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Identity;
import coscribe.relay.store.PeopleStore.Invite;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The relay's people as they are kept. Credentials that were replaced are left out: one that comes
/// back is then unknown, not reused.
///
/// @param identity  empty where no relay ever ran on this store
public record HeldPeople(
        Optional<Identity> identity, List<Account> accounts, List<Device> devices, List<HeldInvite> invites) {
    public HeldPeople {
        accounts = List.copyOf(accounts);
        devices = List.copyOf(devices);
        invites = List.copyOf(invites);
    }

    /// A signed-in device.
    ///
    /// @param newest       SHA-256 of its refresh credential
    /// @param before       of the one before, accepted until `beforeUntil`
    public record Device(
            DeviceId id,
            PersonId person,
            String newest,
            Instant expires,
            Optional<String> before,
            Instant beforeUntil) {}

    /// @param redeemed  who each device became that redeemed it
    public record HeldInvite(Invite invite, Map<DeviceId, PersonId> redeemed) {
        public HeldInvite {
            redeemed = Collections.unmodifiableMap(new LinkedHashMap<>(redeemed));
        }
    }
}
