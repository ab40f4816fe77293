package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When a store's settings are looked at, and what follows, by a clock that the test turns.
class StoreWatchTest {
    private static final Finding GOOD = Finding.ok("eviction", "Nothing is thrown away.");
    private static final Finding DOUBTFUL = Finding.warn("durability", "It does not tell.");
    private static final Finding BAD = Finding.fail("replicas", "0 replicas are attached.");

    private final List<Optional<String>> told = new ArrayList<>();
    private final HandTimers timers = new HandTimers();
    private List<Finding> settings = List.of(GOOD, DOUBTFUL);
    private boolean away;
    private int looks;
    private final StoreWatch watch = new StoreWatch(this::look, told::add, timers);

    private List<Finding> look() {
        looks++;
        if (away) {
            throw new StoreUnavailableException("planned");
        }
        return settings;
    }

    @Test
    void good_settings_are_looked_at_every_30_seconds_and_nobody_is_told() {
        watch.start();
        assertThat(looks).isOne();
        timers.pass(Duration.ofSeconds(29));
        assertThat(looks).isOne();
        timers.pass(Duration.ofMinutes(5));
        assertThat(looks).isEqualTo(11);
        assertThat(told).isEmpty();
    }

    @Test
    void what_falls_short_has_writes_refused_with_the_reason_within_30_seconds_until_it_is_mended() {
        watch.start();
        settings = List.of(GOOD, BAD);
        timers.pass(Duration.ofSeconds(30));
        assertThat(told).containsExactly(Optional.of("0 replicas are attached."));
        timers.pass(Duration.ofSeconds(60));
        assertThat(told).hasSize(1);
        settings = List.of(GOOD);
        timers.pass(Duration.ofSeconds(2));
        assertThat(told).containsExactly(Optional.of("0 replicas are attached."), Optional.empty());
        int before = looks;
        timers.pass(Duration.ofSeconds(30));
        assertThat(looks).isEqualTo(before + 1);
    }

    @Test
    void what_falls_short_at_the_start_is_refused_at_once() {
        settings = List.of(BAD);
        watch.start();
        assertThat(told).containsExactly(Optional.of("0 replicas are attached."));
    }

    @Test
    void another_reason_is_told_too() {
        settings = List.of(BAD);
        watch.start();
        settings = List.of(Finding.fail("eviction", "Documents may be thrown away."), BAD);
        timers.pass(Duration.ofSeconds(2));
        assertThat(told).last().isEqualTo(Optional.of("Documents may be thrown away."));
    }

    @Test
    void a_store_that_is_away_changes_nothing_and_is_looked_at_again() {
        settings = List.of(BAD);
        watch.start();
        away = true;
        timers.pass(Duration.ofSeconds(20));
        assertThat(looks).isEqualTo(11);
        assertThat(told).hasSize(1);
        away = false;
        settings = List.of(GOOD);
        timers.pass(Duration.ofSeconds(2));
        assertThat(told).hasSize(2);
    }

    @Test
    void stopped_it_looks_no_more() {
        watch.start();
        watch.stop();
        timers.pass(Duration.ofMinutes(2));
        assertThat(looks).isOne();
    }
}
