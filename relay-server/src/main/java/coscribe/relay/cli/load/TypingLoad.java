package coscribe.relay.cli.load;

import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// People type, and everybody's text is watched.
final class TypingLoad implements LoadClient.Watcher, Deliveries.Reached {
    private static final long SECOND = 1_000_000_000L;
    private static final int SOMEBODY_ELSE = Integer.MAX_VALUE;

    private final LoadPlan plan;
    private final Workload.Typing typing;
    private final People people;
    private final LoadLoop loop;
    private final RandomGenerator random;
    private final Consumer<String> tell;
    private final Map<DocumentId, Deliveries> deliveries = new HashMap<>();
    private final Map<ClientId, Integer> numbers = new HashMap<>();
    private final Figures screens = new Figures();
    private final Figures saved = new Figures();
    private final CpuMeter cpu;
    private long keystrokes;
    private long acknowledged;
    private boolean on;

    TypingLoad(
            LoadPlan plan,
            Workload.Typing typing,
            People people,
            LoadLoop loop,
            RandomGenerator random,
            Consumer<String> tell) {
        this.plan = plan;
        this.typing = typing;
        this.people = people;
        this.loop = loop;
        this.random = random;
        this.tell = tell;
        this.cpu = new CpuMeter(plan.pids());
    }

    LoadResult.Typed run() {
        people.comeIn(people.all());
        people.fill();
        watch();
        tell.accept("warming for " + typing.warm().toSeconds() + " s");
        on = true;
        long start = System.nanoTime();
        startTyping(start);
        var _ = loop.run(() -> false, start + typing.warm().toNanos());
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < plan.rounds(); i++) {
            rounds.add(round());
            tell.accept("round " + (i + 1) + ": " + rounds.getLast());
        }
        on = false;
        boolean equal = people.settle() && people.agree();
        return result(rounds, equal);
    }

    private void watch() {
        for (var client : people.all()) {
            if (client.isLive()) {
                numbers.put(client.session().client().orElseThrow(), client.number());
                deliveries(client).join();
                client.watchedBy(this);
            }
        }
    }

    private Deliveries deliveries(LoadClient client) {
        return deliveries.computeIfAbsent(client.document(), _ -> new Deliveries());
    }

    // --- typing

    /// Keys are spread over the interval.
    private void startTyping(long start) {
        long pause = (long) (SECOND / typing.rate());
        int typists = typing.everybody() ? plan.people() : plan.documents();
        for (int i = 0; i < typists; i++) {
            stroke(people.all().get(i), start + pause * i / typists, pause);
        }
        for (int i = 0; typing.carets() && i < plan.people(); i++) {
            caret(people.all().get(i), start + SECOND * i / plan.people());
        }
    }

    private void stroke(LoadClient client, long due, long pause) {
        loop.at(due, () -> {
            if (on && client.isLive()) {
                keystrokes++;
                deliveries(client).struck(client.number(), System.nanoTime());
                int position = random.nextInt(client.session().shown().length());
                client.edit(
                        People.insert(client, position, "x"),
                        typing.carets() ? Optional.of(Caret.at(position + 1)) : Optional.empty());
                stroke(client, due + pause, pause);
            }
        });
    }

    private void caret(LoadClient client, long due) {
        loop.at(due, () -> {
            if (on && client.isLive()) {
                client.moveCaret(random.nextInt(client.session().shown().length()));
                caret(client, due + SECOND);
            }
        });
    }

    // --- watching

    @Override
    public void joined(LoadClient client, long nanos) {}

    @Override
    public void lost(LoadClient client, LoadClient.Lost how) {
        people.lost().add(how.why());
        deliveries(client).leave();
    }

    @Override
    public void submitted(LoadClient client, long seq) {
        deliveries(client).submitted(client.number(), seq);
    }

    @Override
    public void told(LoadClient client, Committed commit) {
        deliveries(client)
                .told(
                        commit.revision().number(),
                        numbers.getOrDefault(commit.client(), SOMEBODY_ELSE),
                        commit.seq(),
                        this);
    }

    @Override
    public void advanced(LoadClient client, long before, long now) {
        long nanos = System.nanoTime();
        for (long revision = before + 1; revision <= now; revision++) {
            if (deliveries(client).has(revision, client.number(), nanos, this)) {
                acknowledged++;
            }
        }
    }

    @Override
    public void at(long struckNanos, long reachedNanos, boolean author) {
        (author ? saved : screens).add(reachedNanos - struckNanos);
    }

    // --- measuring

    private record Round(
            double keystrokes,
            double commits,
            double savedKeystrokes,
            double seconds,
            LoadResult.Spread screens,
            LoadResult.Spread saved,
            Generator generator,
            OptionalDouble cpuPerCommit) {
        @Override
        public String toString() {
            return String.format(
                    "%,.0f commits, p50 %.2f ms, p99 %.2f ms%s",
                    commits,
                    screens.p50(),
                    screens.p99(),
                    cpuPerCommit.isPresent() ? String.format(", %.3f ms CPU", cpuPerCommit.getAsDouble()) : "");
        }
    }

    private Round round() {
        screens.clear();
        saved.clear();
        keystrokes = 0;
        acknowledged = 0;
        cpu.start();
        loop.watch();
        long start = System.nanoTime();
        var _ = loop.run(() -> false, start + typing.duration().toNanos());
        double seconds = (System.nanoTime() - start) / (double) SECOND;
        return new Round(
                keystrokes,
                acknowledged,
                saved.count(),
                seconds,
                LoadResult.Spread.of(screens),
                LoadResult.Spread.of(saved),
                loop.watched(),
                Medians.per(cpu.millis(), acknowledged));
    }

    private LoadResult.Typed result(List<Round> rounds, boolean equal) {
        return new LoadResult.Typed(
                (long) Medians.of(rounds, Round::keystrokes),
                (long) Medians.of(rounds, Round::commits),
                Medians.of(rounds, round -> round.commits / round.seconds),
                Medians.of(rounds, round -> round.savedKeystrokes / round.seconds),
                Medians.spread(rounds, Round::screens),
                Medians.spread(rounds, Round::saved),
                Medians.known(rounds, Round::cpuPerCommit),
                Medians.generator(rounds, Round::generator),
                people.lost(),
                equal);
    }
}
