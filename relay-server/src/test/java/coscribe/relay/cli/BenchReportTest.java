package coscribe.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.cli.load.Generator;
import coscribe.relay.cli.load.LoadPlan;
import coscribe.relay.cli.load.LoadResult;
import coscribe.relay.cli.load.LoadResult.Spread;
import coscribe.relay.cli.load.Memory;
import coscribe.relay.cli.load.Workload;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final Generator AT_REST = new Generator(0.1, 0.2);
    private static final Generator AT_WORK = new Generator(34.5, 0.97);

    private static LoadPlan plan(Workload workload) {
        return new LoadPlan(
                List.of(InetSocketAddress.createUnresolved("127.0.0.1", 1)), List.of(), 1_000, 10, 5_000, workload, 1);
    }

    private static BenchReport typed(double p99, Generator generator, List<String> lost) {
        var typing = new Workload.Typing(false, 5, true, Duration.ofSeconds(1), Duration.ofSeconds(1));
        var spread = new Spread(0.4, 0.9, p99, 80);
        return new BenchReport(
                "office",
                plan(typing),
                new LoadResult.Typed(
                        50, 48, 48, 50, spread, spread, OptionalDouble.of(0.2), generator, lost, lost.isEmpty()));
    }

    private static BenchReport stormed(double seconds, long sentAway) {
        var spread = new Spread(30, 50, 80, 90);
        return new BenchReport(
                "storm",
                plan(new Workload.Storm(Duration.ofSeconds(1))),
                new LoadResult.Stormed(
                        1_000, seconds, spread, sentAway, OptionalDouble.empty(), AT_REST, List.of(), true));
    }

    @Test
    void it_says_plainly_when_the_generator_was_the_limit() {
        var report = typed(20, AT_WORK, List.of());
        assertThat(report.verdict())
                .isEqualTo("The generator was the limit, not the relay: its thread was at work 97 % of the time, and 1"
                        + " of 100 times more than 34.50 ms late. The figures say how it fared, and little of the"
                        + " relay. Take fewer clients or a lower rate, or wait until this computer has less to do.");
        assertThat(report.fields())
                .containsEntry("limit", "generator")
                .containsEntry("generator_late_p99_ms", "34.50")
                .containsEntry("generator_busy_percent", "97.0");
    }

    @Test
    void what_is_wrong_comes_first() {
        assertThat(typed(20, AT_WORK, List.of("gone")).verdict())
                .isEqualTo("Not good: 1 connections broke, texts not equal everywhere, or not in time.");
    }

    @Test
    void a_keystroke_that_is_quick_enough_is_good() {
        var report = typed(12.3, AT_REST, List.of());
        assertThat(report.verdict())
                .isEqualTo("Good: 99 of 100 keystrokes were on everybody's screen within 12.30 ms.");
        assertThat(report.fields())
                .containsEntry("limit", "")
                .containsEntry("writers", "10")
                .containsEntry("carets", "true")
                .containsEntry("saved_p99_ms", "12.30");
        assertThat(typed(120, AT_REST, List.of()).verdict()).startsWith("Too much for this computer");
    }

    @Test
    void who_is_alone_in_a_document_has_nobody_to_be_seen_by() {
        var typing = new Workload.Typing(true, 5, false, Duration.ofSeconds(1), Duration.ofSeconds(1));
        var report = new BenchReport(
                "spread",
                plan(typing),
                new LoadResult.Typed(
                        50,
                        48,
                        48,
                        50,
                        new Spread(0, 0, 0, 0),
                        new Spread(1, 2, 3, 4),
                        OptionalDouble.empty(),
                        AT_REST,
                        List.of(),
                        true));
        assertThat(report.fields()).containsEntry("p99_ms", "").containsEntry("saved_p99_ms", "3.00");
        assertThat(report.verdict()).isEqualTo("Good: 99 of 100 keystrokes were saved within 3.00 ms.");
    }

    @Test
    void a_storm_says_who_was_sent_away_and_whether_it_was_one() {
        assertThat(stormed(3, 17).verdict())
                .isEqualTo("Good: all 1000 were in after 3.00 s, 99 of 100 within 80.00 ms of their first attempt; 17"
                        + " times somebody was told to come later.");
        assertThat(stormed(1.01, 0).verdict())
                .endsWith("It could take more: the last was in nearly as soon as they came.");
        assertThat(stormed(3, 17).fields())
                .containsEntry("joins_per_s", "333")
                .containsEntry("sent_away", "17")
                .containsEntry("cpu_ms_per_join", "");
    }

    @Test
    void idle_connections_are_reckoned_up() {
        var idled = new LoadResult.Idled(
                2_000,
                new Memory.Taken(OptionalLong.of(300L << 20), OptionalLong.empty()),
                OptionalDouble.of(40),
                OptionalDouble.of(8.5),
                OptionalDouble.of(-1.25),
                OptionalDouble.of(0.034),
                AT_REST,
                List.of());
        var report = new BenchReport("idle", plan(new Workload.Idle(Duration.ofSeconds(1))), idled);
        assertThat(report.verdict())
                .isEqualTo("Good: 2000 connections stayed; a further one takes 8.5 KiB, so 10000 of them 83 MiB.");
        assertThat(report.fields())
                .containsEntry("clients", "2000")
                .containsEntry("resident_kib_each_further", "8.50")
                .containsEntry("resident_mib", "300")
                .containsEntry("heap_mib", "")
                .containsEntry("heap_kib_each_further", "-1.25")
                .containsEntry("cpu_percent", "3.4");
    }
}
