package coscribe.relay.simulation;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.StoreUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// One relay's way to the store: slow, sometimes away, sometimes silent after it did what was
/// asked. A dead relay asks for nothing any more and hears nothing.
final class FaultyStore implements DocumentStore {
    private final World world;
    private final DocumentStore store;
    private final Brought brought;
    private final BooleanSupplier alive;

    FaultyStore(World world, DocumentStore store, Brought brought, BooleanSupplier alive) {
        this.world = world;
        this.store = store;
        this.brought = brought;
        this.alive = alive;
    }

    private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call, double failure) {
        return call(call, failure, () -> {});
    }

    private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call, double failure, Runnable afterLoss) {
        var answer = new CompletableFuture<T>();
        if (!alive.getAsBoolean()) {
            return answer;
        }
        if (world.faulty(failure)) {
            world.scheduler.at(world.delay(), () -> fail(answer));
            return answer;
        }
        boolean lost = world.faulty(failure);
        call.get()
                .whenComplete((value, problem) -> world.scheduler.at(world.storeDelay(), () -> {
                    if (!alive.getAsBoolean()) {
                        return;
                    }
                    if (lost) {
                        world.seen.saw(Seen.What.LOST_REPLIES);
                        afterLoss.run();
                        fail(answer);
                    } else if (problem != null) {
                        answer.completeExceptionally(problem);
                    } else {
                        answer.complete(value);
                    }
                }));
        return answer;
    }

    private void fail(CompletableFuture<?> answer) {
        if (alive.getAsBoolean()) {
            answer.completeExceptionally(new StoreUnavailableException("the simulated store is away"));
        }
    }

    @Override
    public CompletionStage<Creation> create(DocumentId document, Epoch epoch, String title, PersonId owner) {
        return call(() -> store.create(document, epoch, title, owner), 0);
    }

    @Override
    public CompletionStage<JoinResult> join(
            DocumentId document,
            PersonId person,
            DeviceId device,
            ClientId fresh,
            Optional<ClientId> resume,
            Optional<Role> grant) {
        return call(
                () -> store.join(document, person, device, fresh, resume, grant)
                        .whenComplete((_, _) -> world.tier.entered(world)),
                0.02);
    }

    @Override
    public CompletionStage<LoadResult> load(DocumentId document) {
        return this.<LoadResult>call(() -> store.load(document), 0.2).whenComplete((value, problem) -> {
            if (problem != null) {
                world.seen.saw(Seen.What.LOAD_ERRORS);
            } else if (value instanceof LoadResult.Loaded loaded) {
                brought.loadedTo(loaded.head().revision());
            }
        });
    }

    @Override
    public CompletionStage<ReadResult> read(DocumentId document, Revision after, int maxEntries, int maxBytes) {
        brought.reads();
        return this.<ReadResult>call(() -> store.read(document, after, maxEntries, maxBytes), 0.02)
                .whenComplete((_, _) -> brought.hasRead())
                .thenApply(result -> {
                    if (result instanceof ReadResult.Entries(var _, var entries) && brought.fills(entries)) {
                        world.seen.saw(Seen.What.GAP_FILLS);
                    }
                    return result;
                });
    }

    @Override
    public CompletionStage<CommitResult> commit(DocumentId document, String relay, Head expected, List<Entry> entries) {
        return call(
                        () -> store.commit(document, relay, expected, entries),
                        world.commitLoss,
                        () -> world.demoteUnknown(entries.getFirst().author()))
                .thenApply(result -> {
                    switch (result) {
                        case CommitResult.Appended _ -> {
                            var revision = expected.revision();
                            for (int i = 0; i < entries.size(); i++) {
                                revision = revision.next();
                                brought.by(revision);
                            }
                        }
                        case CommitResult.HeadMoved(var _, var missing) -> {
                            world.seen.saw(Seen.What.LOST_RACES);
                            brought.by(missing);
                        }
                        case CommitResult.Duplicate _ -> world.seen.saw(Seen.What.DUPLICATES);
                        case CommitResult.TurnTaken _ -> world.seen.saw(Seen.What.KEPT_WAITING);
                        case CommitResult.ClientClosed _,
                                CommitResult.RoleRefused _,
                                CommitResult.Forked _,
                                CommitResult.Absent _ -> {}
                    }
                    return result;
                });
    }

    @Override
    public CompletionStage<Boolean> takeTurn(DocumentId document, String relay) {
        return this.<Boolean>call(() -> store.takeTurn(document, relay), 0.02).thenApply(granted -> {
            if (granted) {
                world.seen.saw(Seen.What.TURNS);
            }
            return granted;
        });
    }

    @Override
    public CompletionStage<Void> keepSnapshot(DocumentId document, Revision revision, ChainHash chain, byte[] bytes) {
        return call(() -> store.keepSnapshot(document, revision, chain, bytes), 0.02);
    }

    @Override
    public CompletionStage<Optional<Revision>> snapshotRevision(DocumentId document) {
        return call(() -> store.snapshotRevision(document), 0.02);
    }

    @Override
    public CompletionStage<Map<DocumentId, HeadSeen>> heads(Collection<DocumentId> documents) {
        return call(() -> store.heads(documents), 0.02);
    }

    @Override
    public CompletionStage<Access> access(DocumentId document) {
        return call(() -> store.access(document), 0.02);
    }

    @Override
    public CompletionStage<Boolean> grant(DocumentId document, PersonId person, Optional<Role> role) {
        return call(() -> store.grant(document, person, role), 0);
    }

    @Override
    public CompletionStage<Renaming> rename(DocumentId document, PersonId person, String title) {
        return call(
                () -> store.rename(document, person, title).whenComplete((result, problem) -> {
                    if (result == Renaming.RENAMED) {
                        world.titles.add(title);
                    } else if (problem != null) {
                        world.perhapsTitles.add(title);
                    }
                }),
                0.02);
    }

    @Override
    public CompletionStage<Page> list(PersonId person, Optional<ListPlace> after, int most) {
        return call(() -> store.list(person, after, most), 0.02);
    }

    @Override
    public CompletionStage<Void> ping() {
        return call(store::ping, 0);
    }

    @Override
    public void close() {
        store.close();
    }
}
