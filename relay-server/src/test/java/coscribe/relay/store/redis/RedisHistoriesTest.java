package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
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
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.StoreUnsafeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Drawn histories with cuts and failovers: whatever a real primary with its replica answers, the model
/// of the simulation answers as well. `-Dcoscribe.histories=N` draws more of them, from
/// `-Dcoscribe.seed=S` on.
@Tag("slow")
class RedisHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("coscribe.histories", 2);
    private static final long FIRST = Long.getLong("coscribe.seed", 1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void the_model_answers_what_a_real_tier_answers() {
        int asked = 0;
        int refused = 0;
        try (var tier = RedisTier.start(1)) {
            for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
                var real = ofReal(seed, tier);
                assertThat(asFarAsItPromises(ofModel(seed), real))
                        .as("history of seed %d", seed)
                        .isEqualTo(real);
                asked += real.size();
                refused += (int) real.stream()
                        .filter(told -> told.answer().equals(StoreUnsafeException.class))
                        .count();
            }
        }
        System.out.println("histories: " + HISTORIES + ", " + asked + " questions, " + refused
                + " of them not confirmed by the replica; all answers equal");
        assertThat(refused).isPositive();
    }

    /// A `WAIT` of the real one covers what was read as well, see {@link RedisModel}: where something is refused,
    /// which writes nothing and tells nothing of the log, it may be in doubt there and is not in the model.
    private static List<Told> asFarAsItPromises(List<Told> model, List<Told> real) {
        var told = new ArrayList<Told>();
        for (int i = 0; i < model.size(); i++) {
            var answer = model.get(i).answer();
            boolean tellsNothing = answer instanceof CommitResult.RoleRefused
                    || answer instanceof CommitResult.ClientClosed
                    || answer == DocumentStore.Renaming.REFUSED;
            boolean inDoubt = i < real.size() && real.get(i).answer().equals(StoreUnsafeException.class);
            told.add(tellsNothing && inDoubt ? real.get(i) : model.get(i));
        }
        return told;
    }

    private static List<Told> ofReal(long seed, RedisTier tier) {
        var settings = RedisSettings.DEFAULT
                .withCommandTimeout(Duration.ofSeconds(3))
                .withWaitReplicas(1)
                .withWaitPatience(Duration.ofMillis(500));
        try (var relay = Stores.open(RedisUrl.parse(tier.url()), settings)) {
            return new History(seed, relay.documents(), tier::cutReplica, tier::replacePrimary).play();
        }
    }

    private static List<Told> ofModel(long seed) {
        var beat = new RedisModelTest.ByHand();
        var model = new RedisModel(beat, beat.clock, () -> 100, 1);
        var settings = RedisSettings.DEFAULT.withWaitReplicas(1);
        var relay = new ModelRelay(model, settings, beat.clock, () -> 10, () -> 1_000);
        return new History(seed, relay.documents(), () -> model.cut(0), _ -> {
                    model.failOver(true);
                    model.comeBack();
                })
                .play();
    }

    /// @param answer  or the class of what was thrown
    private record Told(String question, Object answer) {}

    private interface Failover {
        /// The replica takes the primary's place, and the other one comes back as its replica.
        ///
        /// @param cut  whether it was cut off
        void make(boolean cut);
    }

    private static final class Writer {
        final PersonId person;
        final DeviceId device;
        ClientId client;
        long saved;

        Writer(SplittableRandom random) {
            person = PersonId.random(random);
            device = DeviceId.random(random);
            client = ClientId.random(random);
        }
    }

    /// A batch as it was sent.
    private record Batch(Writer writer, Head expected, List<Entry> entries) {}

    private static final class History {
        private static final int ROUNDS = 2;
        private static final int QUESTIONS = 25;
        private static final int QUESTIONS_CUT_OFF = 4;

        private final SplittableRandom random;
        private final DocumentStore store;
        private final Runnable cut;
        private final Failover failover;
        private final DocumentId document;
        private final Head birth;
        private final List<Told> told = new ArrayList<>();
        private final List<Writer> writers = new ArrayList<>();
        private final List<Head> heads = new ArrayList<>();
        private final List<Batch> sent = new ArrayList<>();

        History(long seed, DocumentStore store, Runnable cut, Failover failover) {
            this.random = new SplittableRandom(seed);
            this.store = store;
            this.cut = cut;
            this.failover = failover;
            this.document = DocumentId.random(random);
            this.birth = new Head(Epoch.random(random), Revision.ZERO, ChainHash.START);
        }

        List<Told> play() {
            var owner = new Writer(random);
            ask("create", store.create(document, birth.epoch(), "Minutes", owner.person));
            heads.add(birth);
            comesIn(owner, Optional.empty());
            for (int i = 0; i < 2; i++) {
                comesIn(new Writer(random), Optional.of(Role.EDITOR));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < QUESTIONS; i++) {
                    askSomething();
                }
                boolean cutOff = round > 0 || random.nextBoolean();
                if (cutOff) {
                    cut.run();
                    for (int i = 0; i < QUESTIONS_CUT_OFF; i++) {
                        askSomething();
                    }
                }
                failover.make(cutOff);
                findsItself();
            }
            for (int i = 0; i < QUESTIONS; i++) {
                askSomething();
            }
            ask("log", store.read(document, Revision.ZERO, 1_000, 1 << 20));
            load();
            return told;
        }

        /// Each connection finds the new primary; then the history goes on from what is there.
        private void findsItself() {
            var nowhere = new DocumentId("0".repeat(32));
            var lost = entries(birth, writers.getFirst(), 1);
            var _ = insist(() -> store.commit(nowhere, "relay", birth, lost));
            var _ = insist(() -> store.load(document));
            var now = insist(() -> store.heads(List.of(document))).get(document);
            told.add(new Told("head after the failover", now));
            heads.removeIf(head -> head.revision().isAfter(now.head().revision()));
            if (!heads.contains(now.head())) {
                heads.add(now.head());
            }
            sent.clear();
            for (Writer writer : writers) {
                resumes(writer); // what each last saved may be another by now
            }
        }

        private <T> T insist(Supplier<CompletionStage<T>> call) {
            var answer = new AtomicReference<T>();
            Awaitility.await().atMost(PATIENCE).until(() -> {
                try {
                    answer.set(call.get().toCompletableFuture().get());
                    return true;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(StoreUnavailableException.class);
                    return false;
                }
            });
            return answer.get();
        }

        private void askSomething() {
            var writer = writers.get(random.nextInt(writers.size()));
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3, 4, 5 -> commits(writer, heads.getLast());
                case 6, 7 -> commits(writer, heads.get(random.nextInt(heads.size())));
                case 8, 9 -> sendsAgain();
                case 10 -> {
                    var after = new Revision(
                            random.nextInt(1 + (int) heads.getLast().revision().number() + 1));
                    ask("read after " + after, store.read(document, after, 1 + random.nextInt(10), 1 << 20));
                }
                case 11 -> {
                    var role = random.nextBoolean() ? Role.EDITOR : Role.COMMENTER;
                    ask("grant " + role, store.grant(document, writer.person, Optional.of(role)));
                }
                case 12 -> resumes(writer);
                case 13 -> load();
                case 14 -> ask("heads", store.heads(List.of(document)), found -> found.get(document));
                default -> ask("rename", store.rename(document, writer.person, "Title " + random.nextInt(100)));
            }
        }

        private void commits(Writer writer, Head expected) {
            var batch = new Batch(writer, expected, entries(expected, writer, 1 + random.nextInt(3)));
            sent.add(batch);
            send(batch);
        }

        private void sendsAgain() {
            if (!sent.isEmpty()) {
                send(sent.get(random.nextInt(sent.size())));
            }
        }

        private void send(Batch batch) {
            var answer = ask(
                    "commit of " + batch.entries().size() + " at "
                            + batch.expected().revision(),
                    store.commit(document, "relay", batch.expected(), batch.entries()));
            if (answer instanceof CommitResult.Appended(var head)) {
                heads.add(head);
                batch.writer().saved = batch.entries().getLast().seq();
            }
        }

        private List<Entry> entries(Head expected, Writer writer, int count) {
            var entries = new ArrayList<Entry>();
            var chain = expected.chain();
            for (int i = 1; i <= count; i++) {
                var bytes = (writer.client + "#" + (writer.saved + i) + " at "
                                + expected.revision().plus(i))
                        .getBytes(StandardCharsets.UTF_8);
                chain = chain.after(bytes);
                entries.add(new Entry(writer.client, writer.saved + i, writer.person, Role.EDITOR, bytes, chain));
            }
            return entries;
        }

        private void comesIn(Writer writer, Optional<Role> role) {
            writers.add(writer);
            ask("join", store.join(document, writer.person, writer.device, writer.client, Optional.empty(), role));
        }

        private void resumes(Writer writer) {
            var fresh = ClientId.random(random);
            ask(
                    "resume",
                    store.join(
                            document,
                            writer.person,
                            writer.device,
                            fresh,
                            Optional.of(writer.client),
                            Optional.empty()));
            writer.client = fresh;
            writer.saved = 0;
        }

        private void load() {
            ask(
                    "load",
                    store.load(document),
                    result -> result instanceof LoadResult.Loaded loaded
                            ? List.of(
                                    loaded.head(),
                                    loaded.snapshot().revision(),
                                    loaded.snapshot().chain(),
                                    loaded.tail(),
                                    new HashSet<>(loaded.authors()))
                            : result);
        }

        @CanIgnoreReturnValue
        private <T> Object ask(String question, CompletionStage<T> call) {
            return ask(question, call, answer -> answer);
        }

        @CanIgnoreReturnValue
        private <T> Object ask(String question, CompletionStage<T> call, Function<T, Object> shown) {
            Object answer;
            try {
                answer = shown.apply(call.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                answer = e.getCause().getClass();
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError("the store did not answer", e);
            }
            told.add(new Told(question, answer));
            return answer;
        }
    }
}
