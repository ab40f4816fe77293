package coscribe.relay.ops;

import coscribe.ot.protocol.Refusal;
import coscribe.relay.people.Accounts;
import coscribe.relay.session.SessionMetrics;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.TimedDocumentStore;
import coscribe.relay.transport.TransportGauges;
import coscribe.relay.transport.TransportMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// Counts what happens, and tells Prometheus when it asks. Counting costs an addition; the registry
/// is built behind the start, or at the first scrape, so that no start waits for it.
public final class RelayMetrics implements TransportMetrics, SessionMetrics, TimedDocumentStore.Times {
    private final Supplier<TransportGauges> port;
    private final Supplier<Accounts.Use> accounts;
    private final Readiness readiness;
    private final LongAdder opened = new LongAdder();
    private final LongAdder handshakesTimedOut = new LongAdder();
    private final LongAdder stalled = new LongAdder();
    private final LongAdder roundTrips = new LongAdder();
    private final LongAdder roundTripNanos = new LongAdder();
    private final ConcurrentMap<String, LongAdder> closed = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> answered = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> signIns = new ConcurrentHashMap<>();
    private volatile IntSupplier openDocuments = () -> 0;
    private volatile IntSupplier people = () -> 0;
    private final Latency acknowledgements = new Latency();
    private final ConcurrentMap<String, Latency> storeCalls = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final Latency comingIn = new Latency();
    private volatile int joinsUnderWay;
    private volatile int joinsWaiting;
    private volatile int joinsBound;
    private final LongAdder delayed = new LongAdder();
    private final ConcurrentMap<String, LongAdder> overBudget = new ConcurrentHashMap<>();
    private final LongAdder joined = new LongAdder();
    private final LongAdder appended = new LongAdder();
    private final ConcurrentMap<String, LongAdder> batches = new ConcurrentHashMap<>();
    private final LongAdder deliveredCommits = new LongAdder();
    private final LongAdder deliveries = new LongAdder();
    private final LongAdder ranges = new LongAdder();
    private final LongAdder rangedCommits = new LongAdder();
    private final Object lock = new Object();
    private Optional<PrometheusMeterRegistry> registry = Optional.empty();
    private final ConcurrentMap<String, Boolean> registered = new ConcurrentHashMap<>();

    /// @param port      asked at each scrape
    /// @param accounts  asked at each scrape
    public RelayMetrics(Supplier<TransportGauges> port, Supplier<Accounts.Use> accounts, Readiness readiness) {
        this.port = port;
        this.accounts = accounts;
        this.readiness = readiness;
    }

    @Override
    public void opened() {
        opened.increment();
    }

    @Override
    public void closed(int code) {
        closed.computeIfAbsent(Integer.toString(code), _ -> new LongAdder()).increment();
    }

    @Override
    public void answered(int status) {
        answered.computeIfAbsent(Integer.toString(status), _ -> new LongAdder()).increment();
    }

    @Override
    public void handshakeTimedOut() {
        handshakesTimedOut.increment();
    }

    @Override
    public void stalled() {
        stalled.increment();
    }

    @Override
    public void roundTrip(Duration roundTrip) {
        roundTrips.increment();
        roundTripNanos.add(roundTrip.toNanos());
    }

    @Override
    public void delivered(int commits, int members) {
        deliveredCommits.add(commits);
        deliveries.add((long) commits * members);
    }

    @Override
    public void refused(Refusal reason) {
        refused.computeIfAbsent(reason.word(), _ -> new LongAdder()).increment();
    }

    @Override
    public void rangeSent(int commits) {
        ranges.increment();
        rangedCommits.add(commits);
    }

    @Override
    public void joined() {
        joined.increment();
    }

    @Override
    public void acknowledged(Duration since) {
        acknowledgements.took(since);
    }

    @Override
    public void delayed() {
        delayed.increment();
    }

