package coscribe.relay.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.relay.people.Accounts;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.Head;
import coscribe.relay.transport.TransportGauges;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The Grafana dashboard that is shipped asks for nothing that a relay does not tell.
class DashboardTest {
    private static final Path DASHBOARD = Path.of("../installers/grafana/coscribe-relay.json");
    private static final Pattern METRIC = Pattern.compile("coscribe_[a-z_]+");
    private static final Pattern OUTCOME = Pattern.compile("outcome!?=\"([^\"]+)\"");

    private static RelayMetrics busy() {
        var metrics = new RelayMetrics(
                () -> new TransportGauges(0, 0, 0, 0, 0, 0),
                () -> new Accounts.Use(0, 0, 0),
                new Readiness(Optional::empty));
        metrics.closed(1000);
        metrics.refused(Refusal.BUSY);
        metrics.failed(FailureCode.LIMIT);
        metrics.overBudget("messages");
        metrics.presenceDropped();
        metrics.ofStore().reconnected("commits");
        metrics.ofStore().confirmed(Duration.ofMillis(1));
        metrics.signIn("ok");
        metrics.acknowledged(Duration.ofMillis(1));
        metrics.times().took("commit", Duration.ofMillis(1));
        metrics.times().committed(3, new CommitResult.Duplicate(0, Revision.ZERO));
        return metrics;
    }

    @Test
    void every_metric_it_asks_for_is_told() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        Set<String> told = new TreeSet<>();
        busy().scrape().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var name = METRIC.matcher(line);
            if (name.lookingAt()) {
                told.add(name.group());
            }
        });
        Set<String> asked = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                METRIC.matcher(target.path("expr").asText()).results().forEach(found -> asked.add(found.group()));
            }
        }
        assertThat(asked).as("metrics on the dashboard").hasSizeGreaterThan(15);
        assertThat(told).containsAll(asked);
    }

    @Test
    void it_tells_a_batch_that_was_taken_by_the_word_the_relay_has_for_it() throws IOException {
        var metrics = busy();
        metrics.times().committed(2, appended());
        var words = OUTCOME.matcher(new ObjectMapper()
                        .readTree(DASHBOARD.toFile())
                        .findValuesAsText("expr")
                        .toString())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(words)
                .isNotEmpty()
                .allSatisfy(word ->
                        assertThat(metrics.scrape()).contains("coscribe_batches_total{outcome=\"" + word + "\"} 1.0"));
        assertThat(metrics.scrape()).contains("coscribe_commits_total 2.0");
    }

    private static CommitResult appended() {
        return new CommitResult.Appended(
                new Head(Epoch.random(new SplittableRandom(1)), new Revision(2), ChainHash.START));
    }
}
