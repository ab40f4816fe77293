package coscribe.relay.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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
/// @param pingPeriod between pings; after 1.5 periods without a sign of life the peer counts as
///     dead
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
        return new TransportOptions(
                address,
                count,
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

    public TransportOptions withAllowedOrigins(Set<String> origins) {
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
                origins,
                trustedProxies,
                tls,
                subprotocol);
    }

    public TransportOptions withTls(Supplier<SSLContext> certificate) {
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
                Optional.of(certificate),
                subprotocol);
    }

    public TransportOptions withTrustedProxies(Predicate<InetAddress> proxies) {
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
                proxies,
                tls,
                subprotocol);
    }

    public TransportOptions withHandshakes(int perRelay, int perAddress, int waiting) {
        return new TransportOptions(
                address,
                threads,
                acceptBacklog,
                perRelay,
                perAddress,
                waiting,
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

    public TransportOptions withOutbox(int bound, int lowWater) {
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
                bound,
                lowWater,
                stallLimit,
                pingPeriod,
                closeDeadline,
                sweep,
                allowedOrigins,
                trustedProxies,
                tls,
                subprotocol);
    }

    /// How often deadlines are looked at and how long a close may take: short in tests.
    public TransportOptions withSweep(Duration every, Duration closing) {
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
                closing,
                every,
                allowedOrigins,
                trustedProxies,
                tls,
                subprotocol);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }
}
