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
/// a submission is certainly under way, and starts them again at once.
///
/// An answer comes within a millisecond, so whoever is to be killed is held still first (kill -STOP)
/// and looked at: if the submission was answered after all, it goes on and the next one is waited
/// for. What was under way is judged afterwards, by those who live on: the writers of a relay once
/// they noticed that it is gone, a writer by what its journal gives back. Where that is nothing, as the
/// journal was a moment ahead of what the writer tells or behind it, the writer is killed once more.
final class Killings {
    private static final Duration FOR_A_SUBMISSION = Duration.ofSeconds(30);

    /// Whatever was answered before somebody was held still is read within this time.
    private static final Duration SETTLED = Duration.ofMillis(50);

    private static final Duration TO_NOTICE = Duration.ofSeconds(20);

    private static final Duration TO_COME_BACK = Duration.ofSeconds(60);

    /// How often a writer is killed at most until something was under way.
    private static final int TRIES = 5;

    private final List<Cast.Player> writers;
    private final int keystrokes;
    private final Consumer<String> tell;
    private final Consumer<Path> betweenLives;
    private final List<Victim> order = new ArrayList<>();
    private int done;
    private int writerKills;
    private int relaysMet;
    private int relaysWithNone;

    private sealed interface Victim {
        record Relay(RelayChild relay) implements Victim {}

        record Writer(Cast.Player writer) implements Victim {}
    }

    /// @param betweenLives  given the folder of who was killed, before it is started
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
                var before = catchSending(concerned, relay::holdStill, relay::goOn);
                relay.kill();
                int flying = unanswered(before);
                relaysMet += flying;
                relaysWithNone += flying == 0 ? 1 : 0;
                note("a relay", relay.pid(), flying + " under way");
                betweenLives.accept(relay.data());
                relay.startAgain();
            }
            case Victim.Writer(var writer) -> {
                int before = writer.board.cameBack();
                writerKills++;
                for (int i = 0; i < TRIES && writer.board.cameBack() == before && !haveEnded(List.of(writer)); i++) {
                    kill(writer);
                }
            }
        }
    }

    private void kill(Cast.Player writer) {
        var before = catchSending(List.of(writer), writer::holdStill, writer::goOn);
        writer.kill();
        note(writer.name, writer.pid(), before.isEmpty() ? "nothing under way" : "sending");
        writer.board.stage(Board.Stage.STARTING);
        betweenLives.accept(writer.errand.folder());
        writer.startAgain();
        boolean ignored =
                Patience.until(TO_COME_BACK, () -> writer.board.stage() != Board.Stage.STARTING || !writer.isAlive());
    }

    /// A submission that was sent at a revision, and not answered there.
    private record UnderWay(Cast.Player writer, long revision) {
        boolean isStill() {
            return writer.board.isSending() && writer.board.revision() == revision;
        }
    }

    /// Holds somebody still at a moment when something is under way, and answers what that is; it is
    /// empty where nobody has anything to send any more.
    private static List<UnderWay> catchSending(List<Cast.Player> concerned, Runnable holdStill, Runnable goOn) {
        long deadline = System.nanoTime() + FOR_A_SUBMISSION.toNanos();
        while (true) {
            boolean ignored =
                    Patience.until(FOR_A_SUBMISSION, () -> !underWay(concerned).isEmpty() || haveEnded(concerned));
            holdStill.run();
            var caught = underWay(concerned);
            boolean answered = Patience.until(SETTLED, () -> caught.stream().noneMatch(UnderWay::isStill));
            if (!answered || haveEnded(concerned) || System.nanoTime() > deadline) {
                return caught.stream().filter(UnderWay::isStill).toList();
            }
            goOn.run();
        }
    }

    private static boolean haveEnded(List<Cast.Player> concerned) {
        return concerned.stream().allMatch(writer -> writer.board.stage() == Board.Stage.ENDED);
    }

    private static List<UnderWay> underWay(List<Cast.Player> concerned) {
        return concerned.stream()
                .filter(writer -> writer.board.isLive() && writer.board.isSending())
                .map(writer -> new UnderWay(writer, writer.board.revision()))
                .toList();
    }

    /// How many have no answer now that the relay is gone and everything that it said was read.
    private static int unanswered(List<UnderWay> before) {
        boolean noticed =
                Patience.until(TO_NOTICE, () -> before.stream().noneMatch(each -> each.writer.board.isLive()));
        return noticed ? (int) before.stream().filter(UnderWay::isStill).count() : 0;
    }

    private void note(String who, long pid, String met) {
        tell.accept(String.format(Locale.ROOT, "kill -9 %d: %s (%d of %d), %s", pid, who, done + 1, order.size(), met));
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%d kills with %d submissions under way when they came (%d kills met none)",
                done,
                inFlight(),
                metNone());
    }

    /// How many submissions were under way at the moments of the kills. To be asked when everybody
    /// who was killed has come back.
    int inFlight() {
        return relaysMet + cameBack();
    }

    /// How many kills met no submission under way. To be asked when everybody who was killed has
    /// come back.
    int metNone() {
        return relaysWithNone + writerKills - cameBack();
    }

    private int cameBack() {
        return writers.stream().mapToInt(writer -> writer.board.cameBack()).sum();
    }

    int count() {
        return done;
    }
}
