package coscribe.relay.store;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A store whose calls fail, are late or lose their reply, as a plan says. What it does not spoil
/// it hands through. Everything late runs on the executor it is given, so that a seeded scheduler
/// decides how late.
public final class StoreFaults implements DocumentStore {
    public enum Call {
        CREATE,
        JOIN,
        LOAD,
        READ,
        COMMIT,
        TAKE_TURN,
        KEEP_SNAPSHOT,
        SNAPSHOT_REVISION,
        HEADS,
        ACCESS,
        GRANT,
        RENAME,
        LIST,
        PING
    }

    public enum Fault {
        NONE,
        /// Nothing is done; the stage fails with {@link StoreUnavailableException}.
        FAIL,
        /// Nothing is done; the stage fails with {@link StoreFullException}.
        FULL,
        /// Nothing is done; the stage fails with {@link DamagedDocumentException}.
        DAMAGED,
        /// It is done, and the stage fails with {@link StoreUnavailableException}.
        LOSE_REPLY,
        /// It is done later.
        DELAY_REQUEST,
        /// It is done now and answered later.
        DELAY_REPLY
    }

    /// What happens to the next call. Asked once for each call, in their order.
    @FunctionalInterface
    public interface Plan {
        Fault next(Call call);

        Plan NOTHING = _ -> Fault.NONE;

        /// Draws a fault for each of the chosen calls.
        ///
        /// @param odds  how many calls in a thousand suffer each fault; at most 1000 together
        static Plan seeded(RandomGenerator random, Set<Call> calls, Map<Fault, Integer> odds) {
            var ordered = new EnumMap<>(odds);
            return call -> {
                int drawn = random.nextInt(1000);
                if (calls.contains(call)) {
                    for (var odd : ordered.entrySet()) {
                        drawn -= odd.getValue();
                        if (drawn < 0) {
                            return odd.getKey();
                        }
                    }
                }
                return Fault.NONE;
            };
        }
    }

    private static final DocumentId NO_DOCUMENT = new DocumentId("0".repeat(32));

    private final DocumentStore store;
    private final Plan plan;
    private final Executor later;
    private final Map<Fault, Integer> seen = new EnumMap<>(Fault.class);

    public StoreFaults(DocumentStore store, Plan plan, Executor later) {
        this.store = store;
        this.plan = plan;
        this.later = later;
    }

    /// How many calls suffered each fault so far.
    public synchronized Map<Fault, Integer> seen() {
        return Map.copyOf(seen);
    }

    private <T> CompletionStage<T> through(Call call, Supplier<CompletionStage<T>> work) {
        var fault = plan.next(call);
        synchronized (this) {
            seen.merge(fault, 1, Integer::sum);
        }
        return switch (fault) {
            case NONE -> work.get();
            case FAIL -> failed(new StoreUnavailableException("planned: " + call + " failed"));
            case FULL -> failed(new StoreFullException("planned: no room for " + call, new IllegalStateException()));
            case DAMAGED -> failed(new DamagedDocumentException(NO_DOCUMENT, "planned: " + call + " found damage"));
            case LOSE_REPLY -> lost(call, work.get());
            case DELAY_REQUEST -> {
                var answer = new CompletableFuture<T>();
                later.execute(() -> forward(work.get(), answer));
                yield answer;
            }
            case DELAY_REPLY -> {
                var answer = new CompletableFuture<T>();
                var done = work.get();
                later.execute(() -> forward(done, answer));
                yield answer;
            }
        };
    }

    private static <T> CompletionStage<T> failed(RuntimeException failure) {
        return CompletableFuture.failedFuture(failure);
    }

    private static <T> CompletionStage<T> lost(Call call, CompletionStage<T> done) {
        var answer = new CompletableFuture<T>();
        var _ = done.whenComplete((_, _) -> answer.completeExceptionally(
                new StoreUnavailableException("planned: the reply of " + call + " was lost")));
        return answer;
    }

    private static <T> void forward(CompletionStage<T> from, CompletableFuture<T> to) {
        var _ = from.whenComplete((value, failure) -> {
            if (failure == null) {
                to.complete(value);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }

    @Override
    public CompletionStage<Creation> create(DocumentId document, Epoch epoch, String title, PersonId owner) {
        return through(Call.CREATE, () -> store.create(document, epoch, title, owner));
    }

    @Override
    public CompletionStage<JoinResult> join(
            DocumentId document,
            PersonId person,
            DeviceId device,
            ClientId fresh,
            Optional<ClientId> resume,
            Optional<Role> grant) {
        return through(Call.JOIN, () -> store.join(document, person, device, fresh, resume, grant));
    }

    @Override
    public CompletionStage<LoadResult> load(DocumentId document) {
        return through(Call.LOAD, () -> store.load(document));
    }

    @Override
    public CompletionStage<ReadResult> read(DocumentId document, Revision after, int maxEntries, int maxBytes) {
        return through(Call.READ, () -> store.read(document, after, maxEntries, maxBytes));
    }

    @Override
    public CompletionStage<CommitResult> commit(DocumentId document, String relay, Head expected, List<Entry> entries) {
        return through(Call.COMMIT, () -> store.commit(document, relay, expected, entries));
    }

    @Override
    public CompletionStage<Boolean> takeTurn(DocumentId document, String relay) {
        return through(Call.TAKE_TURN, () -> store.takeTurn(document, relay));
    }

    @Override
    public CompletionStage<Void> keepSnapshot(DocumentId document, Revision revision, ChainHash chain, byte[] bytes) {
        return through(Call.KEEP_SNAPSHOT, () -> store.keepSnapshot(document, revision, chain, bytes));
    }

    @Override
    public CompletionStage<Optional<Revision>> snapshotRevision(DocumentId document) {
        return through(Call.SNAPSHOT_REVISION, () -> store.snapshotRevision(document));
    }

    @Override
    public CompletionStage<Map<DocumentId, HeadSeen>> heads(Collection<DocumentId> documents) {
        return through(Call.HEADS, () -> store.heads(documents));
    }

    @Override
    public CompletionStage<Access> access(DocumentId document) {
        return through(Call.ACCESS, () -> store.access(document));
    }

    @Override
    public CompletionStage<Boolean> grant(DocumentId document, PersonId person, Optional<Role> role) {
        return through(Call.GRANT, () -> store.grant(document, person, role));
    }

    @Override
    public CompletionStage<Renaming> rename(DocumentId document, PersonId person, String title) {
        return through(Call.RENAME, () -> store.rename(document, person, title));
    }

    @Override
    public CompletionStage<Page> list(PersonId person, Optional<ListPlace> after, int most) {
        return through(Call.LIST, () -> store.list(person, after, most));
    }

    @Override
    public CompletionStage<Void> ping() {
        return through(Call.PING, store::ping);
    }

    @Override
    public void close() {
        store.close();
    }
}
