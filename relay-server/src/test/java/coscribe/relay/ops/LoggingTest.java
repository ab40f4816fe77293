package coscribe.relay.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final Logger LOG = LoggerFactory.getLogger("coscribe.relay.LoggingTest");

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    @Test
    void an_event_is_a_line_with_time_level_and_place() {
        Logging.to(stream, "info", false);

        LOG.info("event=ready port={}", 7450);

        assertThat(lines())
                .singleElement()
                .asString()
                .matches("[0-9-]{10}T[0-9:.]+Z INFO  LoggingTest event=ready port=7450");
    }

    @Test
    void whatever_a_message_holds_it_stays_on_its_line() {
        for (boolean json : new boolean[] {false, true}) {
            Logging.to(stream, "info", json);
            LOG.info("name={}", "Mara\r\n2026-01-01T00:00:00Z INFO forged\u0000\u001b[31m\u2028\u202e");
        }

        assertThat(lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.chars().allMatch(c -> c >= ' ' && c < 0x7f))
                        .isTrue());
        assertThat(lines().getFirst()).contains("Mara\\u000d\\n2026");
    }

    @Test
    void a_failure_is_told_on_the_same_line() {
        Logging.to(stream, "info", false);

        LOG.error("event=broken", new IllegalStateException("first\nsecond", new RuntimeException("deeper")));

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("cause=\"java.lang.IllegalStateException: first\\nsecond at coscribe.relay.ops.LoggingTest.")
                .contains(" <- caused by java.lang.RuntimeException: deeper");
    }

    @Test
    void json_is_an_object_in_each_line() {
        Logging.to(stream, "info", true);

        LOG.warn("event=store_away reason=\"{}\"", "gone");

        assertThat(FlatJson.read(lines().getFirst()))
                .containsEntry("level", "warn")
                .containsEntry("logger", "LoggingTest")
                .containsEntry("message", "event=store_away reason=\"gone\"");
    }

    @Test
    void the_level_holds_for_the_relay_and_libraries_are_quieter() {
        Logging.to(stream, "debug", false);
        LOG.debug("event=shown");
        LoggerFactory.getLogger("org.java_websocket.Some").debug("event=hidden");
        Logging.to(stream, "error", false);
        LOG.warn("event=hidden");

        assertThat(lines()).singleElement().asString().endsWith("event=shown");
    }

    private List<String> lines() {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
