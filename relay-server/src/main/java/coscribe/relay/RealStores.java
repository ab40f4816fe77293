package coscribe.relay;

import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.relay.RelayConfig.StoreChoice;
import coscribe.relay.sequencing.Timers;
import coscribe.relay.store.RestoreMark;
import coscribe.relay.store.StoreState;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the stores that are shipped, and judges how they are set up.
final class RealStores implements Stores.Opener {
    private static final Logger LOG = LoggerFactory.getLogger(RealStores.class);

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
            case StoreChoice.Redis(var text, int replicas) ->
                redis(RedisUrl.parse(text), findings(config, RedisUrl.parse(text), replicas));
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
                    store.holdings(),
                    RestoreMark.NEVER,
                    StoreState.PLAIN,
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

    private Stores redis(RedisUrl url, RedisFindings findings) {
        var settings = RedisSettings.DEFAULT
                .withWaitReplicas(findings.waitReplicas())
                .withAtRisk(findings.durability() == Durability.RELAXED ? RedisFindings.AT_RISK : Duration.ZERO);
        refuseWhatWouldLose(findings.settings(RedisCheckup.look(url, settings)));
        var store = new RedisStore(url, settings, random, clock);
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("store-watch").factory());
        var watch = new StoreWatch(
                () -> findings.all(RedisCheckup.look(url, settings)),
                store::refuseWrites,
                (delay, task) -> later(timer, delay, task));
        store.start();
        try {
            var _ = Stores.wait(store.documents().ping().thenApply(_ -> true));
            watch.start();
        } catch (RuntimeException e) {
            timer.shutdownNow();
            store.close();
            throw e;
        }
        return new Stores(
                store.documents(),
                store.feed(),
                store.people(),
                store.presence(),
                store.holdings(),
                store.restoreMark(),
                store,
                url.address() + " (Redis)",
                () -> {
                    watch.stop();
                    timer.shutdownNow();
                    store.close();
                });
    }

    private static Timers.Due later(ScheduledExecutorService timer, Duration delay, Runnable task) {
        try {
            var waiting = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> waiting.cancel(false);
        } catch (RejectedExecutionException _) { // closed meanwhile
            return Timers.Due.NEVER;
        }
    }

    /// A relay does not say "saved" over a server that is set up to forget: it does not start.
    private static void refuseWhatWouldLose(List<Finding> findings) {
        for (var finding : findings) {
            switch (finding.level()) {
                case OK -> {}
                case WARN ->
                    LOG.warn("event=store_settings what={} sentence=\"{}\"", finding.what(), finding.sentence());
                case FAIL -> throw new StoreUnavailableException(finding.sentence());
            }
        }
    }

    /// What there is to say of a store beyond that it answers.
    List<Finding> judge(RelayConfig config) {
        return switch (config.store()) {
            case StoreChoice.Embedded() -> List.of();
            case StoreChoice.Redis(var text, int replicas) ->
                judge(RedisUrl.parse(text), findings(config, RedisUrl.parse(text), replicas));
        };
    }

    private List<Finding> judge(RedisUrl url, RedisFindings promised) {
        RedisCheckup.Found found;
        try {
            found = RedisCheckup.look(url, RedisSettings.DEFAULT);
        } catch (StoreUnavailableException e) {
            return List.of(Finding.fail(
                    "redis", e.getMessage() + " Start it, or correct redis.url and the user's rights there."));
        }
        var findings = new ArrayList<Finding>();
        findings.add(Finding.ok("redis", "Redis " + found.version() + " answers at " + url.address() + "."));
        findings.addAll(promised.all(found));
        findings.add(RedisFindings.clock(found, clock.instant()));
        return findings;
    }

    private static RedisFindings findings(RelayConfig config, RedisUrl url, int replicas) {
        return new RedisFindings(config.durability(), replicas, url.isWatched());
    }
}
