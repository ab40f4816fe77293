package coscribe.relay;

import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PresenceStore;
import coscribe.relay.store.RestoreMark;
import coscribe.relay.store.StoreAnswer;
import coscribe.relay.store.StoreState;
import coscribe.relay.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// The ports of the store that a relay was told to use, open.
///
/// @param mark   whether everything is in them that a restore began to put there
/// @param state  what the store says of itself beside its answers
/// @param shown  for an administrator: `./coscribe-data (embedded store)`; holds no secret
/// @param whole  closes them all; blocks until what was asked before is answered
public record Stores(
        DocumentStore documents,
        DocumentFeed feed,
        PeopleStore people,
        PresenceStore presence,
        Holdings holdings,
        RestoreMark mark,
        StoreState state,
        String shown,
        Runnable whole)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// The same, its documents behind something.
    Stores with(DocumentStore other) {
        return new Stores(other, feed, people, presence, holdings, mark, state, shown, whole);
    }

    /// The same, unless a restore into them began and did not end.
    ///
    /// @throws StoreUnavailableException  if so; they are closed then
    public Stores requireWhole() {
        try {
            var begun = wait(mark.begun());
            if (begun.isPresent()) {
                throw new StoreUnavailableException("a restore into " + shown + " began at " + begun.get()
                        + " and did not end, so documents and people may be missing. Restore again:"
                        + " coscribe-relay restore FILE.");
            }
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
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
        return StoreAnswer.of(stage, PATIENCE);
    }
}
