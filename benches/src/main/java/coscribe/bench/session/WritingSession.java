package coscribe.bench.session;

import coscribe.bench.trace.Endings;
import coscribe.bench.trace.Recording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A whole writing session: two writers and a listener, each in its own process, write a recording
/// through real relays on a real store, which may be killed meanwhile. At the end the writers'
/// texts, the listener's, that of somebody who joins then, and the store's must be one.
public final class WritingSession {
    private static final Duration TELL_EVERY = Duration.ofSeconds(2);

    private final Plan plan;
    private final Recording recording;
    private final Consumer<String> tell;
    private final Consumer<Path> betweenLives;
    private final Consumer<Path> beforeComparing;

    /// How it ended.
    ///
    /// @param text      everybody's
    /// @param ending    how that stands to the recorded one
    /// @param inFlight  how many submissions were under way at the moments of the kills
    /// @param metNone   how many kills met none
    /// @param stored    whether the store's own text was read, without a relay
    /// @param seconds   until both writers had everything, restarts included
    /// @param people    what people need at least who strike five keys a second, in seconds
    public record Outcome(
            String text,
            Endings.Ending ending,
            long commits,
            int keystrokes,
            int kills,
            int inFlight,
            int metNone,
            boolean stored,
            double seconds,
            double people) {
        /// How many times as fast as those people.
        public double speed() {
            return people / seconds;
        }
    }

    /// @param tell  hears one line at a time
    public WritingSession(Plan plan, Consumer<String> tell) {
        this(plan, tell, _ -> {}, _ -> {});
    }

    /// @param betweenLives     given the folder of who was killed, before it is started
    ///     again
    /// @param beforeComparing  given the session's folder when everybody has ended
    WritingSession(Plan plan, Consumer<String> tell, Consumer<Path> betweenLives, Consumer<Path> beforeComparing) {
        this.plan = plan;
        this.recording = plan.source().read();
        this.tell = tell;
        this.betweenLives = betweenLives;
        this.beforeComparing = beforeComparing;
    }

    /// Throws {@link IllegalStateException} where anything is not as it must be.
    public Outcome hold() {
        try (var cast = new Cast(plan, recording)) {
            cast.relays().forEach(relay -> tell.accept(relay.banner().strip()));
            tell.accept(String.format(
                    Locale.ROOT,
                    "Writing %s: %,d transactions at up to %.0f a second each.",
                    recording.name(),
                    recording.txns().size(),
                    plan.perSecond()));
            var listener = cast.reader("listener");
            var writers = List.of(cast.writer(0), cast.writer(1));
            long start = System.nanoTime();
            var killings = new Killings(plan, cast, writers, recording.txns().size(), tell, betweenLives);
            await(writers, killings, start);
            double seconds = (System.nanoTime() - start) / 1e9;
            await(List.of(listener), killings, start);
            if (!killings.areDone()) {
                throw new IllegalStateException(
                        "the session was over before everybody was killed: " + killings.summary());
            }
            var late = cast.reader("latecomer");
            await(List.of(late), killings, start);
            if (killings.count() > 0) {
                tell.accept(killings.summary());
            }
            beforeComparing.accept(plan.folder());
            var texts = new ArrayList<String>();
            for (var player : List.of(writers.get(0), writers.get(1), listener, late)) {
                texts.add(player.text());
                tell.accept(String.format(
                        Locale.ROOT,
                        "%s has %,d units",
                        player.name,
                        texts.getLast().length()));
            }
            long commits = late.board.revision();
            var stored = cast.stored();
            if (stored.isPresent()) {
                stored.get().verify(recording);
                texts.add(stored.get().text(recording.agents()));
                commits = stored.get().commits();
                tell.accept(String.format(
                        Locale.ROOT,
                        "the store has %,d units after %,d commits",
                        texts.getLast().length(),
                        commits));
            }
            return judge(texts, commits, stored.isPresent(), killings, seconds);
        }
    }

    private Outcome judge(List<String> texts, long commits, boolean stored, Killings killings, double seconds) {
        if (texts.stream().distinct().count() != 1) {
            throw new IllegalStateException("the texts are not equal");
        }
        var ending = Endings.compare(recording, texts.getFirst());
        if (ending instanceof Endings.Ending.Wrong(var why)) {
            throw new IllegalStateException("the texts are equal, but not as recorded: " + why);
        }
        return new Outcome(
                texts.getFirst(),
                ending,
                commits,
                recording.txns().size(),
                killings.count(),
                killings.inFlight(),
                killings.metNone(),
                stored,
                seconds,
                recording.seconds(SessionCommand.PERSON_PER_SECOND));
    }

    private void await(List<Cast.Player> players, Killings killings, long start) {
        long told = System.nanoTime();
        while (players.stream().anyMatch(player -> player.board.stage() != Board.Stage.ENDED)) {
            for (var player : players) {
                if (player.board.stage() == Board.Stage.FAILED || !player.isAlive()) {
                    throw new IllegalStateException(player.name + " failed:\n" + player.complaints());
                }
            }
            long now = System.nanoTime();
            if (now - start > plan.atMost().toNanos()) {
                throw new IllegalStateException("not over after " + plan.atMost() + ": " + progress(players));
            }
            int typed =
                    players.stream().mapToInt(player -> player.board.typed()).sum();
            if (players.size() > 1) {
                killings.look(typed);
            }
            if (now - told > TELL_EVERY.toNanos()) {
                told = now;
                tell.accept(progress(players));
            }
            pause();
        }
    }

    private static String progress(List<Cast.Player> players) {
        var line = new StringBuilder();
        for (var player : players) {
            line.append(line.isEmpty() ? "" : "; ")
                    .append(String.format(
                            Locale.ROOT,
                            "%s typed %,d, sees %,d of the other's, at revision %,d%s",
                            player.name,
                            player.board.typed(),
                            player.board.seen(),
                            player.board.revision(),
                            player.board.isLive() ? "" : ", away"));
        }
        return line.toString();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
