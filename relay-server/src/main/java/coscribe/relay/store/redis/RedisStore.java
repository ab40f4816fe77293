package coscribe.relay.store.redis;

import coscribe.ot.protocol.Limits;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PresenceStore;
import coscribe.relay.store.RestoreMark;
import coscribe.relay.store.StoreMetrics;
import coscribe.relay.store.StoreState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/// All ports of one relay on one Redis. Three connections: commands, bulk (what may be large),
/// subscriptions; and a fourth where replicas have to confirm commits, as nothing else moves on it
/// meanwhile: for the commits, or, relaxed, for the question alone. Each comes back by itself when it
/// was lost. What waits while there is no connection waits for at most the command timeout.
public final class RedisStore implements StoreState, AutoCloseable {
    private static final Duration WATCH_EVERY = Duration.ofMillis(50);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final int COMMAND_FLIGHTS = 2;
    private static final int BULK_FLIGHTS = 2;

    private static final Logger log = LoggerFactory.getLogger(RedisStore.class);

    private final Dialer dialer;
    private final Gate gate;
    private final Counts counts = new Counts();
    private final CommandLine commits;
    private final CommandLine commands;
    private final CommandLine bulk;
    private final RedisDocumentFeed subscriptions;
    /// Where is asked for what replicas confirm later.
    private final Optional<CommandLine> replicas;

    private final Optional<Relaxed> relaxed;
    private final DocumentFeed feed;
    private final DocumentStore documents;
    private final PresenceStore presence;
    private final PeopleStore people;
    private final Holdings holdings;
    private final RestoreMark restoreMark;
    private final ScheduledExecutorService watchdog;
    private final CountDownLatch closing = new CountDownLatch(1);

    /// @param random  for waits between attempts to connect, and for a name that no other relay has
    /// @param clock   for what is kept for days; what must be exact goes by Redis' clock or by none
    public RedisStore(RedisUrl url, RedisSettings settings, RandomGenerator random, InstantSource clock) {
        this(url, settings, random, clock, System::nanoTime, Limits.BASE_AGE, Limits.PRESENCE_TTL);
    }

    /// @param nanoTime     by which is told how long something is at risk
    /// @param keptSingle   how many of the newest commits stay out of segments
    /// @param presenceTtl  how long a presence record lives
    RedisStore(
            RedisUrl url,
            RedisSettings settings,
            RandomGenerator random,
            InstantSource clock,
            LongSupplier nanoTime,
            long keptSingle,
            Duration presenceTtl) {
        dialer = new Dialer(url, settings);
        var now = settings.confirmation();
        commands = line("commands", random, settings, settings.commandTimeout(), COMMAND_FLIGHTS, Confirmation.NONE);
        bulk = line("bulk", random, settings, settings.bulkTimeout(), BULK_FLIGHTS, now);
        commits = now.isNeeded()
                ? line("commits", random, settings, settings.commandTimeout(), COMMAND_FLIGHTS, now)
                : commands;
        subscriptions = new RedisDocumentFeed(dialer, own(random), commands, settings.commandTimeout(), counts);
        replicas = Optional.of(settings.laterConfirmation())
                .filter(Confirmation::isNeeded)
                .map(later -> line("replicas", random, settings, settings.commandTimeout(), 1, later));
        relaxed = replicas.map(
                line -> new Relaxed(commands, line, settings.atRisk(), nanoTime, Long.toHexString(random.nextLong())));
        gate = new Gate(() -> relaxed.flatMap(Relaxed::doubt));
        feed = relaxed.map(bounded -> bounded.over(subscriptions)).orElse(subscriptions);
        documents = new RedisDocumentStore(over(commits), commands, over(bulk), gate, clock, keptSingle);
        presence = new RedisPresenceStore(commands, presenceTtl);
        var redisPeople = new RedisPeopleStore(commands, clock);
        people = redisPeople;
        holdings = new RedisHoldings(bulk, new HeldRedisPeople(bulk, redisPeople), clock, keptSingle);
        restoreMark = new RedisRestoreMark(bulk);
        watchdog = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("redis-watchdog").factory());
    }

    private CommandLine line(
            String purpose,
            RandomGenerator random,
            RedisSettings settings,
            Duration timeout,
            int flights,
            Confirmation confirmation) {
        return new CommandLine(
                purpose,
                dialer,
                own(random),
                confirmation.timeout(timeout),
                settings.waitingCommands(),
                flights,
                confirmation,
                counts);
    }

    private Line over(Line line) {
        return relaxed.map(bounded -> bounded.over(line)).orElse(line);
    }

    /// Whoever counts, once somebody does.
    private static final class Counts implements StoreMetrics {
        private volatile StoreMetrics by = StoreMetrics.NONE;

        @Override
        public void confirmed(Duration after) {
            by.confirmed(after);
        }

        @Override
        public void unconfirmed() {
            by.unconfirmed();
        }

        @Override
        public void reconnected(String purpose) {
            by.reconnected(purpose);
        }

        @Override
        public void presenceNotPublished() {
            by.presenceNotPublished();
        }
    }

    /// Each connection's thread draws from its own.
    private static RandomGenerator own(RandomGenerator random) {
        return new SplittableRandom(random.nextLong());
    }

    /// Begins to connect, and does not wait for it: {@link DocumentStore#ping} tells whether it
    /// worked.
    public void start() {
        commands.start();
        bulk.start();
        subscriptions.start();
        replicas.ifPresent(CommandLine::start);
        if (commits != commands) {
            commits.start();
        }
        long every = WATCH_EVERY.toMillis();
        var _ = watchdog.scheduleWithFixedDelay(this::expire, every, every, TimeUnit.MILLISECONDS);
        if (dialer.mayFindAnother()) {
            Thread.ofVirtual().name("redis-look").start(this::look);
        }
    }

    /// A server that was replaced and cut off goes on answering: only the Sentinels know.
    private void look() {
        try {
            while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    dialer.lookAgain();
                } catch (JedisException e) {
                    log.debug("Sentinels were asked in vain cause=\"{}\"", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void expire() {
        try {
            commands.expire();
            if (commits != commands) {
                commits.expire();
            }
            bulk.expire();
            subscriptions.expire();
            replicas.ifPresent(CommandLine::expire);
            relaxed.ifPresent(Relaxed::beat); // last: whatever led to a server that was replaced is cut
        } catch (RuntimeException e) { // else nothing would ever time out again
            log.error("the watchdog failed", e);
        }
    }

    /// Refuses what would change documents from now on, and says why; or takes it again. Any thread.
    ///
    /// @param reason  for an administrator
    public void refuseWrites(Optional<String> reason) {
        gate.shut(reason);
    }

    @Override
    public Optional<String> writesRefused() {
        return gate.shut();
    }

    @Override
    public void countedBy(StoreMetrics metrics) {
        counts.by = metrics;
    }

    public DocumentStore documents() {
        return documents;
    }

    public DocumentFeed feed() {
        return feed;
    }

    public PresenceStore presence() {
        return presence;
    }

    public PeopleStore people() {
        return people;
    }

    /// Whether everything was put into it that a restore began to.
    public RestoreMark restoreMark() {
        return restoreMark;
    }

    public Holdings holdings() {
        return holdings;
    }

    /// Closes all connections; what is under way fails. May be called twice.
    @Override
    public void close() {
        closing.countDown();
        watchdog.shutdownNow();
        subscriptions.close();
        replicas.ifPresent(CommandLine::close);
        commits.close();
        commands.close();
        bulk.close();
    }
}
