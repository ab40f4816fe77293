package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.StoreUnsafeException;
import coscribe.relay.store.redis.ModelRelay;
import coscribe.relay.store.redis.RedisModel;
import coscribe.relay.store.redis.RedisSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

/// Relaxed over a model of Redis, once: two who write at a relay each, replicas that lag and are cut off, and
/// one of them that takes the primary's place. The old one comes back as a replica, or goes on by itself, reached by
/// relays as long as they have not found out, while a new one takes its place.
final class RelaxedRun {
    static final Duration AT_RISK = Duration.ofSeconds(2);
    private static final long SECOND = 1_000_000;
    private static final long WRITING = 30 * SECOND;
    private static final int RELAYS = 2;

    /// What one seed saw.
    ///
    /// @param lost     how many answered edits were taken back
    /// @param span     from the first of them that was answered to the last, the longest of all relays
    /// @param refused  how many edits were refused as not safe
    /// @param silence  from the last answer of a relay to the end, the longest
    record Outcome(int lost, Duration span, int refused, Duration silence) {}

    private final long seed;
    private final Scheduler scheduler;
    private final RedisModel model;
    private final List<Scribe> scribes = new ArrayList<>();
    private int refused;

    RelaxedRun(long seed, boolean bounded) {
        this.seed = seed;
        scheduler = new Scheduler(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        int replicas = scheduler.chance(0.3) ? 2 : 1;
        long lag = scheduler.chance(0.2) ? 300_000 : 3_000;
        model = new RedisModel(scheduler::at, scheduler, () -> scheduler.between(50, lag), replicas);
        var settings =
                RedisSettings.DEFAULT.withWaitReplicas(bounded ? replicas : 0).withAtRisk(AT_RISK);
        // Each connection finds the new primary by itself, sometimes very late.
        long finds = scheduler.chance(0.5) ? 8 * SECOND : SECOND / 2;
        for (int i = 0; i < RELAYS; i++) {
            scribes.add(new Scribe(new ModelRelay(
                    model,
                    settings,
                    scheduler,
                    () -> scheduler.between(20, 400),
                    () -> scheduler.between(1_000, finds))));
        }
    }

    Outcome play() {
        scribes.forEach(Scribe::begin);
        runUntil(scheduler.between(2, 6) * SECOND);
        for (int i = 0; i < model.replicas(); i++) {
            if (i == 0 || scheduler.chance(0.8)) {
                model.cut(i);
            }
        }
        runUntil(scheduler.nowMicros() + scheduler.between(0, 6 * SECOND));
        model.failOver(scheduler.chance(0.4));
        runUntil(scheduler.nowMicros() + scheduler.between(SECOND / 10, 6 * SECOND));
        if (scheduler.chance(0.5)) {
            model.comeBack();
        } else {
            model.supply();
        }
        model.mend();
        runUntil(WRITING);
        return outcome();
    }

    /// For whoever looks into it.
    String told(Outcome outcome) {
        return "seed " + seed + " at " + scheduler.nowMicros() + " us, trace " + Long.toHexString(scheduler.traceHash())
                + ": " + outcome;
    }

    private void runUntil(long micros) {
        var reached = new boolean[1];
        scheduler.when(micros, () -> reached[0] = true);
        while (!reached[0] && scheduler.runNext()) {
            // until then
        }
    }

    private Outcome outcome() {
        int lost = 0;
        long span = 0;
        long silence = 0;
        for (Scribe scribe : scribes) {
            var kept = scribe.kept();
            long[] gone = scribe.answered.entrySet().stream()
                    .filter(told -> !kept.contains(told.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sorted()
                    .toArray();
            if (gone.length > 0) {
                lost += gone.length;
                span = Math.max(span, gone[gone.length - 1] - gone[0]);
            }
            long last = LongStream.concat(scribe.answered.values().stream().mapToLong(at -> at), LongStream.of(0))
                    .max()
                    .orElseThrow();
            silence = Math.max(silence, scheduler.nowMicros() - last);
        }
        return new Outcome(lost, Duration.ofNanos(span * 1_000), refused, Duration.ofNanos(silence * 1_000));
    }

    /// One who writes at one relay, into a document of their own, and never stops.
    private final class Scribe {
        private final DocumentStore documents;
        private final DocumentId document = DocumentId.random(scheduler.random);
        private final PersonId person = PersonId.random(scheduler.random);
        private final DeviceId device = DeviceId.random(scheduler.random);
        /// What was answered as saved, and when.
        private final Map<String, Long> answered = new HashMap<>();

        private ClientId client = ClientId.random(scheduler.random);
        private Head head = new Head(new Epoch("0".repeat(32)), Revision.ZERO, ChainHash.START);
        private long seq;
        private int number;

        Scribe(ModelRelay relay) {
            documents = relay.documents();
        }

        /// Does what follows, or the same again after a while.
        private <T> void insist(CompletionStage<T> answer, Consumer<T> next, Runnable again) {
            var _ = answer.whenComplete((value, failure) -> {
                if (failure == null) {
                    next.accept(value);
                    return;
                }
                var cause = failure instanceof CompletionException ? failure.getCause() : failure;
                assertThat(cause).isInstanceOf(StoreUnavailableException.class);
                refused += cause instanceof StoreUnsafeException ? 1 : 0;
                scheduler.at(scheduler.between(50_000, 300_000), again);
            });
        }

        void begin() {
            insist(
                    documents.create(document, Epoch.random(scheduler.random), "Plan", person),
                    _ -> enter(),
                    this::begin);
        }

        private void enter() {
            client = ClientId.random(scheduler.random);
            insist(
                    documents.join(document, person, device, client, Optional.empty(), Optional.empty()),
                    result -> {
                        if (result instanceof JoinResult.Joined joined) {
                            head = joined.head();
                            seq = 1;
                            write("edit " + ++number);
                        } else {
                            begin(); // its making was taken back, too
                        }
                    },
                    this::enter);
        }

        private void write(String edit) {
            var bytes = edit.getBytes(StandardCharsets.UTF_8);
            var after =
                    new Head(head.epoch(), head.revision().next(), head.chain().after(bytes));
            var entry = new Entry(client, seq, person, Role.EDITOR, bytes, after.chain());
            insist(
                    documents.commit(document, "relay", head, List.of(entry)),
                    result -> {
                        switch (result) {
                            case CommitResult.Appended _, CommitResult.Duplicate _ -> {
                                answered.put(edit, scheduler.nowMicros());
                                scheduler.trace(edit);
                                head = after;
                                seq++;
                                scheduler.at(scheduler.between(10_000, 150_000), () -> write("edit " + ++number));
                            }
                            case CommitResult.ClientClosed _,
                                    CommitResult.RoleRefused _,
                                    CommitResult.HeadMoved _,
                                    CommitResult.Forked _,
                                    CommitResult.TurnTaken _,
                                    CommitResult.Absent _ -> enter();
                        }
                    },
                    () -> write(edit));
        }

        private Set<String> kept() {
            var truth = new ModelRelay(model, RedisSettings.DEFAULT, scheduler, () -> 0, () -> 0).documents();
            var edits = new HashSet<String>();
            if (settled(truth.load(document)) instanceof LoadResult.Absent) {
                return edits;
            }
            while (settled(truth.read(document, new Revision(edits.size()), 1_000, 1 << 20))
                            instanceof ReadResult.Entries(var _, var entries)
                    && !entries.isEmpty()) {
                entries.forEach(entry -> edits.add(new String(entry.bytes(), StandardCharsets.UTF_8)));
            }
            return edits;
        }

        private <T> T settled(CompletionStage<T> stage) {
            var future = stage.toCompletableFuture();
            while (!future.isDone() && scheduler.runNext()) {
                // the scheduler's own beat
            }
            return future.join();
        }
    }
}
