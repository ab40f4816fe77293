package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmTest {
    private final VirtualTime time = new VirtualTime();
    private final List<Long> rang = new ArrayList<>(); // milliseconds since the beginning
    private final long begun = time.instant().toEpochMilli();
    private final Alarm alarm =
            new Alarm(time, time, time, () -> rang.add(time.instant().toEpochMilli() - begun));

    @Test
    void it_rings_once_behind_the_earliest_moment_that_was_asked_for() {
        alarm.setIn(Duration.ofMillis(300));
        alarm.setIn(Duration.ofMillis(100));
        alarm.setIn(Duration.ofMillis(200));
        time.pass(Duration.ofSeconds(10));
        assertThat(rang).containsExactly(101L);
    }

    @Test
    void it_can_be_set_again_once_it_rang() {
        alarm.setIn(Duration.ofMillis(100));
        time.pass(Duration.ofMillis(200));
        alarm.setIn(Duration.ofMillis(100));
        time.pass(Duration.ofSeconds(10));
        assertThat(rang).containsExactly(101L, 301L);
    }

    @Test
    void once_closed_it_rings_no_more() {
        alarm.setIn(Duration.ofMillis(100));
        alarm.close();
        alarm.setIn(Duration.ofMillis(200));
        time.pass(Duration.ofSeconds(10));
        assertThat(rang).isEmpty();
    }
}
