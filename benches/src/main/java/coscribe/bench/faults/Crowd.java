package coscribe.bench.faults;

import coscribe.bench.process.Patience;
import coscribe.bench.session.StoredLog;
import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.link.RelayAddress;
import coscribe.ot.protocol.DocumentId;
import coscribe.relay.cli.load.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Many typists in this process, some to a document, and what they were told.
final class Crowd implements Typist.Notes, AutoCloseable {
    private static final int TYPISTS_A_WORKSHOP = 10; // a workshop has one thread that forces journals
    private static final Duration OPEN_WITHIN = Duration.ofSeconds(60);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(120);

    private final List<Workshop> workshops = new ArrayList<>();
    private final List<Typist> typists = new ArrayList<>();
    private final List<DocumentId> documents;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Figures saving = new Figures();
    private final Figures recovering = new Figures();
    private boolean measuring;

    /// @param people      typists
    /// @param aDocument   of them to a document
    Crowd(Tier tier, Path folder, int people, int aDocument, RandomGenerator random) {
        this(
                tier,
                new RelayAddress("127.0.0.1", tier.front().port(), false),
                Workshop::ofOwnThreads,
                folder,
                people,
                aDocument,
                random);
    }

    /// @param front      where they connect to instead of the tier's own
    /// @param workshops  theirs
    Crowd(
            Tier tier,
            RelayAddress front,
            Supplier<Workshop> workshops,
            Path folder,
            int people,
            int aDocument,
            RandomGenerator random) {
        documents = tier.documents((people + aDocument - 1) / aDocument);
        for (int i = 0; i < people; i++) {
            if (i % TYPISTS_A_WORKSHOP == 0) {
                this.workshops.add(workshops.get());
            }
            var document = documents.get(i / aDocument);
            var client = CoscribeClient.connect(front, made(folder.resolve("typist" + i)), this.workshops.getLast())
                    .withToken(tier.token("typist-" + i, document));
            typists.add(new Typist(i, client, document, this, random));
        }
        CompletableFuture.allOf(typists.stream().map(Typist::opened).toArray(CompletableFuture[]::new))
                .orTimeout(OPEN_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /// Everybody types a line now and then, until {@link #settle}.
    ///
    /// @param perSecond  lines of each typist
    void type(double perSecond) {
        synchronized (this) {
            measuring = true;
        }
        long pause = (long) (1e9 / perSecond);
        for (int i = 0; i < typists.size(); i++) {
            var _ = clock.scheduleAtFixedRate(
                    typists.get(i)::type, pause * i / typists.size(), pause, TimeUnit.NANOSECONDS);
        }
    }

    /// Nobody types any more; returns when everything is saved and everybody sees the same.
    void settle() {
        clock.shutdownNow();
        try {
            var ignored = clock.awaitTermination(SETTLED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            CompletableFuture.allOf(typists.stream().map(Typist::settled).toArray(CompletableFuture[]::new))
                    .orTimeout(SETTLED_WITHIN.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "not everything was saved within " + SETTLED_WITHIN.toSeconds() + " s: " + unhappy(), e);
        }
        if (!Patience.until(SETTLED_WITHIN, this::isLevel)) {
            throw new IllegalStateException("not everybody saw everything in time: " + unhappy());
        }
        synchronized (this) {
            measuring = false;
        }
    }

    /// Whether everybody has a good connection, or has not noticed that it is none.
    boolean isLive() {
        return typists.stream().allMatch(Typist::isLive);
    }

    /// Lines of which somebody was told that they are saved.
    int saved() {
        return typists.stream().mapToInt(Typist::saved).sum();
    }

    /// Connections that were lost and are good again.
    synchronized int losses() {
        return recovering.count();
    }

    private List<String> unhappy() {
        return typists.stream()
                .filter(typist -> !typist.settled().isDone() || typist.trouble().isPresent())
                .limit(5)
                .map(typist -> typist.trouble().orElseGet(typist::stands))
                .toList();
    }

    private boolean isLevel() {
        Map<DocumentId, Long> newest = new HashMap<>();
        typists.forEach(typist -> newest.merge(typist.documentId(), typist.revision(), Math::max));
        return typists.stream().allMatch(typist -> newest.getOrDefault(typist.documentId(), 0L) == typist.revision());
    }

    /// What came of it.
    ///
    /// @param typed     lines
    /// @param commits   that hold them
    /// @param saved     in ms, from a line typed to the client's word that all is saved
    /// @param away      in ms, from a lost connection to a good one
    record Outcome(long typed, long commits, Three saved, Three away, int losses) {}

    /// In milliseconds.
    record Three(double p50, double p99, double most) {
        static Three of(Figures figures) {
            return new Three(figures.millis(50), figures.millis(99), figures.millis(100));
        }
    }

    /// Compares what the store holds with what everybody typed and was told. After {@link #settle};
    /// ends the tier's relays. Throws {@link IllegalStateException} where a saved line is not there
    /// once, or anybody sees something else.
    Outcome judge(Tier tier) {
        typists.forEach(typist -> typist.trouble().ifPresent(why -> {
            throw new IllegalStateException(why);
        }));
        long typed = 0;
        long commits = 0;
        for (DocumentId document : documents) {
            var here = typists.stream()
                    .filter(typist -> typist.documentId().equals(document))
                    .toList();
            StoredLog stored = tier.stored(document);
            stored.verifyOrder();
            commits += stored.log().size();
            String text = stored.document().text().plain();
            Map<String, Integer> lines = new HashMap<>();
            text.lines().filter(line -> !line.isEmpty()).forEach(line -> lines.merge(line, 1, Integer::sum));
            for (Typist typist : here) {
                require((typist.text() + "\n").equals(text), "typist " + typist.number() + " sees another text");
                typed += linesOf(typist, lines);
            }
            require(lines.isEmpty(), "lines that nobody typed: " + lines);
        }
        synchronized (this) {
            return new Outcome(typed, commits, Three.of(saving), Three.of(recovering), recovering.count());
        }
    }

    private static int linesOf(Typist typist, Map<String, Integer> lines) {
        int typed = typist.typed();
        require(typist.saved() == typed, "typist " + typist.number() + " was not told that all is saved");
        for (int i = 1; i <= typed; i++) {
            String line = Typist.line(typist.number(), i);
            int times = lines.getOrDefault(line, 0);
            lines.remove(line);
            require(times != 0, "line " + line + " was saved and is lost");
            require(times == 1, "line " + line + " is there " + times + " times");
        }
        return typed;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public synchronized void saved(long nanos) {
        if (measuring) {
            saving.add(nanos);
        }
    }

    @Override
    public synchronized void recovered(long nanos) {
        if (measuring) {
            recovering.add(nanos);
        }
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        typists.forEach(Typist::close);
        workshops.forEach(Workshop::close);
    }
}
