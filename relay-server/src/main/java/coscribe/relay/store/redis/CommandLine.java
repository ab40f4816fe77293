package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.StoreMetrics;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/// Commands of all callers over one connection.
///
/// Where nothing is in flight, the caller itself writes its command; while a flight is on its way
/// the next one gathers, and the reader sends it off in one write before it hands out the replies.
/// So a lone command costs no hand-off on its way out, and a crowd shares writes, reads and (with
/// `appendfsync always`) Redis' fsync. The caller never waits for Redis: what does not surely fit
/// into the socket's buffer is written by a virtual thread.
///
/// Where replicas have to confirm, a `WAIT` follows the commands of a flight on the same connection,
/// one for all of them, and what asked for it is answered by what the `WAIT` says.
final class CommandLine implements Line, Lifeline.Use {
    private static final int FLIGHT_COMMANDS = 512;
    private static final int WAITING_BYTES = 64 * 1024 * 1024;

    private final long timeoutNanos;
    private final int waitingBound;
    private final int flightBound;
    private final Confirmation confirmation;
    private final StoreMetrics metrics;
    private final Dialer dialer;
    private final Lifeline lifeline;

    /// Guards everything below.
    private final ReentrantLock lock = new ReentrantLock();

    private final ArrayDeque<Command<?>> waiting = new ArrayDeque<>();
    private final ArrayDeque<Flight> flights = new ArrayDeque<>();
    private long waitingBytes;
    /// Somebody writes a flight; only one may at a time.
    private boolean writing;

    private @Nullable RedisConnection connection;
    private String lostBecause;
    private boolean closed;

    private static final class Flight {
        final List<Command<?>> commands = new ArrayList<>();
        int bytes;
        boolean confirm;
    }

    /// @param flightBound   how many pipelines may be on their way at once
    /// @param confirmation  asked for behind what is to be confirmed
    CommandLine(
            String purpose,
            Dialer dialer,
            RandomGenerator random,
            Duration timeout,
            int waitingBound,
            int flightBound,
            Confirmation confirmation,
            StoreMetrics metrics) {
        this.confirmation = confirmation;
        this.metrics = metrics;
        this.dialer = dialer;
        this.timeoutNanos = timeout.toNanos();
        this.waitingBound = waitingBound;
        this.flightBound = flightBound;
        this.lostBecause = "no connection to Redis at " + dialer.address() + " yet";
        this.lifeline = new Lifeline(purpose, dialer, Script.ALL, random, metrics, this);
    }

    void start() {
        lifeline.start();
    }

    @Override
    public boolean confirms() {
        return confirmation.isNeeded();
    }

    @Override
    public <T> CompletionStage<T> send(
            Words words, Optional<DocumentId> document, Command.Decoder<T> decoder, boolean confirm) {
        var command = new Command<>(
                words,
                document,
                decoder,
                new CompletableFuture<T>(),
                System.nanoTime() + timeoutNanos,
                confirm && confirmation.isNeeded(),
                false);
        queue(command);
        launch(false);
        return command.answer();
    }

    /// How much of the room for waiting commands is taken, from 0 to 1.
    double load() {
        lock.lock();
        try {
            return (double) waiting.size() / waitingBound;
        } finally {
            lock.unlock();
        }
    }

    private void queue(Command<?> command) {
        String refusal;
        lock.lock();
        try {
            if (closed) {
                refusal = "the store is closed";
            } else if (waiting.size() >= waitingBound || waitingBytes > WAITING_BYTES) {
                refusal = connection == null
                        ? lostBecause
                        : "Redis does not keep up: " + waiting.size() + " commands wait";
            } else {
                waiting.add(command);
                waitingBytes += command.words().bytes();
                return;
            }
        } finally {
            lock.unlock();
        }
        command.failed(new StoreUnavailableException(refusal));
    }

    /// Sends off what waits, where there is room in the air.
    private void launch(boolean mayWait) {
        while (true) {
            RedisConnection wire;
            Flight flight;
            lock.lock();
            try {
                if (connection == null || writing || waiting.isEmpty() || flights.size() >= flightBound) {
                    return;
                }
                wire = connection;
                flight = board();
                flights.add(flight);
                writing = true;
            } finally {
                lock.unlock();
            }
            if (mayWait || flight.bytes <= Dialer.SEND_BUFFER_BYTES / (2 * flightBound)) {
                write(wire, flight);
            } else {
                Thread.ofVirtual().name("redis-large-write").start(() -> {
                    write(wire, flight);
                    launch(true);
                });
                return;
            }
        }
    }

    private Flight board() {
        var flight = new Flight();
        while (!waiting.isEmpty()
                && flight.commands.size() < FLIGHT_COMMANDS
                && flight.bytes < Dialer.SEND_BUFFER_BYTES / 2) {
            var command = waiting.remove();
            waitingBytes -= command.words().bytes();
            flight.commands.add(command);
            flight.bytes += command.words().bytes();
            flight.confirm |= command.confirm();
        }
        return flight;
    }

