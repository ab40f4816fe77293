package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.desktop.SingleInstance.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With processes of their own where it matters: a lock is a matter between processes.
class SingleInstanceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Wish LINK = Wish.parse("coscribe://join/127.0.0.1:7450/7F3K-Q9TM-2XWD");
    private static final Wish WINDOW = new Wish.Window();

    @TempDir
    Path folder;

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void end() {
        children.forEach(Process::destroyForcibly);
    }

    /// The first one, in a process of its own: says what it hears.
    static final class First {
        private First() {}

        public static void main(String[] args) throws InterruptedException {
            switch (SingleInstance.claim(Path.of(args[0]), LINK, PATIENCE)) {
                case Claim.First(var instance) -> {
                    instance.listen(wish -> System.out.println("asked " + wish.written()));
                    System.out.println("first");
                    Thread.currentThread().join();
                }
                case Claim.HandedOver() -> System.out.println("handed over");
                case Claim.Failed(var sentence) -> System.out.println(sentence);
            }
        }
    }

    private Process another() {
        try {
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            First.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            children.add(process);
            return process;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(Process process) throws IOException {
        return process.inputReader().readLine();
    }

    @Test
    void who_comes_second_hands_its_link_to_the_first_and_goes() throws Exception {
        var first = another();
        assertThat(line(first)).isEqualTo("first");

        var second = another();
        assertThat(line(second)).isEqualTo("handed over");
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(line(first)).isEqualTo("asked " + LINK.written());

        assertThat(SingleInstance.claim(folder, WINDOW, PATIENCE)).isEqualTo(new Claim.HandedOver());
        assertThat(line(first)).isEqualTo("asked ");
    }

    @Test
    void one_that_was_killed_leaves_nothing_in_the_way() throws Exception {
        var first = another();
        assertThat(line(first)).isEqualTo("first");
        first.destroyForcibly().waitFor();
        assertThat(folder.resolve("door")).exists();

        assertThat(line(another())).isEqualTo("first");
    }

    @Test
    void of_several_that_start_at_once_one_stays() throws Exception {
        var all = List.of(another(), another(), another());
        var said = new ArrayList<String>();
        for (var each : all) {
            said.add(line(each));
        }
        assertThat(said).containsExactlyInAnyOrder("first", "handed over", "handed over");
    }

    @Test
    void who_left_makes_room_for_the_next() {
        var first = SingleInstance.claim(folder, WINDOW, PATIENCE);
        assertThat(first).isInstanceOf(Claim.First.class);
        ((Claim.First) first).instance().close();
        var next = SingleInstance.claim(folder, WINDOW, PATIENCE);
        assertThat(next).isInstanceOf(Claim.First.class);
        ((Claim.First) next).instance().close();
    }

    @Test
    void one_that_does_not_answer_is_told_of_in_a_sentence() throws Exception {
        var first = another();
        assertThat(line(first)).isEqualTo("first");
        Files.delete(folder.resolve("door"));
        assertThat(SingleInstance.claim(folder, WINDOW, Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        Claim.Failed.class,
                        failed -> assertThat(failed.sentence()).contains("does not answer"));
    }

    @Test
    void a_profile_deep_in_the_folders_has_a_door_elsewhere() {
        Path deep = folder.resolve("d".repeat(60)).resolve("e".repeat(60));
        var heard = new LinkedBlockingQueue<Wish>();
        var first = SingleInstance.claim(deep, WINDOW, PATIENCE);
        assertThat(first).isInstanceOf(Claim.First.class);
        try (var instance = ((Claim.First) first).instance()) {
            instance.listen(heard::add);
            // The lock is this process's own, so only the door is tried here.
            assertThat(SingleInstance.knock(deep, LINK)).isTrue();
            await().until(() -> heard.contains(LINK));
        }
    }
}
