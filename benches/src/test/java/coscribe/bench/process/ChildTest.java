package coscribe.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /// Starts a program that would go on for a minute, and waits to be ended.
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            var child = Child.start("sleeper", List.of("sleep", "60"), Map.of(), Path.of(arguments[0]));
            System.out.println(child.pid());
            TimeUnit.SECONDS.sleep(60);
        }
    }

    @Test
    void what_a_bench_started_does_not_outlive_it() throws Exception {
        var command = Java.program(List.of(), Parent.class.getName(), List.of(folder.toString()));
        try (var parent = Child.start("parent", command, Map.of(), folder)) {
            await().atMost(WITHIN).until(() -> parent.said().endsWith("\n"));
            var child = ProcessHandle.of(Long.parseLong(parent.said().strip())).orElseThrow();
            assertThat(child.isAlive()).isTrue();
            parent.close();
            await().atMost(WITHIN).until(() -> !child.isAlive());
        }
    }
}
