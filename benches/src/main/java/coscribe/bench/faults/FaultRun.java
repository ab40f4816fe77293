package coscribe.bench.faults;

import coscribe.bench.process.RelayChild;
import coscribe.relay.cli.load.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/// One scene from its first line to the comparison with the store.
///
/// @param home       the repository
/// @param folder     for everything that is written
/// @param people     typists
/// @param aDocument  of them to a document
/// @param perSecond  lines of each
/// @param time       while faults are made; the last one may end later
/// @param atLeast    so many faults are made, however long they take
/// @param waits      for what is waited how long
/// @param seed       of faults and places
record FaultRun(
        Scene scene,
        Path home,
        Path folder,
        int people,
        int aDocument,
        double perSecond,
        Duration time,
        int atLeast,
        Waits waits,
        long seed) {
    /// How long is waited for what.
    ///
    /// @param every      from the end of one fault to the next
    /// @param frozen     a relay that is stopped goes on after it
    /// @param downAfter  how long Sentinels wait for a server before they replace it
    record Waits(Duration every, Duration frozen, Duration downAfter) {}

    /// How it went.
    ///
    /// @param silence  in ms: for each fault, the longest time in which nobody was told that anything is
    ///     saved
    record Result(Scene scene, int people, int faults, Crowd.Three silence, Crowd.Outcome outcome) {}

    /// Throws {@link IllegalStateException} where anything that was saved is lost or there twice,
    /// somebody sees another text than the store's, or a process wrote any of it down elsewhere.
    Result run() {
        RandomGenerator random = new Random(seed);
        try (var tier = new Tier(home, folder, scene.layout().withDownAfter(waits.downAfter()), random);
                var crowd = new Crowd(tier, folder, people, aDocument, random)) {
            crowd.type(perSecond);
            long end = System.nanoTime() + time.toNanos();
            int faults = 0;
            var silence = new Figures();
            Scene.pause(waits.every());
            long _ = crowd.takeSilence(); // before the first fault
            while (faults < atLeast || System.nanoTime() < end) {
                scene.fault(tier, faults++, waits, random);
                Scene.pause(waits.every());
                silence.add(crowd.takeSilence());
            }
            tier.relays().forEach(RelayChild::awaitReady);
            crowd.settle();
            var outcome = crowd.judge(tier, scene.atRisk());
            requireNoTextIn(said());
            return new Result(scene, people, faults, Crowd.Three.of(silence), outcome);
        }
    }

    /// What each process wrote.
    private Map<Path, String> said() {
        try (var files = Files.newDirectoryStream(folder, "*.{out,err}")) {
            var said = new HashMap<Path, String>();
            for (Path file : files) {
                said.put(file.getFileName(), Files.readString(file));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException("what the processes wrote cannot be read", e);
        }
    }

    private static void requireNoTextIn(Map<Path, String> said) {
        if (said.values().stream().allMatch(String::isBlank)) {
            throw new IllegalStateException("no process wrote anything: " + said.keySet());
        }
        said.forEach((file, text) -> {
            if (text.contains(Typist.WORD)) {
                throw new IllegalStateException("text of a document is in " + file);
            }
        });
    }
}