    @Override
    public void overBudget(String what) {
        overBudget.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    @Override
    public void cameIn(Duration after) {
        comingIn.took(after);
    }

    @Override
    public void admission(int underWay, int waiting, int bound) {
        joinsUnderWay = underWay;
        joinsWaiting = waiting;
        joinsBound = bound;
    }

    @Override
    public void took(String call, Duration time) {
        storeCalls.computeIfAbsent(call, _ -> new Latency()).took(time);
    }

    @Override
    public void committed(int entries, CommitResult result) {
        String outcome = switch (result) {
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
        };
        batches.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
    }

    /// @param result  `ok`, or the word of a failure
    public void signIn(String result) {
        signIns.computeIfAbsent(result, _ -> new LongAdder()).increment();
    }

    /// Who knows how many documents are open, and how many people are in them; asked at each scrape.
    public void documents(IntSupplier open, IntSupplier inside) {
        openDocuments = open;
        people = inside;
    }

    /// Builds the registry, so that the first scrape need not.
    public void prepare() {
        var _ = ready();
    }

    /// Everything, in Prometheus' text format.
    public String scrape() {
        synchronized (lock) {
            var prometheus = ready();
            byCode(prometheus, "coscribe.connections.closed", "code", closed);
            byCode(prometheus, "coscribe.http.answers", "status", answered);
            byCode(prometheus, "coscribe.submissions.refused", "reason", refused);
            byCode(prometheus, "coscribe.budgets.exceeded", "what", overBudget);
            byCode(prometheus, "coscribe.sign.ins", "result", signIns);
            byCode(prometheus, "coscribe.batches", "outcome", batches);
            return prometheus.scrape();
        }
    }

    private PrometheusMeterRegistry ready() {
        synchronized (lock) {
            var prometheus = registry.orElseGet(this::build);
            registry = Optional.of(prometheus);
            storeCalls.forEach((call, latency) -> {
                if (registered.putIfAbsent("coscribe.store.calls" + call, true) == null) {
                    latency.register(
                            prometheus, "coscribe.store.calls", "until the store answered", Tags.of("call", call));
                }
            });
            return prometheus;
        }
    }

    private PrometheusMeterRegistry build() {
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        counter(prometheus, "coscribe.connections.opened", "upgraded connections", opened);
        counter(
                prometheus,
                "coscribe.handshakes.timed.out",
                "sockets that sent no request in time",
                handshakesTimedOut);
        counter(prometheus, "coscribe.connections.stalled", "peers that stopped reading", stalled);
        counter(prometheus, "coscribe.pings.answered", "pings that came back", roundTrips);
        counter(prometheus, "coscribe.readers.paused", "times that somebody too fast was not read", delayed);
        counter(prometheus, "coscribe.joins", "documents entered", joined);
        counter(
                prometheus,
                "coscribe.commits.delivered",
                "commits handed on, once for each document",
                deliveredCommits);
        counter(prometheus, "coscribe.deliveries", "commits handed on, once for each receiver", deliveries);
        counter(prometheus, "coscribe.commits", "commits that the store took, of all its batches", appended);
        counter(prometheus, "coscribe.ranges.sent", "composed ranges for those who lagged", ranges);
        counter(prometheus, "coscribe.ranges.commits", "commits inside composed ranges", rangedCommits);
        FunctionCounter.builder("coscribe.pings.seconds", roundTripNanos, nanos -> nanos.sum() / 1e9)
                .description("round trips of all pings together")
                .register(prometheus);
        gauge(
                prometheus,
                "coscribe.connections",
                "upgraded connections now",
                port,
                p -> p.get().connections());
        gauge(
                prometheus,
                "coscribe.handshakes",
                "connections not signed in yet",
                port,
                p -> p.get().inHandshake());
        gauge(
                prometheus,
                "coscribe.outbox.bytes",
                "bytes waiting for slow peers",
                port,
                p -> p.get().outboxBytes());
        gauge(
                prometheus,
                "coscribe.accounts.held",
                "people at hand",
                accounts,
                a -> a.get().held());
        FunctionCounter.builder("coscribe.accounts.hits", accounts, a -> a.get().hits())
                .description("people that were at hand")
                .register(prometheus);
        FunctionCounter.builder(
                        "coscribe.accounts.misses", accounts, a -> a.get().misses())
                .description("people that the store was asked for")
                .register(prometheus);
        gauge(
                prometheus,
                "coscribe.ready",
                "1 while people may be sent here",
                readiness,
                r -> r.unready().isEmpty() ? 1 : 0);
        gauge(prometheus, "coscribe.documents", "documents open now", this, m -> m.openDocuments.getAsInt());
        gauge(
                prometheus,
                "coscribe.people",
                "people in documents now, once for each window",
                this,
                m -> m.people.getAsInt());
        gauge(prometheus, "coscribe.joins.under.way", "people on their way into documents", this, m -> m.joinsUnderWay);
        gauge(prometheus, "coscribe.joins.waiting", "people who are not let in yet", this, m -> m.joinsWaiting);
        gauge(prometheus, "coscribe.joins.bound", "people who may be on their way in now", this, m -> m.joinsBound);
        comingIn.register(
                prometheus, "coscribe.joins.took", "from being let in until being in a document", Tags.empty());
        acknowledgements.register(
                prometheus,
                "coscribe.submissions.acknowledged",
                "from a submission's arrival until its commit is durable and handed on",
                Tags.empty());
        return prometheus;
    }

    private static void counter(PrometheusMeterRegistry registry, String name, String meaning, LongAdder count) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .description(meaning)
                .register(registry);
    }

    private static <T> void gauge(
            PrometheusMeterRegistry registry, String name, String meaning, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value)
                .description(meaning)
                .strongReference(true)
                .register(registry);
    }

    private void byCode(PrometheusMeterRegistry registry, String name, String tag, Map<String, LongAdder> counts) {
        counts.forEach((code, count) -> {
            if (registered.putIfAbsent(name + code, true) == null) {
                FunctionCounter.builder(name, count, LongAdder::sum)
                        .tags(Tags.of(tag, code))
                        .register(registry);
            }
        });
    }
}
