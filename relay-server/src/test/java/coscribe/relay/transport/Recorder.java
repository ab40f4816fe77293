package coscribe.relay.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A listener that writes down what it hears and may be told to do more.
final class Recorder implements TransportListener {
    final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    volatile Consumer<Connection> whenOpened = connection -> {};
    volatile BiConsumer<Connection, String> whenReceived = (connection, text) -> {};

    sealed interface Event {
        Connection connection();

        record Opened(Connection connection) implements Event {}

        record Received(Connection connection, String text) implements Event {}

        record Writable(Connection connection) implements Event {}

        record Pong(Connection connection, Duration roundTrip) implements Event {}

        record Closed(Connection connection, int code) implements Event {}
    }

    /// Sends every text back.
    @CanIgnoreReturnValue
    Recorder echoing() {
        whenReceived = (connection, text) ->
                assertThat(connection.send(Frame.text(text))).isInstanceOf(Offer.Accepted.class);
        return this;
    }

    /// The next event of this kind; others before it are passed over.
    @CanIgnoreReturnValue
    <E extends Event> E next(Class<E> kind) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            var event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError("no " + kind.getSimpleName() + " within 20 s");
            }
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    @CanIgnoreReturnValue
    Connection nextOpened() throws InterruptedException {
        return next(Event.Opened.class).connection();
    }

    @Override
    public void opened(Connection connection) {
        events.add(new Event.Opened(connection));
        whenOpened.accept(connection);
    }

    @Override
    public void received(Connection connection, String text) {
        events.add(new Event.Received(connection, text));
        whenReceived.accept(connection, text);
    }

    @Override
    public void writable(Connection connection) {
        events.add(new Event.Writable(connection));
    }

    @Override
    public void pong(Connection connection, Duration roundTrip) {
        events.add(new Event.Pong(connection, roundTrip));
    }

    @Override
    public void closed(Connection connection, int code) {
        events.add(new Event.Closed(connection, code));
    }
}
