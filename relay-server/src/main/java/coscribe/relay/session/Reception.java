package coscribe.relay.session;

import coscribe.ot.protocol.RelayId;
import coscribe.relay.sequencing.Timers;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.TransportListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;

/// Receives whoever connects, and keeps each conversation with its connection.
public final class Reception implements TransportListener {
    private final RelayId relayId;
    private final Halls halls;
    private final Doorkeeper doorkeeper;
    private final DocumentStore store;
    private final Timers timers;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final SessionMetrics metrics;
    private final Budgets budgets;
    private final Admissions admissions;
    private final ConcurrentMap<ConnectionId, Conversation> conversations = new ConcurrentHashMap<>();

    /// @param clock   the relay's: says when a sign-in ends
    /// @param random  makes ids: must be unpredictable in production; thread-safe
    public Reception(
            RelayId relayId,
            Halls halls,
            Doorkeeper doorkeeper,
            DocumentStore store,
            Timers timers,
            InstantSource clock,
            RandomGenerator random,
            SessionMetrics metrics) {
        this.relayId = relayId;
        this.halls = halls;
        this.doorkeeper = doorkeeper;
        this.store = store;
        this.timers = timers;
        this.clock = clock;
        this.random = random;
        this.metrics = metrics;
        this.budgets = new Budgets(halls.context().steady());
        this.admissions = new Admissions(halls.context().steady(), metrics);
    }

    @Override
    public void opened(Connection connection) {
        var conversation = new Conversation(connection, this);
        conversations.put(connection.id(), conversation);
        conversation.opened();
    }

    @Override
    public void received(Connection connection, String text) {
        var conversation = conversations.get(connection.id());
        if (conversation != null) {
            conversation.received(text);
        }
    }

    @Override
    public void writable(Connection connection) {
        var conversation = conversations.get(connection.id());
        if (conversation != null) {
            conversation.writable();
        }
    }

    @Override
    public void pong(Connection connection, Duration roundTrip) {}

    @Override
    public void closed(Connection connection, int code) {
        var conversation = conversations.remove(connection.id());
        if (conversation != null) {
            conversation.closed();
        }
    }

    /// How many connections there are.
    public int connections() {
        return conversations.size();
    }

    RelayId relayId() {
        return relayId;
    }

    Halls halls() {
        return halls;
    }

    Doorkeeper doorkeeper() {
        return doorkeeper;
    }

    DocumentStore store() {
        return store;
    }

    Timers timers() {
        return timers;
    }

    /// Completes when so much time has passed.
    CompletionStage<Boolean> after(Duration wait) {
        var due = new CompletableFuture<Boolean>();
        if (wait.isZero()) {
            due.complete(true);
        } else {
            timers.after(wait, () -> due.complete(true));
        }
        return due;
    }

    InstantSource clock() {
        return clock;
    }

    RandomGenerator random() {
        return random;
    }

    /// What a person may ask for.
    Budgets budgets() {
        return budgets;
    }

    /// Who may come in now.
    Admissions admissions() {
        return admissions;
    }

    SessionMetrics metrics() {
        return metrics;
    }
}
