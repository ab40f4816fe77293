package coscribe.relay;

import coscribe.relay.store.RestoreMark;
import coscribe.relay.store.StoreState;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.memory.MemoryStore;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.TransportListener;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Relays without a disk: everything they keep is in memory, and outlives them.
public final class Worlds {
    private final MemoryStore store = new MemoryStore(InstantSource.system(), Runnable::run);
    private final AtomicBoolean away = new AtomicBoolean();
    private List<Finding> findings = List.of();

    public Relay.World world() {
        return new Relay.World(
                _ -> open(), _ -> findings, Listening::new, InstantSource.system(), new SecureRandom(), "test-version");
    }

    public void storeIsAway() {
        away.set(true);
    }

    public void judged(Finding... found) {
        findings = List.of(found);
    }

    public Stores open() {
        if (away.get()) {
            throw new StoreUnavailableException("nobody is there.");
        }
        return new Stores(
                store.openDocuments(),
                store.openFeed(),
                store.people(),
                store.presence(),
                store.holdings(),
                RestoreMark.NEVER,
                StoreState.PLAIN,
                "memory (test)",
                () -> {});
    }

    /// Lets everybody in and says nothing.
    private static final class Listening implements Sessions {
        Listening(Parts parts) {}

        @Override
        public TransportListener listener() {
            return new TransportListener() {
                @Override
                public void opened(Connection connection) {
                    connection.authenticated();
                }

                @Override
                public void received(Connection connection, String text) {}

                @Override
                public void writable(Connection connection) {}

                @Override
                public void pong(Connection connection, Duration roundTrip) {}

                @Override
                public void closed(Connection connection, int code) {}
            };
        }

        @Override
        public int openDocuments() {
            return 0;
        }

        @Override
        public int people() {
            return 0;
        }

        @Override
        public void start() {}

        @Override
        public void close() {}
    }
}
