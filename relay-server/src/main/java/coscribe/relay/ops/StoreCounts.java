package coscribe.relay.ops;

import coscribe.relay.store.CommitResult;
import coscribe.relay.store.StoreMetrics;
import coscribe.relay.store.TimedDocumentStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// What is counted of the store: its answers, its replicas and the connections to it. Any thread.
final class StoreCounts implements TimedDocumentStore.Times, StoreMetrics {
    private final ByWord presenceDropped;
    private final ConcurrentMap<String, Latency> calls = new ConcurrentHashMap<>();
    private final Set<String> toldCalls = ConcurrentHashMap.newKeySet();
    private final LongAdder appended = new LongAdder();
    private final ByWord batches = new ByWord("coscribe.batches", "outcome");
    private final Latency confirmations = new Latency();
    private final LongAdder unconfirmed = new LongAdder();
    private final ByWord reconnects = new ByWord("coscribe.redis.reconnects", "connection");

    /// @param presenceDropped  where soft state that was not told is counted
    StoreCounts(ByWord presenceDropped) {
        this.presenceDropped = presenceDropped;
    }

    @Override
    public void took(String call, Duration time) {
        calls.computeIfAbsent(call, _ -> new Latency()).took(time);
    }

    @Override
    public void committed(int entries, CommitResult result) {
        batches.count(
                switch (result) {
                    case CommitResult.Appended ignored -> {
                        appended.add(entries);
                        yield "appended";
                    }
                    case CommitResult.Duplicate ignored -> "duplicate";
                    case CommitResult.ClientClosed ignored -> "client closed";
                    case CommitResult.RoleRefused ignored -> "role refused";
                    case CommitResult.HeadMoved ignored -> "lost race";
                    case CommitResult.Forked ignored -> "forked";
                    case CommitResult.TurnTaken ignored -> "turn taken";
                    case CommitResult.Absent ignored -> "absent";
                });
    }

    @Override
    public void confirmed(Duration after) {
        confirmations.took(after);
    }

    @Override
    public void unconfirmed() {
        unconfirmed.increment();
    }

    @Override
    public void reconnected(String purpose) {
        reconnects.count(purpose);
    }

    @Override
    public void presenceNotPublished() {
        presenceDropped.count("store busy");
    }

    void register(MeterRegistry registry) {
        FunctionCounter.builder("coscribe.commits", appended, LongAdder::sum)
                .description("commits that the store took, of all its batches")
                .register(registry);
        FunctionCounter.builder("coscribe.redis.waits.short", unconfirmed, LongAdder::sum)
                .description("times that not all replicas confirmed in time")
                .register(registry);
        confirmations.register(
                registry,
                "coscribe.redis.waits",
                "until the replicas confirmed (WAIT) what the primary had answered",
                Tags.empty());
    }

    /// What has a name only once it happened.
    void tell(MeterRegistry registry) {
        batches.tell(registry);
        reconnects.tell(registry);
        calls.forEach((call, latency) -> {
            if (toldCalls.add(call)) {
                latency.register(registry, "coscribe.store.calls", "until the store answered", Tags.of("call", call));
            }
        });
    }
}
