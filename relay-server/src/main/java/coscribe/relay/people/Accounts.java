package coscribe.relay.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PeopleStore.Account;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// The accounts of this store, held at the relay for a short while: most who come were here moments
/// ago. Any thread; never blocks.
public final class Accounts {
    /// How long a change of an account may go unseen by a relay that knows the older one.
    public static final Duration FRESH_FOR = Duration.ofSeconds(5);

    private static final int MOST_HELD = 100_000;

    private final PeopleStore store;
    private final Cache<PersonId, Account> held;

    public Accounts(PeopleStore store, InstantSource clock) {
        this.store = store;
        this.held = Caffeine.newBuilder()
                .maximumSize(MOST_HELD)
                .expireAfterWrite(FRESH_FOR)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /// The account; nobody is not remembered, who is unknown now may have one a moment later.
    public CompletionStage<Optional<Account>> account(PersonId person) {
        var known = held.getIfPresent(person);
        if (known != null) {
            return CompletableFuture.completedFuture(Optional.of(known));
        }
        return store.account(person).thenApply(found -> {
            found.ifPresent(account -> held.put(person, account));
            return found;
        });
    }

    /// The account, read again if the one that is held is older than `tokenVersion`: a token shows
    /// that a newer one exists.
    public CompletionStage<Optional<Account>> account(PersonId person, long tokenVersion) {
        return account(person).thenCompose(known -> {
            if (known.isPresent() && known.get().tokenVersion() >= tokenVersion) {
                return CompletableFuture.completedFuture(known);
            }
            held.invalidate(person);
            return known.isEmpty() ? CompletableFuture.completedFuture(known) : account(person);
        });
    }

    /// Keeps an account; this relay sees it from the moment the stage completes.
    public CompletionStage<Void> put(Account account) {
        return store.putAccount(account).whenComplete((_, _) -> held.invalidate(account.id()));
    }

    /// How often an account was at hand.
    ///
    /// @param held  accounts at hand now, about
    public record Use(long hits, long misses, long held) {}

    public Use use() {
        var stats = held.stats();
        return new Use(stats.hitCount(), stats.missCount(), held.estimatedSize());
    }
}
