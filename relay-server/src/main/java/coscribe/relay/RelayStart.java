package coscribe.relay;

import coscribe.relay.ops.AdminSocket;
import coscribe.relay.ops.Leaving;
import coscribe.relay.ops.MetricsServer;
import coscribe.relay.ops.Pages;
import coscribe.relay.ops.Readiness;
import coscribe.relay.ops.RelayMetrics;
import coscribe.relay.people.Invites;
import coscribe.relay.store.TimedDocumentStore;
import coscribe.relay.transport.Gatekeeper;
import coscribe.relay.transport.PemCertificate;
import coscribe.relay.transport.SteadyClock;
import coscribe.relay.transport.Transport;
import coscribe.relay.transport.TransportException;
import coscribe.relay.transport.TransportGauges;
import coscribe.relay.transport.TransportOptions;
import coscribe.relay.transport.selector.SelectorTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One start of a relay, step by step. What each step opened is noted, so that it can be closed
/// again in the reverse order.
final class RelayStart {
    private static final Logger LOG = LoggerFactory.getLogger(RelayStart.class);
    private static final Duration LOOK_AT_CERTIFICATE_EVERY = Duration.ofSeconds(60);
    private static final Duration ASK_STORE_EVERY = Duration.ofSeconds(2);

    private final RelayConfig config;
    private final Relay.World world;
    private final Deque<Relay.Step> back;
    private final InstantSource clock;

    RelayStart(RelayConfig config, Relay.World world, Deque<Relay.Step> back) {
        this.config = config;
        this.world = world;
        this.back = back;
        this.clock = world.clock();
    }

    Relay.Running run() {
        DataDir.make(config.dataDir());
        var stores = world.opener().open(config).requireWhole();
        undoLater("store", stores);
        var identity = People.identity(stores, world.random());
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("relay-timer").factory());
        timer.setRemoveOnCancelPolicy(true); // else each connection that came and went is kept until its token ends
        undoLater("timer", timer::shutdownNow);

        var people = People.of(config, stores, identity, clock, world.random());
        var readiness = new Readiness(stores.state()::writesRefused);
        var gauges = new Gauges();
        var metrics = new RelayMetrics(gauges, people.accounts()::use, readiness);
        stores.state().countedBy(metrics.ofStore());
        var steady = new SteadyClock();
        var sessions = world.builder()
                .build(new Sessions.Parts(
                        config,
                        identity.relay(),
                        stores.with(new TimedDocumentStore(stores.documents(), System::nanoTime, metrics.times())),
                        people.accounts(),
                        people.signIn(),
                        people.invites(),
                        metrics,
                        timer,
                        clock,
                        steady,
                        world.random()));
        undoLater("sessions", sessions);
        metrics.documents(sessions::openDocuments, sessions::people);
        var leaving = new Leaving(sessions.listener(), timer, world.random());
        // Links name the port, and a free port is known only once it listens.
        var addresses = new Late();
        var transport = new SelectorTransport(
                port(timer),
                Gatekeeper.open(),
                new Pages(readiness, () -> addresses.get().link()),
                leaving,
                metrics,
                steady,
                timer);
        sessions.start();
        var listening = transport.start();
        undoLater("port", transport);
        gauges.transport = Optional.of(transport);
        addresses.known = Optional.of(Addresses.of(config, listening.getPort()));

        var _ = Stores.wait(stores.documents().ping().thenApply(_ -> true));
        readiness.answered();
        var _ = timer.scheduleWithFixedDelay(
                () -> readiness.ask(stores.documents()::ping),
                ASK_STORE_EVERY.toMillis(),
                ASK_STORE_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
        var metricsAddress = metrics(metrics);
        var desk = people.desk(stores, addresses.get(), true, world.version());
        adminSocket(desk);
        var ownerLink =
                config.takesCodes() ? Stores.wait(people.invites().ownerLink()) : Optional.<Invites.Made>empty();
        return new Relay.Running(
                transport,
                leaving,
                readiness,
                addresses.get(),
                listening,
                metricsAddress,
                ownerLink,
                stores,
                desk,
                identity.relay());
    }

    private TransportOptions port(ScheduledExecutorService timer) {
        var options = TransportOptions.defaults(Addresses.resolved(config.bind()))
                .withTrustedProxies(config.trustedProxies());
        if (config.tls().isEmpty()) {
            return options;
        }
        var certificate = certificate(config.tls().get());
        var _ = timer.scheduleWithFixedDelay(
                () -> refresh(certificate),
                LOOK_AT_CERTIFICATE_EVERY.toMillis(),
                LOOK_AT_CERTIFICATE_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
        return options.withTls(certificate);
    }

    private static PemCertificate certificate(RelayConfig.Tls tls) {
        try {
            return PemCertificate.read(tls.certificate(), tls.key());
        } catch (TransportException e) {
            throw new RelayFailure(
                    RelayFailure.BAD_CONFIG, "tls.cert and tls.key can't be used: " + RelayFailure.sentence(e), e);
        }
    }

    private static void refresh(PemCertificate certificate) {
        try {
            if (certificate.refresh()) {
                LOG.info("event=certificate_renewed");
            }
        } catch (RuntimeException e) {
            LOG.warn("event=certificate_not_renewed reason=\"{}\"", e.getMessage());
        }
    }

    private Optional<InetSocketAddress> metrics(RelayMetrics metrics) {
        if (config.metricsBind().isEmpty()) {
            return Optional.empty();
        }
        var address = config.metricsBind().get();
        try {
            var server = MetricsServer.start(Addresses.resolved(address), metrics::scrape);
            undoLater("metrics", server);
            Thread.ofPlatform().daemon().name("metrics-prepare").start(metrics::prepare);
            return Optional.of(server.address());
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "metrics.bind " + address.getHostString() + ":" + address.getPort()
                            + " can't be listened on: another program has it, or it is not an address of this"
                            + " computer. Write another metrics.bind, or metrics.bind = off.",
                    e);
        }
    }

    /// Without it commands cannot reach the relay, but people can.
    private void adminSocket(AdminDesk desk) {
        try {
            undoLater("admin socket", AdminSocket.open(config.dataDir(), desk));
        } catch (IOException e) {
            LOG.warn("event=no_admin_socket data_dir={} reason=\"{}\"", config.dataDir(), e.getMessage());
        }
    }

    private void undoLater(String name, AutoCloseable undo) {
        back.push(new Relay.Step(name, undo));
    }

    /// What is measured at a port that is not built yet when its metrics are.
    private static final class Gauges implements Supplier<TransportGauges> {
        private volatile Optional<Transport> transport = Optional.empty();

        @Override
        public TransportGauges get() {
            return transport.map(Transport::gauges).orElse(new TransportGauges(0, 0, 0, 0, 0, 0));
        }
    }

    private static final class Late implements Supplier<Addresses> {
        private volatile Optional<Addresses> known = Optional.empty();

        @Override
        public Addresses get() {
            return known.orElse(new Addresses("", ""));
        }
    }
}
