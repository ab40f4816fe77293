package coscribe.relay.ops;

import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Refusal;
import coscribe.relay.people.Accounts;
import coscribe.relay.session.SessionMetrics;
import coscribe.relay.store.StoreMetrics;
import coscribe.relay.store.TimedDocumentStore;
import coscribe.relay.transport.TransportGauges;
import coscribe.relay.transport.TransportMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// Counts what happens, and tells Prometheus when it asks. Counting costs an addition; the registry
/// is built behind the start, or at the first scrape, so that no start waits for it.
public final class RelayMetrics implements TransportMetrics, SessionMetrics {
    private final Supplier<TransportGauges> port;
    private final Supplier<Accounts.Use> accounts;
    private final Readiness readiness;
    private final LongAdder opened = new LongAdder();
    private final LongAdder handshakesTimedOut = new LongAdder();
    private final LongAdder stalled = new LongAdder();
    private final LongAdder roundTrips = new LongAdder();
    private final LongAdder roundTripNanos = new LongAdder();
    private final ByWord closed = new ByWord("coscribe.connections.closed", "code");
    private final ByWord answered = new ByWord("coscribe.http.answers", "status");
    private final ByWord signIns = new ByWord("coscribe.sign.ins", "result");
    private volatile IntSupplier openDocuments = () -> 0;
    private volatile IntSupplier people = () -> 0;
    private final Latency acknowledgements = new Latency();
    private final ByWord refused = new ByWord("coscribe.submissions.refused", "reason");
    private final Latency comingIn = new Latency();
    private volatile int joinsUnderWay;
    private volatile int joinsWaiting;
    private volatile int joinsBound;
    private final LongAdder delayed = new LongAdder();
    private final ByWord overBudget = new ByWord("coscribe.budgets.exceeded", "what");
    private final LongAdder joined = new LongAdder();
    private final LongAdder deliveredCommits = new LongAdder();
    private final LongAdder deliveries = new LongAdder();
    private final LongAdder ranges = new LongAdder();
    private final LongAdder rangedCommits = new LongAdder();
    private final Latency arrivals = new Latency();
    private final StoreCounts store;
    private final LongAdder gapsFilled = new LongAdder();
    private final LongAdder gapCommits = new LongAdder();
    private final ByWord presenceDropped = new ByWord("coscribe.presence.dropped", "because");
    private final ByWord failed = new ByWord("coscribe.requests.failed", "code");
    private final Object lock = new Object();
    private Optional<PrometheusMeterRegistry> registry = Optional.empty();

    /// @param port      asked at each scrape
    /// @param accounts  asked at each scrape
    public RelayMetrics(Supplier<TransportGauges> port, Supplier<Accounts.Use> accounts, Readiness readiness) {
        this.port = port;
        this.accounts = accounts;
        this.readiness = readiness;
        this.store = new StoreCounts(presenceDropped);
    }

    @Override
    public void opened() {
        opened.increment();
    }

    @Override
    public void closed(int code) {
        closed.count(Integer.toString(code));
    }

    @Override
    public void answered(int status) {
        answered.count(Integer.toString(status));
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
    public void arrived(Duration since) {
        arrivals.took(since);
    }

    @Override
    public void refused(Refusal reason) {
        refused.count(reason.word());
    }

    @Override
    public void failed(FailureCode code) {
        failed.count(code.word());
    }

    @Override
    public void gapFilled(int commits) {
        gapsFilled.increment();
        gapCommits.add(commits);
    }

    @Override
    public void presenceDropped() {
        presenceDropped.count("reader behind");
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
        overBudget.count(what);
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

    /// Counts the store's answers.
    public TimedDocumentStore.Times times() {
        return store;
    }

    /// Counts what the store does beside them.
    public StoreMetrics ofStore() {
        return store;
    }

    /// @param result  `ok`, or the word of a failure
    public void signIn(String result) {
        signIns.count(result);
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
            List.of(closed, answered, refused, failed, overBudget, signIns, presenceDropped)
                    .forEach(words -> words.tell(prometheus));
            return prometheus.scrape();
        }
    }

    private PrometheusMeterRegistry ready() {
        synchronized (lock) {
            var prometheus = registry.orElseGet(this::build);
            registry = Optional.of(prometheus);
            store.tell(prometheus);
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
        counter(prometheus, "coscribe.ranges.sent", "composed ranges for those who lagged", ranges);
        counter(prometheus, "coscribe.ranges.commits", "commits inside composed ranges", rangedCommits);
        counter(prometheus, "coscribe.gaps.filled", "times that the log told what the feed had not", gapsFilled);
        counter(prometheus, "coscribe.gaps.commits", "commits that came so", gapCommits);
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
        gauge(
                prometheus,
                "coscribe.writes.refused",
                "1 while no edit is taken, as the store could not keep it; /readyz says why",
                readiness,
                r -> r.writesRefused().isPresent() ? 1 : 0);
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
        gauge(
                prometheus,
                "coscribe.memory.heap.bytes",
                "what is on the heap, with what is not collected yet",
                Runtime.getRuntime(),
                r -> r.totalMemory() - r.freeMemory());
        gauge(
                prometheus,
                "coscribe.memory.resident.bytes",
                "this computer's memory that the relay has; 0 where the system does not tell",
                ProcessHandle.current(),
                p -> ResidentMemory.bytes(p.pid()).orElse(0));
        comingIn.register(
                prometheus, "coscribe.joins.took", "from being let in until being in a document", Tags.empty());
        acknowledgements.register(
                prometheus,
                "coscribe.submissions.acknowledged",
                "from a submission's arrival until its commit is durable and handed on",
                Tags.empty());
        arrivals.register(
                prometheus,
                "coscribe.commits.arrived",
                "from a commit's making, here or at another relay, until it is handed on here; by both clocks",
                Tags.empty());
        store.register(prometheus);
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
}
