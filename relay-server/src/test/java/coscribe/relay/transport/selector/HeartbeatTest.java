package coscribe.relay.transport.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private final Heartbeat heartbeat = new Heartbeat(Duration.ofSeconds(20), Duration.ofMillis(500), 0);

    private static ByteBuffer payload(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).flip();
    }

    @Test
    void beats_once_a_period_and_never_with_a_number_twice() {
        heartbeat.begin(5_000);
        assertThat(heartbeat.ping(24_999, NOON)).isEmpty();
        assertThat(heartbeat.ping(25_000, NOON)).hasValue(1);
        assertThat(heartbeat.ping(44_999, NOON)).isEmpty();
        assertThat(heartbeat.pong(payload(1), NOON)).isPresent();
        assertThat(heartbeat.ping(45_000, NOON)).hasValue(2);
    }

    @Test
    void is_over_before_nothing_was_heard_for_one_and_a_half_periods() {
        assertThat(heartbeat.isLost(29_500)).isFalse();
        assertThat(heartbeat.isLost(29_501)).as("the next look is too late").isTrue();
        heartbeat.alive(30_000);
        assertThat(heartbeat.isLost(59_500)).isFalse();
    }

    @Test
    void measures_the_first_pong_to_the_newest_ping_and_nothing_else() {
        assertThat(heartbeat.pong(payload(0), NOON)).isEmpty();
        var _ = heartbeat.ping(20_000, NOON);
        var later = NOON.plusMillis(35);
        assertThat(heartbeat.pong(payload(7), later)).isEmpty();
        assertThat(heartbeat.pong(ByteBuffer.allocate(3), later)).isEmpty();
        assertThat(heartbeat.pong(payload(1), later)).contains(Duration.ofMillis(35));
        assertThat(heartbeat.pong(payload(1), later)).isEmpty();
    }
}
