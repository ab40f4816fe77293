package coscribe.client;

import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.link.Network;
import coscribe.client.runner.Home;
import coscribe.client.runner.Surroundings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A workshop with three threads: documents, disk, timer. The disk's thread keeps the program alive
/// while something is on its way to the disk, and no longer.
final class OwnThreads {
    private static final Logger LOG = LoggerFactory.getLogger(OwnThreads.class);
    private static final long END_WITHIN_SECONDS = 10;

    private OwnThreads() {}

    static Workshop workshop() {
        var home = Executors.newSingleThreadExecutor(named("coscribe-home", true));
        return workshop(Home.serial(home), List.of(home));
    }

    static Workshop workshopAt(Home home) {
        return workshop(home, List.of());
    }

    /// @param first  is ended before the disk's thread
    private static Workshop workshop(Home home, List<ExecutorService> first) {
        var disk = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("coscribe-disk", false));
        disk.allowCoreThreadTimeOut(true);
        var timer = Executors.newSingleThreadScheduledExecutor(named("coscribe-timer", true));
        var surroundings = Surroundings.of(home, disk, timer, InstantSource.system(), new SecureRandom());
        return new Workshop(surroundings, Network.ofComputer(), () -> {
            for (var pool : Stream.concat(first.stream(), Stream.of(disk)).toList()) {
                pool.shutdown();
                try {
                    if (!pool.awaitTermination(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                        LOG.warn("a task of the client did not end in time");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            timer.shutdownNow(); // last: whoever closes may ask it for a deadline
        });
    }

    private static ThreadFactory named(String name, boolean daemon) {
        return Thread.ofPlatform().daemon(daemon).name(name).factory();
    }
}
