package coscribe.relay.store.embedded;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.relay.store.PeopleStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// People in the embedded store: what writes goes to the writer, what reads to the reader.
final class EmbeddedPeopleStore implements PeopleStore {
    private final Writer writer;
    private final Reader reader;
    private final People writes;
    private final People reads;

    /// @param writes  over the writer's connection
    /// @param reads   over the reader's
    EmbeddedPeopleStore(Writer writer, Reader reader, People writes, People reads) {
        this.writer = writer;
        this.reader = reader;
        this.writes = writes;
        this.reads = reads;
    }

    @Override
    public CompletionStage<Identity> identity(RelayId candidate, byte[] secretCandidate) {
        var secret = secretCandidate.clone();
        return write(() -> writes.identity(candidate, secret));
    }

    @Override
    public CompletionStage<Optional<Account>> account(PersonId person) {
        return reader.read(() -> reads.account(person), Failures::of);
    }

    @Override
    public CompletionStage<Void> putAccount(Account account) {
        return write(() -> writes.putAccount(account)).thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Void> putDevice(DeviceId device, PersonId person, String refreshHash, Instant expires) {
        return write(() -> writes.putDevice(device, person, refreshHash, expires))
                .thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Rotation> rotate(String oldHash, String newHash, Instant now, Instant newExpires) {
        return write(() -> writes.rotate(oldHash, newHash, now, newExpires));
    }

    @Override
    public CompletionStage<Void> putInvite(Invite invite) {
        return write(() -> writes.putInvite(invite)).thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Redemption> redeem(String codeHash, DeviceId device, PersonId candidate, Instant now) {
        return write(() -> writes.redeem(codeHash, device, candidate, now));
    }

    @Override
    public CompletionStage<Boolean> hasAdmin() {
        return reader.read(reads::hasAdmin, Failures::of);
    }

    private <T> CompletionStage<T> write(Work<T> work) {
        return writer.write(work, Failures::of);
    }
}
