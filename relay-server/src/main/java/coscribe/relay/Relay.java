package coscribe.relay;

import coscribe.ot.protocol.RelayId;
import coscribe.relay.auth.AccessTokens;
import coscribe.relay.auth.ForeignTokens;
import coscribe.relay.auth.SigningSecret;
import coscribe.relay.auth.TokenReader;
import coscribe.relay.ops.AdminSocket;
import coscribe.relay.ops.Leaving;
import coscribe.relay.ops.MetricsServer;
import coscribe.relay.ops.Pages;
import coscribe.relay.ops.Readiness;
import coscribe.relay.ops.RelayMetrics;
import coscribe.relay.people.Accounts;
import coscribe.relay.people.Invites;
import coscribe.relay.people.SignIn;
import coscribe.relay.store.PeopleStore.Identity;
import coscribe.relay.store.StoreUnavailableException;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running relay. {@link #start} puts the rooms together in their order: store, people, sessions,
/// port, health, metrics, admin socket; {@link #close} goes the list backwards. It keeps nothing
/// that a restart may lose.
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration LOOK_AT_CERTIFICATE_EVERY = Duration.ofSeconds(60);
    private static final Duration ASK_STORE_EVERY = Duration.ofSeconds(2);
    /// A drain gives the last to be closed as much time to go as it gave the first.
    private static final Duration LONGEST_SPREAD = Duration.ofSeconds(10);

    private static final int SECRET_BYTES = 32;

    private final RelayConfig config;
    private final Deque<Step> back;
    private final Running running;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// What undoes a step of the start.
    private record Step(String name, AutoCloseable undo) {}

    private record Running(
            Transport transport,
            Leaving leaving,
            Readiness readiness,
            Addresses addresses,
            InetSocketAddress listening,
            Optional<InetSocketAddress> metrics,
            Optional<Invites.Made> ownerLink,
            Stores stores,
            AdminDesk desk,
            RelayId id) {}

    /// What the outside world lends to a relay.
    ///
    /// @param opener   opens the store that the configuration names
    /// @param judge    looks at how that store is set up; blocks
    /// @param builder  makes the sessions
    /// @param clock    the time of day
    /// @param random   unguessable, and safe for any thread
    public record World(
            Stores.Opener opener,
            Function<RelayConfig, List<Finding>> judge,
            Sessions.Builder builder,
            InstantSource clock,
            RandomGenerator random,
            String version) {
        /// The stores and sessions that are shipped.
        public static World real(InstantSource clock, RandomGenerator random, String version) {
            var stores = new RealStores(clock, random);
            return new World(stores, stores::judge, HallSessions::new, clock, random, version);
        }
    }

    private Relay(RelayConfig config, Deque<Step> back, Running running) {
        this.config = config;
        this.back = back;
        this.running = running;
    }

    /// Returns when the port listens. Blocks while the store opens.
    ///
    /// @throws RelayFailure  with a sentence for an administrator; everything is closed again then
    public static Relay start(RelayConfig config, World world) {
        var back = new ArrayDeque<Step>();
        try {
            var running = new Start(config, world, back).run();
            return new Relay(config, back, running);
        } catch (StoreUnavailableException e) {
            undo(back);
            throw new RelayFailure(
                    RelayFailure.STORE_AWAY,
                    "The store can't be used: " + sentence(e) + " Then start again; 'coscribe-relay doctor' checks it.",
                    e);
        } catch (TransportException e) {
            undo(back);
            throw new RelayFailure(RelayFailure.FAILED, sentence(e), e);
        } catch (RuntimeException e) {
            undo(back);
            throw e;
        }
    }

    private static String sentence(RuntimeException e) {
        var message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    /// One start, step by step.
    private static final class Start {
        private final RelayConfig config;
        private final World world;
        private final Deque<Step> back;
        private final InstantSource clock;

        Start(RelayConfig config, World world, Deque<Step> back) {
            this.config = config;
            this.world = world;
            this.back = back;
            this.clock = world.clock();
        }

        Running run() {
            DataDir.make(config.dataDir());
            var stores = world.opener().open(config);
            undoLater("store", stores);
            var identity = identity(stores, world.random());
            var timer = new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("relay-timer").factory());
            timer.setRemoveOnCancelPolicy(true); // else each connection that came and went is kept until its token ends
            undoLater("timer", timer::shutdownNow);

            var people = People.of(config, stores, identity, clock, world.random());
            var readiness = new Readiness();
            var gauges = new Gauges();
            var metrics = new RelayMetrics(gauges, people.accounts()::use, readiness);
            var sessions = world.builder()
                    .build(new Sessions.Parts(
                            config,
                            identity.relay(),
                            stores.with(new TimedDocumentStore(stores.documents(), System::nanoTime, metrics)),
                            people.signIn(),
                            people.invites(),
                            metrics,
                            timer,
                            clock,
                            world.random()));
            undoLater("sessions", sessions);
            metrics.documents(sessions::openDocuments, sessions::people);
            var leaving = new Leaving(sessions.listener(), timer);
            // Links name the port, and a free port is known only once it listens.
            var addresses = new Late();
            var transport = new SelectorTransport(
                    port(timer),
                    Gatekeeper.open(),
                    new Pages(readiness, () -> addresses.get().link()),
                    leaving,
                    metrics,
                    new SteadyClock(),
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
            return new Running(
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
                        RelayFailure.BAD_CONFIG, "tls.cert and tls.key can't be used: " + sentence(e), e);
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
            back.push(new Step(name, undo));
        }
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

    /// The people's half of a relay, as a running one and a command need it.
    record People(Accounts accounts, AccessTokens tokens, Invites invites, SignIn signIn, InstantSource clock) {
        static People of(
                RelayConfig config, Stores stores, Identity identity, InstantSource clock, RandomGenerator random) {
            var accounts = new Accounts(stores.people(), clock);
            var tokens = new AccessTokens(
                    identity.relay(), new SigningSecret(identity.tokenSecret()), config.tokenLife(), clock);
            var foreign = config.teamTokens().map(team -> new ForeignTokens(team.secret(), team.audience(), clock));
            var invites = new Invites(stores.people(), identity, clock, random);
            var signIn = new SignIn(
                    stores.people(),
                    stores.documents(),
                    accounts,
                    identity.relay(),
                    tokens,
                    new TokenReader(tokens, foreign),
                    config.takesCodes(),
                    clock,
                    random);
            return new People(accounts, tokens, invites, signIn, clock);
        }

        AdminDesk desk(Stores stores, Addresses addresses, boolean running, String version) {
            return new AdminDesk(
                    new AdminDesk.Identified(stores, invites, accounts, tokens, addresses, running, clock, version));
        }
    }

    private static Identity identity(Stores stores, RandomGenerator random) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return Stores.wait(stores.people().identity(RelayId.random(random), secret));
    }

    /// What an administrator asks for while no relay runs on this store. Close the stores
    /// afterwards.
    public static AdminDesk deskOn(RelayConfig config, Stores stores, World world) {
        var identity = identity(stores, world.random());
        return People.of(config, stores, identity, world.clock(), world.random())
                .desk(stores, Addresses.of(config, config.bind().getPort()), false, world.version());
    }

    public RelayConfig config() {
        return config;
    }

    public Addresses addresses() {
        return running.addresses();
    }

    /// With the real port.
    public InetSocketAddress listening() {
        return running.listening();
    }

    public Optional<InetSocketAddress> metrics() {
        return running.metrics();
    }

    public RelayId id() {
        return running.id();
    }

    public String storeShown() {
        return running.stores().shown();
    }

    /// What an administrator of this relay may ask, for the program that runs it. Blocks.
    public AdminDesk desk() {
        return running.desk();
    }

    /// While no admin exists.
    public Optional<String> ownerLink() {
        return running.ownerLink()
                .map(made -> "coscribe://join/" + running.addresses().link() + "/"
                        + made.code().shown());
    }

    /// Stops accepting, asks everybody to go elsewhere, and closes: at most about the configured
    /// time and what is under way needs. Blocks. May be called twice.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        running.readiness().drain();
        running.transport().stopAccepting();
        var drain = config.drain();
        var half = drain.dividedBy(2);
        try {
            int left = running.leaving().leave(half.compareTo(LONGEST_SPREAD) < 0 ? half : LONGEST_SPREAD, drain);
            LOG.info("event=drained left={}", left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        undo(back);
        LOG.info("event=stopped");
    }

    private static void undo(Deque<Step> back) {
        while (!back.isEmpty()) {
            var step = back.pop();
            try {
                step.undo().close();
            } catch (Exception e) {
                LOG.warn("event=close_failed what=\"{}\"", step.name(), e);
            }
        }
    }
}
