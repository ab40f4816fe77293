package coscribe.relay;

import coscribe.ot.protocol.RelayId;
import coscribe.relay.ops.Leaving;
import coscribe.relay.ops.Readiness;
import coscribe.relay.people.Invites;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.transport.Transport;
import coscribe.relay.transport.TransportException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running relay. {@link #start} puts the rooms together in their order: store, people, sessions,
/// port, health, metrics, admin socket; {@link #close} goes the list backwards. It keeps nothing
/// that a restart may lose.
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    /// A drain gives the last to be closed as much time to go as it gave the first.
    private static final Duration LONGEST_SPREAD = Duration.ofSeconds(10);

    private final RelayConfig config;
    private final Deque<Step> back;
    private final Running running;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// What undoes a step of the start.
    record Step(String name, AutoCloseable undo) {}

    record Running(
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
            var running = new RelayStart(config, world, back).run();
            return new Relay(config, back, running);
        } catch (StoreUnavailableException e) {
            undo(back);
            throw new RelayFailure(
                    RelayFailure.STORE_AWAY,
                    "The store can't be used: " + RelayFailure.sentence(e)
                            + " Then start again; 'coscribe-relay doctor' checks it.",
                    e);
        } catch (TransportException e) {
            undo(back);
            throw new RelayFailure(RelayFailure.FAILED, RelayFailure.sentence(e), e);
        } catch (RuntimeException e) {
            undo(back);
            throw e;
        }
    }

    /// What an administrator asks for while no relay runs on this store. Close the stores
    /// afterwards.
    public static AdminDesk deskOn(RelayConfig config, Stores stores, World world) {
        var identity = People.identity(stores, world.random());
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

    /// Why no edit is taken now, for an administrator; empty: they are.
    public Optional<String> writesRefused() {
        return running.readiness().writesRefused();
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
