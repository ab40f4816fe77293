package coscribe.relay.it;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.relay.store.PeopleStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/// People of a store, and how often one was looked up there.
final class CountedPeople implements PeopleStore {
    private final PeopleStore store;
    private final AtomicLong accountReads = new AtomicLong();

    CountedPeople(PeopleStore store) {
        this.store = store;
    }

    long accountReads() {
        return accountReads.get();
    }

    @Override
    public CompletionStage<Optional<Account>> account(PersonId person) {
        accountReads.incrementAndGet();
        return store.account(person);
    }

    @Override
    public CompletionStage<Identity> identity(RelayId candidate, byte[] secretCandidate) {
        return store.identity(candidate, secretCandidate);
    }

    @Override
    public CompletionStage<Void> putAccount(Account account) {
        return store.putAccount(account);
    }

    @Override
    public CompletionStage<Void> putDevice(DeviceId device, PersonId person, String refreshHash, Instant expires) {
        return store.putDevice(device, person, refreshHash, expires);
    }

    @Override
    public CompletionStage<Rotation> rotate(String oldHash, String newHash, Instant now, Instant newExpires) {
        return store.rotate(oldHash, newHash, now, newExpires);
    }

    @Override
    public CompletionStage<Void> putInvite(Invite invite) {
        return store.putInvite(invite);
    }

    @Override
    public CompletionStage<Redemption> redeem(String codeHash, DeviceId device, PersonId candidate, Instant now) {
        return store.redeem(codeHash, device, candidate, now);
    }

    @Override
    public CompletionStage<Boolean> hasAdmin() {
        return store.hasAdmin();
    }
}
