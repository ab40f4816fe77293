package coscribe.client;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.DeviceId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
    private static final int THREADS = 4;
    private static final int TRIES = 100;

    @TempDir
    private Path folder;

    @Test
    void a_computer_is_one_device_whoever_asks_first() throws Exception {
        var random = new SecureRandom();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < TRIES; i++) {
                var profile = folder.resolve("profile-" + i);
                var together = new CyclicBarrier(THREADS);
                Callable<DeviceId> asks = () -> {
                    together.await(30, TimeUnit.SECONDS);
                    return new Profile(profile).device(random);
                };
                Set<DeviceId> devices = new HashSet<>();
                for (Future<DeviceId> answer : threads.invokeAll(
                        IntStream.range(0, THREADS).mapToObj(thread -> asks).toList())) {
                    devices.add(answer.get());
                }
                assertThat(devices).as("in try %s", i).hasSize(1);
            }
        }
    }
}
