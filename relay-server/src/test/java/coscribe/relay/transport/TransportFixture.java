package coscribe.relay.transport;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.kit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// What an implementation of [Transport] hands to its contract, and bare sockets to it.
@Timeout(60)
public abstract class TransportFixture {
    static final int KIB = 1024;

    final HandClock clock = new HandClock();
    final Recorder recorder = new Recorder();
    final CountingMetrics metrics = new CountingMetrics();
    final List<AutoCloseable> toClose = new ArrayList<>();
    ScheduledExecutorService timer;
    Transport transport;
    int port;

    protected abstract Transport create(
            TransportOptions options,
            Gatekeeper gatekeeper,
            PlainHttp pages,
            TransportListener listener,
            TransportMetrics metrics,
            InstantSource clock,
            ScheduledExecutorService timer);

    /// What a client speaks through: the socket itself, or something on top of it.
    protected Socket secured(Socket plain) throws IOException {
        return plain;
    }

    /// How options differ for this implementation.
    protected TransportOptions adapted(TransportOptions options) {
        return options;
    }

    @BeforeEach
    void startTimer() {
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var each : toClose.reversed()) {
            each.close();
        }
        timer.shutdownNow();
    }

    static TransportOptions options() {
        return TransportOptions.defaults(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withThreads(2)
                .withSweep(Duration.ofMillis(10), Duration.ofSeconds(5));
    }

    void serve() {
        serve(options(), Gatekeeper.open());
    }

    void serve(Function<TransportOptions, TransportOptions> change) {
        serve(change.apply(options()), Gatekeeper.open());
    }

    void serve(TransportOptions options, Gatekeeper gatekeeper) {
        PlainHttp pages = path -> switch (path) {
            case "/healthz" -> Optional.of(HttpAnswer.text(200, "alive"));
            case "/broken" -> throw new IllegalStateException("a page that fails, on purpose");
            default -> Optional.empty();
        };
        transport = create(adapted(options), gatekeeper, pages, recorder, metrics, clock, timer);
        port = transport.start().getPort();
        toClose.add(transport);
    }

    RawClient connect() throws IOException {
        return RawClient.over(secured(new Socket(InetAddress.getLoopbackAddress(), port)));
    }

    RawClient connectNarrow() throws IOException {
        return RawClient.over(secured(RawClient.narrowSocket(port)));
    }

    /// From another address of this machine: on Linux all of 127/8 are.
    RawClient connectFrom(String address) throws IOException {
        return RawClient.over(
                secured(new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0)));
    }

    RawClient client() throws IOException {
        return kept(connect());
    }

    @CanIgnoreReturnValue
    RawClient opened() throws IOException {
        return kept(connect()).upgrade();
    }

    @CanIgnoreReturnValue
    RawClient kept(RawClient client) {
        toClose.add(client);
        return client;
    }

    String answerTo(String request) throws IOException {
        return client().say(request).readAll();
    }
}
