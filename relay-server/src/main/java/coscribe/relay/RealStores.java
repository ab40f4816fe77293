package coscribe.relay;

import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.relay.RelayConfig.StoreChoice;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.embedded.EmbeddedSettings;
import coscribe.relay.store.embedded.EmbeddedStore;
import coscribe.relay.store.memory.MemoryFeedHub;
import coscribe.relay.store.memory.MemoryPresence;
import coscribe.relay.store.redis.RedisCheckup;
import coscribe.relay.store.redis.RedisSettings;
import coscribe.relay.store.redis.RedisStore;
import coscribe.relay.store.redis.RedisUrl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the stores that are shipped, and judges how they are set up.
final class RealStores implements Stores.Opener {
    private static final Logger LOG = LoggerFactory.getLogger(RealStores.class);
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final RandomGenerator random;

    RealStores(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Stores open(RelayConfig config) {
        return switch (config.store()) {
            case StoreChoice.Embedded() -> embedded(config);
            case StoreChoice.Redis(var text) -> redis(url(text), config.durability());
        };
    }

    private Stores embedded(RelayConfig config) {
        DataDir.make(config.dataDir());
        // One thread hands out answers in the order of the log, while the writer forces the next group.
        var answers = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("store-answers").factory());
        var hub = new MemoryFeedHub(Runnable::run);
        try {
            var store = EmbeddedStore.open(config.dataDir(), EmbeddedSettings.DEFAULT, clock, answers, hub);
            return new Stores(
                    store.documents(),
                    hub.open(),
                    store.people(),
                    new MemoryPresence(clock, Runnable::run),
                    config.dataDir() + " (embedded store)",
                    () -> {
                        store.close();
                        end(answers);
                    });
        } catch (RuntimeException e) {
            answers.shutdownNow();
            throw e;
        }
    }

    private static void end(java.util.concurrent.ExecutorService answers) {
        answers.shutdown();
        try {
            var _ = answers.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Stores redis(RedisUrl url, Durability durability) {
        refuseWhatWouldLose(url, durability);
        var store = new RedisStore(url, RedisSettings.DEFAULT, random, clock);
        store.start();
        try {
            var _ = Stores.wait(store.documents().ping().thenApply(_ -> true));
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        return new Stores(
                store.documents(),
                store.feed(),
                store.people(),
                store.presence(),
                url.address() + " (Redis)",
                store::close);
    }

    /// A relay does not say "saved" over a server that is set up to forget: it does not start.
    private void refuseWhatWouldLose(RedisUrl url, Durability durability) {
        var found = RedisCheckup.look(url, RedisSettings.DEFAULT);
        for (var finding : List.of(eviction(found), persistence(found, durability))) {
            switch (finding.level()) {
                case OK -> {}
                case WARN ->
                    LOG.warn("event=store_settings what={} sentence=\"{}\"", finding.what(), finding.sentence());
                case FAIL -> throw new StoreUnavailableException(finding.sentence());
            }
        }
    }

    private static RedisUrl url(String text) {
        try {
            return RedisUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RelayFailure(RelayFailure.BAD_CONFIG, "redis.url can't be used: " + e.getMessage() + ".", e);
        }
    }

    /// What there is to say of a store beyond that it answers.
    List<Finding> judge(RelayConfig config) {
        return switch (config.store()) {
            case StoreChoice.Embedded() -> List.of();
            case StoreChoice.Redis(var text) -> judge(url(text), config.durability());
        };
    }

    private List<Finding> judge(RedisUrl url, Durability durability) {
        RedisCheckup.Found found;
        try {
            found = RedisCheckup.look(url, RedisSettings.DEFAULT);
        } catch (StoreUnavailableException e) {
            return List.of(Finding.fail(
                    "redis", e.getMessage() + " Start it, or correct redis.url and the user's rights there."));
        }
        var findings = new ArrayList<Finding>();
        findings.add(Finding.ok("redis", "Redis " + found.version() + " answers at " + url.address() + "."));
        findings.add(eviction(found));
        findings.add(persistence(found, durability));
        found.writesFail()
                .ifPresent(why -> findings.add(
                        Finding.fail("redis", "Redis refuses writes: " + why + ". Look at its disk and its log.")));
        var apart = Duration.between(found.time(), clock.instant()).abs();
        findings.add(
                apart.compareTo(CLOCKS_APART) > 0
                        ? Finding.fail(
                                "clock",
                                "This computer's clock and the one of Redis are " + apart.toSeconds()
                                        + " s apart. Let both be set by NTP.")
                        : Finding.ok("clock", "This computer and Redis agree on the time."));
        return findings;
    }

    private static Finding eviction(RedisCheckup.Found found) {
        return switch (found.eviction().orElse("")) {
            case "noeviction" -> Finding.ok("eviction", "Redis throws nothing away (noeviction).");
            case "" ->
                Finding.warn(
                        "eviction",
                        "Redis does not tell its maxmemory-policy. It must be noeviction; allow CONFIG GET to have it"
                                + " checked.");
            default ->
                Finding.fail(
                        "eviction",
                        "Redis may throw documents away when memory is short (maxmemory-policy "
                                + found.eviction().orElse("")
                                + "). Set it: redis-cli config set maxmemory-policy noeviction, and in redis.conf.");
        };
    }

    private static Finding persistence(RedisCheckup.Found found, Durability durability) {
        var append = found.appendOnly().orElse("");
        var fsync = found.appendFsync().orElse("");
        if (durability == Durability.VOLATILE) {
            return Finding.ok("durability", "Volatile was asked for: what Redis forgets at its end is lost.");
        }
        if (append.isEmpty()) {
            return Finding.warn(
                    "durability",
                    "Redis does not tell whether it keeps an append-only file. It must; allow CONFIG GET to have it"
                            + " checked.");
        }
        if (!append.equals("yes")) {
            return Finding.fail(
                    "durability",
                    "Redis keeps no append-only file, so saved edits are lost when it ends. Set it: redis-cli config"
                            + " set appendonly yes, and in redis.conf; or write durability = volatile.");
        }
        if (durability == Durability.STRICT && !fsync.equals("always")) {
            return Finding.fail(
                    "durability",
                    "Redis forces its file only " + (fsync.equals("everysec") ? "every second" : "now and then")
                            + ", so durability = strict is not kept. Set it: redis-cli config set appendfsync always,"
                            + " and in redis.conf; or write durability = relaxed.");
        }
        return Finding.ok("durability", "Redis keeps an append-only file (appendfsync " + fsync + ").");
    }
}
