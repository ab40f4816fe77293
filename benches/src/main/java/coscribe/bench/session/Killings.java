package coscribe.bench.session;

import coscribe.bench.process.Patience;
import coscribe.bench.process.RelayChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/// Kills relays and writers with -9 while they write, spread over the whole session, each time when
/// a submission is under way, and starts them again at once.
final class Killings {
    private static final Duration FOR_A_SUBMISSION = Duration.ofSeconds(30);

    private static final Duration FOR_A_FRESH_ONE = Duration.ofMillis(200);

    private final List<Cast.Player> writers;
    private final int keystrokes;
    private final Consumer<String> tell;
    private final Consumer<Path> betweenLives;
    private final List<Victim> order = new ArrayList<>();
    private int done;
    private int inFlight;
    private int withNone;

    private sealed interface Victim {
        record Relay(RelayChild relay) implements Victim {}

        record Writer(Cast.Player writer) implements Victim {}
    }

    /// @param betweenLives  given the folder of a writer that was killed, before it is started
    ///     again
    Killings(
            Plan plan,
            Cast cast,
            List<Cast.Player> writers,
            int keystrokes,
            Consumer<String> tell,
            Consumer<Path> betweenLives) {
        this.writers = writers;
        this.keystrokes = keystrokes;
        this.tell = tell;
        this.betweenLives = betweenLives;
        for (int i = 0; i < plan.relayKills(); i++) {
            order.add(new Victim.Relay(cast.relays().get(i % cast.relays().size())));
        }
        for (int i = 0; i < plan.writerKills(); i++) {
            writers.forEach(writer -> order.add(new Victim.Writer(writer)));
        }
        Collections.shuffle(order, new Random(plan.seed()));
    }

    /// Kills whoever is next, if it is time.
    void look(int typed) {
        if (done < order.size() && typed >= (long) keystrokes * (done + 1) / (order.size() + 1)) {
            kill(order.get(done));
            done++;
        }
    }

    boolean areDone() {
        return done == order.size();
    }

    private void kill(Victim victim) {
        switch (victim) {
            case Victim.Relay(var relay) -> {
                var concerned =
                        writers.stream().filter(writer -> writer.relay == relay).toList();
                awaitSubmission(concerned);
                var before = underWay(concerned);
                relay.kill();
                note("a relay", relay.pid(), before);
                relay.startAgain();
            }
            case Victim.Writer(var writer) -> {
                awaitSubmission(List.of(writer));
                var before = underWay(List.of(writer));
                writer.kill();
                note(writer.name, writer.pid(), before);
                betweenLives.accept(writer.errand.folder());
                writer.startAgain();
            }
        }
    }

    private static void awaitSubmission(List<Cast.Player> concerned) {
        boolean ignored = Patience.until(
                FOR_A_SUBMISSION,
                () -> concerned.stream().anyMatch(writer -> writer.board.isLive() && writer.board.isSending())
                        || concerned.stream().allMatch(writer -> writer.board.stage() == Board.Stage.ENDED));
        awaitFresh(concerned);
    }

    /// Waits a moment for one that was sent just now, and so will not be answered before the kill.
    private static void awaitFresh(List<Cast.Player> concerned) {
        var before = underWay(concerned);
        long until = System.nanoTime() + FOR_A_FRESH_ONE.toNanos();
        while (before.containsAll(underWay(concerned)) && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /// A submission that was sent at a revision, and not answered there.
    private record UnderWay(Cast.Player writer, long revision) {
        boolean isStill() {
            return writer.board.isSending() && writer.board.revision() == revision;
        }
    }

    private static List<UnderWay> underWay(List<Cast.Player> concerned) {
        return concerned.stream()
                .filter(writer -> writer.board.isLive() && writer.board.isSending())
                .map(writer -> new UnderWay(writer, writer.board.revision()))
                .toList();
    }

    /// Counts what was under way before the kill and had no answer after it: neither what was
    /// answered at the last moment nor what was sent to somebody dead. That may be too few.
    private void note(String who, long pid, List<UnderWay> before) {
        int flying = (int) before.stream().filter(UnderWay::isStill).count();
        inFlight += flying;
        withNone += flying == 0 ? 1 : 0;
        tell.accept(String.format(
                Locale.ROOT, "kill -9 %d: %s (%d of %d), %d under way", pid, who, done + 1, order.size(), flying));
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%d kills with at least %d submissions under way when they came (%d kills met none that is certain)",
                done,
                inFlight,
                withNone);
    }

    /// How many submissions were under way at the moments of the kills, at least.
    int inFlight() {
        return inFlight;
    }

    int count() {
        return done;
    }
}
