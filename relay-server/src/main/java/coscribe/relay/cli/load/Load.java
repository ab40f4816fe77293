package coscribe.relay.cli.load;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Schema;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Makes a load and measures: everybody joins, one person of each document types, everybody else's
/// screen is watched. One thread, so one clock.
public final class Load implements LoadClient.Watcher {
    private static final int JOINING_AT_ONCE = 64;
    private static final Duration JOINED_WITHIN = Duration.ofMinutes(3);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);
    private static final String FILLING = "All work and no play makes a dull document. ";

    private final LoadPlan plan;
    private final Doors doors;
    private final RandomGenerator random;
    private final Consumer<String> tell;
    private final LoadLoop loop = new LoadLoop();
    private final List<LoadClient> clients = new ArrayList<>();
    private final Map<ClientId, Strokes> strokes = new HashMap<>();
    private final List<String> lost = new ArrayList<>();
    private final Figures joins = new Figures();
    private final Figures screens = new Figures();
    private final Figures late = new Figures();
    private final CpuMeter cpu;
    private int begun;
    private int arrived;
    private long acknowledged;
    private boolean typing;

    /// Lets people into documents.
    public interface Doors {
        /// A new document.
        DocumentId document(int number);

        /// An access token for person `number`, good for that document.
        String token(int number, DocumentId document);
    }

    /// The keystrokes of one client by the submission they went out with.
    private static final class Strokes {
        private final Map<Long, List<Long>> sentAt = new HashMap<>();
        private final List<Long> waiting = new ArrayList<>();
    }

    private Load(LoadPlan plan, Doors doors, RandomGenerator random, Consumer<String> tell) {
        this.plan = plan;
        this.doors = doors;
        this.random = random;
        this.tell = tell;
        this.cpu = new CpuMeter(plan.pid());
    }

    /// Blocks for as long as the plan says, and somewhat longer.
    ///
    /// @param random  who types where; also names devices, so not to be guessed
    /// @param tell    hears about the progress
    /// @throws LoadException  where the load could not be made at all
    public static LoadResult make(LoadPlan plan, Doors doors, RandomGenerator random, Consumer<String> tell) {
        var load = new Load(plan, doors, random, tell);
        try (load.loop) {
            return load.run();
        }
    }

    private LoadResult run() {
        tell.accept("making documents and tokens");
        makeClients();
        tell.accept("joining");
        cpu.start();
        double joinSeconds = joinAll();
        OptionalDouble cpuPerJoin = per(cpu.millis(), clients.size());
        fill();
        tell.accept("warming for " + plan.warm().toSeconds() + " s");
        typing = true;
        long start = System.nanoTime();
        startTyping(start);
        var _ = loop.run(() -> false, start + plan.warm().toNanos());
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < plan.rounds(); i++) {
            rounds.add(round());
            tell.accept("round " + (i + 1) + ": " + rounds.getLast());
        }
        typing = false;
        boolean settled = loop.run(this::isSettled, System.nanoTime() + SETTLED_WITHIN.toNanos());
        boolean equal = settled && areEqual() && newcomersAgree();
        return new LoadResult(
                (long) median(rounds, Round::edits),
                median(rounds, Round::p50),
                median(rounds, Round::p95),
                median(rounds, Round::p99),
                median(rounds, Round::late),
                rounds.stream().allMatch(round -> round.cpuPerEdit.isPresent())
                        ? OptionalDouble.of(median(rounds, round -> round.cpuPerEdit.orElse(0)))
                        : OptionalDouble.empty(),
                clients.size() / joinSeconds,
                joins.millis(50),
                joins.millis(99),
                cpuPerJoin,
                lost,
                equal);
    }

    private void makeClients() {
        var documents =
                IntStream.range(0, plan.documents()).mapToObj(doors::document).toList();
        for (int i = 0; i < plan.clients(); i++) {
            clients.add(client(i, documents.get(i % documents.size())));
        }
    }

    private LoadClient client(int number, DocumentId document) {
        return new LoadClient(
                loop, plan.relay(), doors.token(number, document), DeviceId.random(random), document, this);
    }

    // --- joining

    private double joinAll() {
        long start = System.nanoTime();
        joinMore();
        boolean all = loop.run(() -> arrived + lost.size() == clients.size(), start + JOINED_WITHIN.toNanos());
        if (!all || arrived == 0) {
            throw new LoadException("Only " + arrived + " of " + clients.size() + " came in"
                    + lost.stream().findFirst().map(why -> ", for one: " + why).orElse("") + ".");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void joinMore() {
        while (begun < clients.size() && begun - arrived - lost.size() < JOINING_AT_ONCE) {
            clients.get(begun++).start();
        }
    }

    @Override
    public void joined(LoadClient client, long nanos) {
        arrived++;
        joins.add(nanos);
        var ignored = strokesOf(client);
        joinMore();
    }

    @Override
    public void lost(LoadClient client, String why) {
        lost.add(why);
        joinMore();
    }

    private void fill() {
        String text = FILLING.repeat(plan.characters() / FILLING.length() + 1).substring(0, plan.characters());
        for (int i = 0; i < plan.documents() && !text.isEmpty(); i++) {
            var client = clients.get(i);
            if (client.isLive() && client.session().shown().length() == 1) {
                client.edit(insert(client, 0, text));
            }
        }
        var _ = loop.run(this::isSettled, System.nanoTime() + SETTLED_WITHIN.toNanos());
    }

    // --- typing

    /// The first person of each document types; their keys are spread over the interval.
    private void startTyping(long start) {
        long pause = (long) (1e9 / plan.rate());
        for (int i = 0; i < plan.documents(); i++) {
            var client = clients.get(i);
            stroke(client, start + pause * i / plan.documents(), pause);
        }
        for (int i = 0; plan.carets() && i < clients.size(); i++) {
            caret(clients.get(i), start + 1_000_000_000L * i / clients.size());
        }
    }

    private void stroke(LoadClient client, long due, long pause) {
        loop.at(due, () -> {
            if (typing && client.isLive()) {
                long now = System.nanoTime();
                late.add(now - due);
                strokesOf(client).waiting.add(now);
                client.edit(
                        insert(client, random.nextInt(client.session().shown().length()), "x"));
                stroke(client, due + pause, pause);
            }
        });
    }

    private void caret(LoadClient client, long due) {
        loop.at(due, () -> {
            if (typing && client.isLive()) {
                client.moveCaret(random.nextInt(client.session().shown().length()));
                caret(client, due + 1_000_000_000L);
            }
        });
    }

    private static Change insert(LoadClient client, int position, String text) {
        var stamp = Attributes.of(Schema.AUTHOR, new Value.Text(client.person().hex()));
        return Change.of(Delta.replacement(client.session().shown().length(), position, 0, text, stamp));
    }

    private Strokes strokesOf(LoadClient client) {
        return strokes.computeIfAbsent(client.session().client().orElseThrow(), _ -> new Strokes());
    }

    @Override
    public void submitted(LoadClient client, long seq) {
        var mine = strokesOf(client);
        if (mine.sentAt.putIfAbsent(seq, List.copyOf(mine.waiting)) == null) {
            mine.waiting.clear();
        }
    }

    @Override
    public void applied(LoadClient client, Committed commit) {
        var theirs = strokes.get(commit.client());
        if (theirs == null) {
            return;
        }
        if (client.session().client().filter(commit.client()::equals).isPresent()) {
            acknowledged++;
            return;
        }
        long now = System.nanoTime();
        for (long struck : theirs.sentAt.getOrDefault(commit.seq(), List.of())) {
            screens.add(now - struck);
        }
    }

    // --- measuring

    private record Round(double edits, double p50, double p95, double p99, double late, OptionalDouble cpuPerEdit) {
        @Override
        public String toString() {
            return String.format(
                    "%,.0f edits, p50 %.2f ms, p99 %.2f ms%s",
                    edits,
                    p50,
                    p99,
                    cpuPerEdit.isPresent() ? String.format(", %.3f ms CPU", cpuPerEdit.getAsDouble()) : "");
        }
    }

    private Round round() {
        screens.clear();
        late.clear();
        acknowledged = 0;
        cpu.start();
        var _ = loop.run(() -> false, System.nanoTime() + plan.duration().toNanos());
        return new Round(
                acknowledged,
                screens.millis(50),
                screens.millis(95),
                screens.millis(99),
                late.millis(99),
                per(cpu.millis(), acknowledged));
    }

    private static OptionalDouble per(OptionalDouble millis, long count) {
        return millis.isPresent() && count > 0
                ? OptionalDouble.of(millis.getAsDouble() / count)
                : OptionalDouble.empty();
    }

    private interface Part {
        double of(Round round);
    }

    private static double median(List<Round> rounds, Part part) {
        var sorted = new ArrayList<>(rounds.stream().map(part::of).toList());
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    // --- the end

    private boolean isSettled() {
        Map<DocumentId, Long> newest = new HashMap<>();
        for (var client : clients) {
            if (client.isLive()) {
                newest.merge(client.document(), client.session().revision().number(), Math::max);
            }
        }
        return clients.stream()
                .filter(LoadClient::isLive)
                .allMatch(client -> client.session().isQuiet()
                        && client.session().revision().number() == newest.getOrDefault(client.document(), 0L));
    }

    private boolean areEqual() {
        Map<DocumentId, String> texts = new HashMap<>();
        for (var client : clients) {
            if (client.isLive()) {
                String text = client.session().shown().text().plain();
                if (!texts.computeIfAbsent(client.document(), _ -> text).equals(text)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Somebody new joins each document and finds what the others have.
    private boolean newcomersAgree() {
        int before = clients.size();
        for (int i = 0; i < plan.documents(); i++) {
            clients.add(client(i, clients.get(i).document()));
        }
        joinMore();
        boolean all =
                loop.run(() -> arrived + lost.size() >= clients.size(), System.nanoTime() + JOINED_WITHIN.toNanos());
        boolean equal = all && areEqual();
        clients.subList(before, clients.size()).forEach(LoadClient::close);
        clients.subList(before, clients.size()).clear();
        return equal;
    }
}
