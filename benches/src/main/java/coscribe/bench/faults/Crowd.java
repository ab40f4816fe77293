package coscribe.bench.faults;

import coscribe.bench.process.Patience;
import coscribe.bench.session.StoredLog;
import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.KeptCopy;
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
import java.util.regex.Pattern;

/// Many typists in this process, some to a document, and what they were told.
final class Crowd implements Typist.Notes, AutoCloseable {
    private static final int TYPISTS_A_WORKSHOP = 10; // a workshop has one thread that forces journals
    private static final Pattern LINE = Pattern.compile("<" + Typist.WORD + " \\d+\\.\\d+>");
    private static final Duration OPEN_WITHIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN_FAULTS = Duration.ofSeconds(5);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(120);

    private final List<Workshop> workshops = new ArrayList<>();
    private final List<Typist> typists = new ArrayList<>();
    private final List<DocumentId> documents;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Figures saving = new Figures();
    private Figures lately = new Figures();
    private final Figures recovering = new Figures();
    private boolean measuring;
    private long lastSavedNanos;
    private long longestSilence;

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
            lastSavedNanos = System.nanoTime();
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

    /// One of those that are written.
    DocumentId aDocument() {
        return documents.getFirst();
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

    /// The longest time, of those since this was last asked, in which nobody was told that anything is
    /// saved; in nanoseconds.
    synchronized long takeSilence() {
        long longest = Math.max(longestSilence, System.nanoTime() - lastSavedNanos);
        longestSilence = 0;
        return longest;
    }

    /// How long it took until what was typed was saved, of all that was saved since this was last asked.
    synchronized Three takeSaved() {
        var taken = Three.of(lately);
        lately = new Figures();
        return taken;
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
    /// @param lost      lines that were called saved and are gone
    /// @param saved     in ms, from a line typed to the client's word that all is saved
    /// @param away      in ms, from a lost connection to a good one
    /// @param losses    connections that were lost and are good again
    record Outcome(long typed, long commits, Lost lost, Three saved, Three away, int losses) {}

    /// What was called saved and is gone.
    ///
    /// @param lines    how many
    /// @param longest  from the first of them that was called saved to the last, for one fault
    /// @param copies   that clients kept beside the relay's text: why
    record Lost(int lines, Duration longest, List<KeptCopy.Reason> copies) {
        /// @param savedAtNanos  when somebody was told that it is saved, for each line
        static Lost of(List<Long> savedAtNanos, List<KeptCopy.Reason> copies) {
            var sorted = savedAtNanos.stream().sorted().toList();
            long longest = 0;
            long first = 0;
            for (int i = 0; i < sorted.size(); i++) {
                if (i == 0 || sorted.get(i) - sorted.get(i - 1) > BETWEEN_FAULTS.toNanos()) {
                    first = sorted.get(i);
                }
                longest = Math.max(longest, sorted.get(i) - first);
            }
            return new Lost(sorted.size(), Duration.ofNanos(longest), copies);
        }
    }

    /// In milliseconds.
    record Three(double p50, double p99, double most) {
        static Three of(Figures figures) {
            return new Three(figures.millis(50), figures.millis(99), figures.millis(100));
        }
    }

    /// Compares what the store holds with what everybody typed and was told. After {@link #settle};
    /// ends the tier's relays. Throws {@link IllegalStateException} where a saved line is not there
    /// once, or anybody sees something else.
    ///
    /// @param atRisk  for how long what is called saved may still be lost; zero: nothing is
    Outcome judge(Tier tier, Duration atRisk) {
        typists.forEach(typist -> typist.trouble().ifPresent(why -> {
            throw new IllegalStateException(why);
        }));
        long typed = 0;
        long commits = 0;
        List<Long> lost = new ArrayList<>();
        for (DocumentId document : documents) {
            var here = typists.stream()
                    .filter(typist -> typist.documentId().equals(document))
                    .toList();
            StoredLog stored = tier.stored(document);
            stored.verifyOrder();
            commits += stored.log().size();
            String text = stored.document().text().plain();
            Map<String, Integer> lines = atRisk.isZero() ? lines(text) : torn(text);
            for (Typist typist : here) {
                require((typist.text() + "\n").equals(text), "typist " + typist.number() + " sees another text");
                lost.addAll(lostOf(typist, lines));
                typed += typist.typed();
            }
            require(lines.isEmpty(), "lines that nobody typed: " + lines);
        }
        var gone = Lost.of(
                lost,
                typists.stream().flatMap(typist -> typist.copies().stream()).toList());
        if (atRisk.isZero()) {
            require(gone.lines() == 0, gone.lines() + " lines were saved and are lost");
            require(gone.copies().isEmpty(), "text was kept beside the relay's: " + gone.copies());
        }
        require(
                gone.longest().compareTo(atRisk) <= 0,
                "lines were lost that had been saved " + gone.longest().toMillis() + " ms before the last of them");
        synchronized (this) {
            return new Outcome(typed, commits, gone, Three.of(saving), Three.of(recovering), recovering.count());
        }
    }

    /// What stands in a text, and how often.
    private static Map<String, Integer> lines(String text) {
        Map<String, Integer> lines = new HashMap<>();
        text.lines().filter(line -> !line.isEmpty()).forEach(line -> lines.merge(line, 1, Integer::sum));
        return lines;
    }

    /// The same where lines may stand within others: what was unsaved when the relay's text went back is
    /// put where the difference of both texts leaves it.
    private static Map<String, Integer> torn(String text) {
        Map<String, Integer> lines = new HashMap<>();
        String rest = text.replace("\n", "");
        for (int before = -1; rest.length() != before; ) {
            before = rest.length();
            LINE.matcher(rest).results().forEach(found -> lines.merge(found.group(), 1, Integer::sum));
            rest = LINE.matcher(rest).replaceAll("");
        }
        if (!rest.isEmpty()) {
            lines.put(rest, 1);
        }
        return lines;
    }

    /// When it was told that they are saved, of the lines that are not there though it was.
    private static List<Long> lostOf(Typist typist, Map<String, Integer> lines) {
        int typed = typist.typed();
        require(
                typist.saved() == typed || !typist.copies().isEmpty(),
                "typist " + typist.number() + " was not told that all is saved");
        List<Long> lost = new ArrayList<>();
        for (int i = 1; i <= typed; i++) {
            String line = Typist.line(typist.number(), i);
            int times = lines.getOrDefault(line, 0);
            lines.remove(line);
            require(times <= 1, "line " + line + " is there " + times + " times");
            if (times == 0) {
                typist.savedAtNanos(i).ifPresent(lost::add); // else it is in a copy, and its writer knows
            }
        }
        return lost;
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
            lately.add(nanos);
            long now = System.nanoTime();
            longestSilence = Math.max(longestSilence, now - lastSavedNanos);
            lastSavedNanos = now;
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
