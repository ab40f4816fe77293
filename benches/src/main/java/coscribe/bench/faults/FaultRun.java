package coscribe.bench.faults;

import coscribe.bench.process.RelayChild;
import coscribe.relay.cli.load.Figures;
import java.nio.file.Path;
import java.time.Duration;
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
/// @param downAfter  how long Sentinels wait for a server before they replace it
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
        Duration downAfter,
        long seed) {
    /// How it went.
    ///
    /// @param silence  in ms: for each fault, the longest time in which nobody was told that anything is
    ///     saved
    record Result(Scene scene, int people, int faults, Crowd.Three silence, Crowd.Outcome outcome) {}

    /// Throws {@link IllegalStateException} where anything that was saved is lost or there twice,
    /// or somebody sees another text than the store's.
    Result run() {
        RandomGenerator random = new Random(seed);
        try (var tier = new Tier(home, folder, scene.layout().withDownAfter(downAfter), random);
                var crowd = new Crowd(tier, folder, people, aDocument, random)) {
            crowd.type(perSecond);
            long end = System.nanoTime() + time.toNanos();
            int faults = 0;
            var silence = new Figures();
            Scene.pause(scene.every);
            long _ = crowd.takeSilence(); // before the first fault
            while (faults < atLeast || System.nanoTime() < end) {
                scene.fault(tier, faults++, random);
                Scene.pause(scene.every);
                silence.add(crowd.takeSilence());
            }
            tier.relays().forEach(RelayChild::awaitReady);
            crowd.settle();
            return new Result(scene, people, faults, Crowd.Three.of(silence), crowd.judge(tier, scene.atRisk()));
        }
    }
}
