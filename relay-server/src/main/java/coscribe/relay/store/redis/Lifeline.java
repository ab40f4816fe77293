package coscribe.relay.store.redis;

import coscribe.relay.store.StoreMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/// Keeps one connection to Redis up: dials, lets its user read from it until it breaks, waits with
/// full jitter, dials again. One thread, which is also the one that reads.
final class Lifeline implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(Lifeline.class);

    /// What the connection is for. Both methods are called on the lifeline's thread.
    interface Use {
        /// Reads until the connection breaks, which ends it with a {@link JedisException}.
        void use(RedisConnection connection);

        /// The connection broke, or none could be made; `cause` is for an administrator.
        void lost(String cause);
    }

    private final String purpose;
    private final Dialer dialer;
    private final List<Script> scripts;
    private final RandomGenerator random;
    private final StoreMetrics metrics;
    private final Use use;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Object lock = new Object();
    private @Nullable RedisConnection current;
    private @Nullable Thread thread;

    Lifeline(
            String purpose,
            Dialer dialer,
            List<Script> scripts,
            RandomGenerator random,
            StoreMetrics metrics,
            Use use) {
        this.purpose = purpose;
        this.dialer = dialer;
        this.scripts = scripts;
        this.random = random;
        this.metrics = metrics;
        this.use = use;
    }

    void start() {
        var started = Thread.ofPlatform().daemon().name("redis-" + purpose).unstarted(this::run);
        synchronized (lock) {
            thread = started;
        }
        started.start();
    }

    private void run() {
        boolean told = false;
        boolean first = true;
        for (int failures = 0; isOpen(); ) {
            String cause;
            try {
                var connection = dialer.dial(purpose, scripts);
                if (told) {
                    log.info("Redis is back at={} for={}", dialer.address(), purpose);
                    told = false;
                }
                if (!first) {
                    metrics.reconnected(purpose);
                }
                first = false;
                long since = System.nanoTime();
                cause = useUntilBroken(connection);
                if (System.nanoTime() - since > LAST_PAUSE.toNanos()) {
                    failures = 0; // else Redis lets us in and throws us out again: no hurry
                }
            } catch (JedisException e) {
                cause = sentence(e);
            } catch (RuntimeException | Error e) { // a bug, or a caller's: this thread must go on all the same
                log.error("a connection to Redis is given up at={} for={}", dialer.address(), purpose, e);
                cause = "given up after " + e.getClass().getSimpleName();
            }
            if (isOpen() && !told) {
                log.warn("no connection to Redis at={} for={} cause=\"{}\"", dialer.address(), purpose, cause);
                told = true;
            }
            use.lost("no connection to Redis at " + dialer.address() + ": " + cause);
            pause(failures++);
        }
    }

    private String useUntilBroken(RedisConnection connection) {
        synchronized (lock) {
            current = connection;
        }
        try {
            if (isOpen()) { // else closing may have missed the new connection
                use.use(connection);
            }
            return "closed";
        } catch (JedisException e) {
            return sentence(e);
        } finally {
            synchronized (lock) {
                current = null;
            }
            connection.sever();
        }
    }

    private static String sentence(JedisException e) {
        var cause = e.getCause() == null || e.getCause().getMessage() == null ? e : e.getCause();
        var suppressed = e.getSuppressed();
        return suppressed.length > 0 && suppressed[0].getMessage() != null
                ? suppressed[0].getMessage()
                : String.valueOf(cause.getMessage());
    }

    private void pause(int failures) {
        long bound = Math.min(LAST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures, 10));
        try {
            if (closing.await(random.nextLong(1, bound + 1), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    /// Ends the thread, and waits for it unless it is the caller. What is under way is told `lost`.
    @Override
    public void close() {
        closing.countDown();
        Thread running;
        synchronized (lock) {
            if (current != null) {
                current.sever();
            }
            running = thread;
        }
        if (running != null && running != Thread.currentThread()) {
            try {
                boolean ended = running.join(Duration.ofSeconds(5));
                if (!ended) {
                    log.warn("thread still busy name={}", running.getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
