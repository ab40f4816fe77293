package coscribe.relay.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerialTest {
    static List<Throwable> failures() {
        return List.of(
                new IllegalStateException("planned"),
                new StackOverflowError("planned"),
                new OutOfMemoryError("planned"),
                new AssertionError("planned"),
                new NoClassDefFoundError("planned"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatever_a_task_throws_the_others_run(Throwable failure) {
        var ran = new ArrayList<String>();
        var serial = new Serial(Runnable::run, "test");

        serial.execute(() -> {
            serial.execute(() -> ran.add("behind it"));
            SerialTest.<RuntimeException>sneak(failure);
        });
        serial.execute(() -> ran.add("later"));

        assertThat(ran).containsExactly("behind it", "later");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }
}
