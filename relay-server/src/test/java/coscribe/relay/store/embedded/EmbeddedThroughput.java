package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Measures how fast the embedded store commits: each document has one commit under way, the next
/// follows its acknowledgement, as a relay's lanes do. Not a test; prints one line per round.
///
/// Arguments: directory, documents (64), commits per round (100,000), bytes per commit (300),
/// rounds (3).
public final class EmbeddedThroughput {
    private EmbeddedThroughput() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory(Path.of(args[0]), "throughput");
        int documents = args.length > 1 ? Integer.parseInt(args[1]) : 64;
        int commits = args.length > 2 ? Integer.parseInt(args[2]) : 100_000;
        int bytes = args.length > 3 ? Integer.parseInt(args[3]) : 300;
        int rounds = args.length > 4 ? Integer.parseInt(args[4]) : 3;
        try (ExecutorService answers = Executors.newSingleThreadExecutor();
                var store = EmbeddedStore.open(
                        directory, EmbeddedSettings.DEFAULT, InstantSource.system(), answers, EmbeddedFixture.NOBODY)) {
            var random = new SplittableRandom(1);
            var lanes = new Lane[documents];
            for (int i = 0; i < documents; i++) {
                lanes[i] = new Lane(store.documents(), random, bytes);
            }
            for (int round = 0; round < rounds; round++) {
                round(lanes, commits);
            }
        }
    }

    private static void round(Lane[] lanes, int commits) throws InterruptedException {
        var left = new AtomicInteger(commits);
        var done = new CountDownLatch(lanes.length);
        var nanos = new long[commits];
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        for (Lane lane : lanes) {
            lane.commit(left, done, nanos);
        }
        done.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMicros = (cpuNanos() - cpu) / 1e3 / commits;
        Arrays.sort(nanos);
        System.out.printf(
                "%d documents: %.0f commits/s, p50 %.2f ms, p99 %.2f ms, max %.1f ms, %.1f us of CPU each, %d threads%n",
                lanes.length,
                commits / seconds,
                nanos[commits / 2] / 1e6,
                nanos[commits - commits / 100] / 1e6,
                nanos[commits - 1] / 1e6,
                cpuMicros,
                threads.getThreadCount());
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static final class Lane {
        private final DocumentStore store;
        private final DocumentId document;
        private final PersonId person;
        private final ClientId client;
        private final byte[] bytes;
        private long seq;
        private Head head;

        Lane(DocumentStore store, SplittableRandom random, int size) {
            this.store = store;
            this.document = DocumentId.random(random);
            this.person = PersonId.random(random);
            this.client = ClientId.random(random);
            this.bytes = new byte[size];
            random.nextBytes(bytes);
            var epoch = Epoch.random(random);
            this.head = new Head(epoch, Revision.ZERO, ChainHash.START);
            store.create(document, epoch, "Lane", person).toCompletableFuture().join();
            store.join(document, person, DeviceId.random(random), client, Optional.empty(), Optional.empty())
                    .toCompletableFuture()
                    .join();
        }

        void commit(AtomicInteger left, CountDownLatch done, long[] nanos) {
            int index = left.decrementAndGet();
            if (index < 0) {
                done.countDown();
                return;
            }
            seq++;
            bytes[0] = (byte) seq;
            var copy = bytes.clone();
            var entry = new Entry(
                    client, seq, person, Role.EDITOR, copy, head.chain().after(copy));
            long asked = System.nanoTime();
            var _ = store.commit(document, "relay", head, List.of(entry)).whenComplete((result, failure) -> {
                if (!(result instanceof Appended appended)) {
                    throw new IllegalStateException("not appended: " + result, failure);
                }
                nanos[index] = System.nanoTime() - asked;
                head = appended.head();
                commit(left, done, nanos);
            });
        }
    }
}
