package coscribe.relay.store.memory;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.relay.store.PeopleStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// One relay's access to the people of a {@link MemoryStore}.
final class MemoryPeopleStore implements PeopleStore {
    private final MemoryPeople people;
    private final Executor executor;

    MemoryPeopleStore(MemoryPeople people, Executor executor) {
        this.people = people;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Identity> identity(RelayId candidate, byte[] secretCandidate) {
        var proposed = new Identity(candidate, secretCandidate.clone());
        return run(() -> people.identity(proposed));
    }

    @Override
    public CompletionStage<Optional<Account>> account(PersonId person) {
        return run(() -> people.account(person));
    }

    @Override
    public CompletionStage<Void> putAccount(Account account) {
        return act(() -> people.putAccount(account));
    }

    @Override
    public CompletionStage<Void> putDevice(DeviceId device, PersonId person, String refreshHash, Instant expires) {
        return act(() -> people.putDevice(device, person, refreshHash, expires));
    }

    @Override
    public CompletionStage<Rotation> rotate(String oldHash, String newHash, Instant now, Instant newExpires) {
        return run(() -> people.rotate(oldHash, newHash, now, newExpires));
    }

    @Override
    public CompletionStage<Void> putInvite(Invite invite) {
        return act(() -> people.putInvite(invite));
    }

    @Override
    public CompletionStage<Redemption> redeem(String codeHash, DeviceId device, PersonId candidate, Instant now) {
        return run(() -> people.redeem(codeHash, device, candidate, now));
    }

    @Override
    public CompletionStage<Boolean> hasAdmin() {
        return run(people::hasAdmin);
    }

    private CompletionStage<Void> act(Runnable action) {
        return run(() -> {
                    action.run();
                    return true;
                })
                .thenAccept(_ -> {});
    }

    private <T> CompletionStage<T> run(Supplier<T> work) {
        return Stages.run(executor, people, work);
    }
}
