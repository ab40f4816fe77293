package coscribe.client.link;

import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.RelayId;
import java.util.Optional;

/// What a device keeps of one person at one relay. Secrets; `toString` hides them.
///
/// @param relay    which relay that is, once it was met
/// @param person   who one is there, as far as known
/// @param access   the newest access token
/// @param refresh  the credential that gets the next one
/// @param invite   a code that was not yet redeemed
public record Account(
        Optional<RelayId> relay,
        Optional<Person> person,
        Optional<Access> access,
        Optional<String> refresh,
        Optional<Invite> invite) {
    public static final Account NONE =
            new Account(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// An access token. Times since 1970, by this computer's clock (`gotAt`) and the relay's
    /// (`expiresAt`).
    public record Access(String token, long gotAtMillis, long expiresAtMillis) {
        @Override
        public String toString() {
            return "Access[hidden]";
        }
    }

    /// The code of an invite link, and what the person wants to be called.
    public record Invite(String code, String name) {
        @Override
        public String toString() {
            return "Invite[hidden]";
        }
    }

    public Account withInvite(String code, String name) {
        return new Account(relay, person, access, refresh, Optional.of(new Invite(code, name)));
    }

    public Account withAccess(Optional<Access> newer) {
        return new Account(relay, person, newer, refresh, invite);
    }

    @Override
    public String toString() {
        return "Account[relay=" + relay + ", person=" + person.map(Person::id) + "]";
    }
}
