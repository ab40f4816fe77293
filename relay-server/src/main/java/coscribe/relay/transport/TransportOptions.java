package coscribe.relay.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// The bounds of a transport. [#defaults] are the product's; tests and large installations change
/// them.
///
/// @param address where to listen; port 0 picks a free one
/// @param threads selector threads that share the connections, at least 1
/// @param acceptBacklog connections that the kernel may hold for us before we accept them
/// @param maxInHandshake accepted and not yet authenticated at once; more wait in the backlog
/// @param maxInHandshakePerAddress the same for one address (IPv6: one /64); more wait their turn
/// @param maxWaiting accepted sockets of crowded addresses that wait their turn; more are closed
/// @param headLimit bytes of a request head
/// @param headDeadline from accepting a socket to the end of its request head
/// @param authenticationDeadline from the upgrade to `authenticated()`
/// @param frameLimitBefore payload bytes of one frame before authentication
/// @param frameLimitAfter payload bytes of one frame after it
/// @param outboxBound bytes queued for one peer above which `send` answers `Full`
/// @param outboxLowWater bytes queued at or under which `writable` is reported
/// @param stallLimit without any progress on a full socket, before the peer is closed with 4008
/// @param pingPeriod between pings; when 1.5 periods without a sign of life are over, the peer is
///     gone already
/// @param closeDeadline for flushing an outbox and for the peer's answer to a close frame
/// @param sweep how often deadlines are looked at
/// @param allowedOrigins values of `Origin` that may upgrade; a request without one always may
/// @param trustedProxies whose `X-Forwarded-For` is believed: the peers behind them count by their
///     own addresses
/// @param tls the certificate to serve with, asked for each connection; empty: not encrypted
/// @param subprotocol the one WebSocket subprotocol that is spoken
public record TransportOptions(
        InetSocketAddress address,
        int threads,
        int acceptBacklog,
        int maxInHandshake,
        int maxInHandshakePerAddress,
        int maxWaiting,
        int headLimit,
        Duration headDeadline,
        Duration authenticationDeadline,
        int frameLimitBefore,
        int frameLimitAfter,
        int outboxBound,
        int outboxLowWater,
        Duration stallLimit,
        Duration pingPeriod,
        Duration closeDeadline,
        Duration sweep,
        Set<String> allowedOrigins,
        Predicate<InetAddress> trustedProxies,
        Optional<Supplier<SSLContext>> tls,
        String subprotocol) {

    public TransportOptions {
        atLeastOne("threads", threads);
        atLeastOne("acceptBacklog", acceptBacklog);
        atLeastOne("maxInHandshake", maxInHandshake);
        atLeastOne("maxInHandshakePerAddress", maxInHandshakePerAddress);
        atLeastOne("headLimit", headLimit);
        atLeastOne("frameLimitBefore", frameLimitBefore);
        if (frameLimitAfter < frameLimitBefore) {
            throw new IllegalArgumentException("authentication cannot lower the frame limit");
        }
        if (outboxLowWater < 0 || outboxLowWater >= outboxBound) {
            throw new IllegalArgumentException("the low-water mark lies under the bound");
        }
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /// The product's bounds at this address, as docs/PROTOCOL.md tells clients.
    public static TransportOptions defaults(InetSocketAddress address) {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new TransportOptions(
                address,
                threads,
                4096,
                2_000,
                500,
                16_384,
                8 << 10,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                64 << 10,
                1 << 20,
                1 << 20,
                256 << 10,
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Set.of(),
                AddressRanges.none(),
                Optional.empty(),
                "coscribe.v1");
    }

    public TransportOptions withThreads(int count) {
        return with(it -> it.threads = count);
    }

    public TransportOptions withAllowedOrigins(Set<String> origins) {
        return with(it -> it.allowedOrigins = origins);
    }

    public TransportOptions withTls(Supplier<SSLContext> certificate) {
        return with(it -> it.tls = Optional.of(certificate));
    }

    public TransportOptions withTrustedProxies(Predicate<InetAddress> proxies) {
        return with(it -> it.trustedProxies = proxies);
    }

    public TransportOptions withHandshakes(int perRelay, int perAddress, int waiting) {
        return with(it -> {
            it.maxInHandshake = perRelay;
            it.maxInHandshakePerAddress = perAddress;
            it.maxWaiting = waiting;
        });
    }

    public TransportOptions withOutbox(int bound, int lowWater) {
        return with(it -> {
            it.outboxBound = bound;
            it.outboxLowWater = lowWater;
        });
    }

    /// How often deadlines are looked at and how long a close may take: short in tests.
    public TransportOptions withSweep(Duration every, Duration closing) {
        return with(it -> {
            it.closeDeadline = closing;
            it.sweep = every;
        });
    }

    private TransportOptions with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /// Options while they are changed.
    private static final class Draft {
        private InetSocketAddress address;
        private int threads;
        private int acceptBacklog;
        private int maxInHandshake;
        private int maxInHandshakePerAddress;
        private int maxWaiting;
        private int headLimit;
        private Duration headDeadline;
        private Duration authenticationDeadline;
        private int frameLimitBefore;
        private int frameLimitAfter;
        private int outboxBound;
        private int outboxLowWater;
        private Duration stallLimit;
        private Duration pingPeriod;
        private Duration closeDeadline;
        private Duration sweep;
        private Set<String> allowedOrigins;
        private Predicate<InetAddress> trustedProxies;
        private Optional<Supplier<SSLContext>> tls;
        private String subprotocol;

        Draft(TransportOptions had) {
            address = had.address;
            threads = had.threads;
            acceptBacklog = had.acceptBacklog;
            maxInHandshake = had.maxInHandshake;
            maxInHandshakePerAddress = had.maxInHandshakePerAddress;
            maxWaiting = had.maxWaiting;
            headLimit = had.headLimit;
            headDeadline = had.headDeadline;
            authenticationDeadline = had.authenticationDeadline;
            frameLimitBefore = had.frameLimitBefore;
            frameLimitAfter = had.frameLimitAfter;
            outboxBound = had.outboxBound;
            outboxLowWater = had.outboxLowWater;
            stallLimit = had.stallLimit;
            pingPeriod = had.pingPeriod;
            closeDeadline = had.closeDeadline;
            sweep = had.sweep;
            allowedOrigins = had.allowedOrigins;
            trustedProxies = had.trustedProxies;
            tls = had.tls;
            subprotocol = had.subprotocol;
        }

        TransportOptions options() {
            return new TransportOptions(
                    address,
                    threads,
                    acceptBacklog,
                    maxInHandshake,
                    maxInHandshakePerAddress,
                    maxWaiting,
                    headLimit,
                    headDeadline,
                    authenticationDeadline,
                    frameLimitBefore,
                    frameLimitAfter,
                    outboxBound,
                    outboxLowWater,
                    stallLimit,
                    pingPeriod,
                    closeDeadline,
                    sweep,
                    allowedOrigins,
                    trustedProxies,
                    tls,
                    subprotocol);
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }
}