    private void write(RedisConnection wire, Flight flight) {
        try {
            for (Command<?> command : flight.commands) {
                wire.write(command.words().arguments());
            }
            if (flight.confirm) {
                wire.write(confirmation.words().arguments());
            }
            wire.flush();
        } catch (JedisException e) {
            giveUp(wire); // the reader sees it and fails what is in flight, this among it
        } finally {
            lock.lock();
            writing = false;
            lock.unlock();
        }
    }

    @Override
    public void use(RedisConnection wire) {
        lock.lock();
        try {
            connection = wire;
        } finally {
            lock.unlock();
        }
        launch(true);
        while (true) {
            var first = wire.read();
            var flight = inFlight();
            var replies = new ArrayList<@Nullable Object>(flight.commands.size());
            replies.add(first);
            while (replies.size() < flight.commands.size()) {
                replies.add(wire.read());
            }
            Optional<StoreUnsafeException> doubt = flight.confirm ? doubt(wire) : Optional.empty();
            landed();
            launch(true);
            handOut(wire, flight, replies, doubt);
        }
    }

    /// The `WAIT` behind the replies that were read; Redis sends those before it asks its replicas.
    private Optional<StoreUnsafeException> doubt(RedisConnection wire) {
        long answered = System.nanoTime();
        var doubt = confirmation.doubt(wire.read());
        if (doubt.isEmpty()) {
            metrics.confirmed(Duration.ofNanos(System.nanoTime() - answered));
        } else {
            metrics.unconfirmed();
        }
        return doubt;
    }

    /// What comes now waits for the next connection.
    private void giveUp(RedisConnection wire) {
        lock.lock();
        try {
            if (connection == wire) {
                connection = null;
            }
        } finally {
            lock.unlock();
        }
        wire.sever();
    }

    private Flight inFlight() {
        lock.lock();
        try {
            var flight = flights.peek();
            if (flight == null) {
                throw new JedisException("Redis answered what nobody asked");
            }
            return flight;
        } finally {
            lock.unlock();
        }
    }

    private void landed() {
        lock.lock();
        try {
            flights.remove();
        } finally {
            lock.unlock();
        }
    }

    private void handOut(
            RedisConnection wire, Flight flight, List<@Nullable Object> replies, Optional<StoreUnsafeException> doubt) {
        if (doubt.isPresent() && confirmation.suspects() && dialer.mayFindAnother()) {
            giveUp(wire); // cut off from its replicas it may be one that was replaced
        }
        for (int i = 0; i < replies.size(); i++) {
            var command = flight.commands.get(i);
            var reply = replies.get(i);
            if (reply instanceof JedisNoScriptException && !command.retry()) {
                loadAndRepeat(command);
                continue;
            }
            if (reply instanceof JedisDataException refused && Refusals.isElsewhere(refused)) {
                giveUp(wire);
            }
            command.land(reply, doubt);
        }
    }

    /// Redis forgot the scripts: they are loaded, and the command, which did nothing, goes again.
    private void loadAndRepeat(Command<?> command) {
        command.words().script().ifPresent(script -> {
            var load = new Command<String>(
                    script.load(),
                    Optional.<DocumentId>empty(),
                    Reply::text,
                    new CompletableFuture<>(),
                    command.deadlineNanos(),
                    false,
                    true);
            queue(load);
        });
        queue(command.again());
        launch(true);
    }

    @Override
    public void lost(String cause) {
        var unknown = new ArrayList<Command<?>>();
        lock.lock();
        try {
            connection = null;
            lostBecause = cause;
            flights.forEach(flight -> unknown.addAll(flight.commands));
            flights.clear();
        } finally {
            lock.unlock();
        }
        fail(unknown, cause + "; whether the command was carried out is not known");
    }

    /// Called every now and then: fails what waited for too long, and gives a connection up whose
    /// oldest reply is overdue.
    void expire() {
        var overdue = new ArrayList<Command<?>>();
        String because;
        long now = System.nanoTime();
        lock.lock();
        try {
            var oldest = flights.peek();
            boolean overdueReply = oldest != null && isOver(oldest.commands.getFirst(), now);
            if (connection != null && (overdueReply || dialer.hasMoved(connection))) {
                giveUp(connection);
            }
            while (!waiting.isEmpty() && isOver(waiting.peek(), now)) {
                var command = waiting.remove();
                waitingBytes -= command.words().bytes();
                overdue.add(command);
            }
            because = connection == null ? lostBecause : "Redis did not answer in time";
        } finally {
            lock.unlock();
        }
        fail(overdue, because);
    }

    private static boolean isOver(Command<?> command, long now) {
        return now - command.deadlineNanos() > 0;
    }

    @Override
    public void close() {
        var unsent = new ArrayList<Command<?>>();
        lock.lock();
        try {
            closed = true;
            unsent.addAll(waiting);
            waiting.clear();
            waitingBytes = 0;
        } finally {
            lock.unlock();
        }
        lifeline.close();
        fail(unsent, "the store is closed");
    }

    private static void fail(List<Command<?>> commands, String because) {
        if (!commands.isEmpty()) {
            commands.forEach(command -> command.failed(new StoreUnavailableException(because)));
        }
    }
}
