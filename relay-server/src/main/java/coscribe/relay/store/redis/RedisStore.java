package coscribe.relay.store.redis;

import coscribe.ot.protocol.Limits;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PresenceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/// All ports of one relay on one Redis. Three connections: commands, bulk (what may be large),
/// subscriptions; and a fourth for commits where replicas have to confirm them, as nothing else moves
/// on it meanwhile. Each comes back by itself when it was lost. What waits while there is no
/// connection waits for at most the command timeout.
public final class RedisStore implements AutoCloseable {
    private static final Duration WATCH_EVERY = Duration.ofMillis(50);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final int COMMAND_FLIGHTS = 2;
    private static final int BULK_FLIGHTS = 2;

    private static final Logger log = LoggerFactory.getLogger(RedisStore.class);

    private final Dialer dialer;
    private final Gate gate = new Gate();
    private final CommandLine commits;
    private final CommandLine commands;
    private final CommandLine bulk;
    private final RedisDocumentFeed feed;
    private final DocumentStore documents;
    private final PresenceStore presence;
    private final PeopleStore people;
    private final Holdings holdings;
    private final ScheduledExecutorService watchdog;
    private final CountDownLatch closing = new CountDownLatch(1);

    /// @param random  for waits between attempts to connect
    /// @param clock   for what is kept for days; what must be exact goes by Redis' clock or by none
    public RedisStore(RedisUrl url, RedisSettings settings, RandomGenerator random, InstantSource clock) {
        this(url, settings, random, clock, Limits.BASE_AGE, Limits.PRESENCE_TTL);
    }

    /// @param keptSingle   how many of the newest commits stay out of segments
    /// @param presenceTtl  how long a presence record lives
    RedisStore(
            RedisUrl url,
            RedisSettings settings,
            RandomGenerator random,
            InstantSource clock,
            long keptSingle,
            Duration presenceTtl) {
        dialer = new Dialer(url, settings);
        int bound = settings.waitingCommands();
        var confirmation = settings.confirmation();
        commands = new CommandLine(
                "commands", dialer, own(random), settings.commandTimeout(), bound, COMMAND_FLIGHTS, Confirmation.NONE);
        bulk = new CommandLine(
                "bulk",
                dialer,
                own(random),
                settings.withPatience(settings.bulkTimeout()),
                bound,
                BULK_FLIGHTS,
                confirmation);
        commits = confirmation.isNeeded()
                ? new CommandLine(
                        "commits",
                        dialer,
                        own(random),
                        settings.withPatience(settings.commandTimeout()),
                        bound,
                        COMMAND_FLIGHTS,
                        confirmation)
                : commands;
        feed = new RedisDocumentFeed(dialer, own(random), commands, settings.commandTimeout());
        documents = new RedisDocumentStore(commits, commands, bulk, gate, clock, keptSingle);
        presence = new RedisPresenceStore(commands, presenceTtl);
        var redisPeople = new RedisPeopleStore(commands, clock);
        people = redisPeople;
        holdings = new RedisHoldings(bulk, new HeldRedisPeople(bulk, redisPeople), clock, keptSingle);
        watchdog = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("redis-watchdog").factory());
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
        feed.start();
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
            feed.expire();
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

    public Holdings holdings() {
        return holdings;
    }

    /// Closes all connections; what is under way fails. May be called twice.
    @Override
    public void close() {
        closing.countDown();
        watchdog.shutdownNow();
        feed.close();
        commits.close();
        commands.close();
        bulk.close();
    }
}
