package coscribe.relay.ops;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.people.Accounts;
import coscribe.relay.transport.TransportGauges;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What Prometheus is told.
class RelayMetricsTest {
    private final RelayMetrics metrics = new RelayMetrics(
            () -> new TransportGauges(0, 0, 0, 0, 0, 0),
            () -> new Accounts.Use(0, 0, 0),
            new Readiness(Optional::empty));

    private void tells(String... lines) {
        assertThat(metrics.scrape().lines()).contains(lines);
    }

    @Test
    void how_long_acknowledgements_took_is_a_histogram_with_what_came_before_the_first_scrape() {
        metrics.acknowledged(Duration.ofMillis(3));
        metrics.acknowledged(Duration.ofMillis(400));
        tells(
                "coscribe_submissions_acknowledged_seconds_bucket{le=\"0.002\"} 0",
                "coscribe_submissions_acknowledged_seconds_bucket{le=\"0.005\"} 1",
                "coscribe_submissions_acknowledged_seconds_bucket{le=\"0.5\"} 2",
                "coscribe_submissions_acknowledged_seconds_count 2",
                "coscribe_submissions_acknowledged_seconds_sum 0.403");
        metrics.acknowledged(Duration.ofMillis(3));
        tells("coscribe_submissions_acknowledged_seconds_count 3");
    }

    @Test
    void how_long_the_store_took_is_told_for_each_kind_of_call() {
        metrics.prepare();
        metrics.times().took("commit", Duration.ofMillis(1));
        tells("coscribe_store_calls_seconds_count{call=\"commit\"} 1");
        metrics.times().took("commit", Duration.ofMillis(1));
        metrics.times().took("load", Duration.ofSeconds(3));
        tells(
                "coscribe_store_calls_seconds_count{call=\"commit\"} 2",
                "coscribe_store_calls_seconds_bucket{call=\"load\",le=\"2.0\"} 0",
                "coscribe_store_calls_seconds_bucket{call=\"load\",le=\"5.0\"} 1");
    }

    @Test
    void nothing_is_lost_that_happens_while_the_registry_is_made() {
        int threads = 4;
        int times = 500;
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                pool.execute(() -> {
                    for (int n = 0; n < times; n++) {
                        metrics.acknowledged(Duration.ofMillis(1));
                    }
                });
            }
            metrics.prepare();
        }
        tells("coscribe_submissions_acknowledged_seconds_count " + threads * times);
    }

    @Test
    void how_many_people_are_in_documents_is_asked_at_each_scrape() {
        var people = new AtomicInteger(7);
        metrics.documents(() -> 2, people::get);
        tells("coscribe_documents 2.0", "coscribe_people 7.0");
        people.set(6);
        tells("coscribe_people 6.0");
    }
}
