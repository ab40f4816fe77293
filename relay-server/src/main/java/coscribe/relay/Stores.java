package coscribe.relay;

import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PresenceStore;
import coscribe.relay.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The ports of the store that a relay was told to use, open.
///
/// @param shown  for an administrator: `./coscribe-data (embedded store)`; holds no secret
/// @param whole  closes them all; blocks until what was asked before is answered
public record Stores(
        DocumentStore documents,
        DocumentFeed feed,
        PeopleStore people,
        PresenceStore presence,
        Holdings holdings,
        String shown,
        Runnable whole)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// The same, its documents behind something.
    Stores with(DocumentStore other) {
        return new Stores(other, feed, people, presence, holdings, shown, whole);
    }

    /// Opens what a configuration asks for.
    @FunctionalInterface
    public interface Opener {
        /// @throws StoreUnavailableException  with a sentence for an administrator
        Stores open(RelayConfig config);
    }

    @Override
    public void close() {
        whole.run();
    }

    /// Waits for an answer of the store. For starts and commands, never on a thread that serves.
    ///
    /// @throws StoreUnavailableException  if none comes
    public static <T> T wait(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException told ? told : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("the store did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for the store", e);
        }
    }
}
