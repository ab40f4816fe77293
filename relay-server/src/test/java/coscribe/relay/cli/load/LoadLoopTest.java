package coscribe.relay.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadLoopTest {
    private static final long TENTH = 100_000_000;

    private static void work(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_thread_that_never_rests_says_so() {
        try (var loop = new LoadLoop()) {
            long start = System.nanoTime();
            loop.watch();
            loop.at(start, () -> work(2 * TENTH));
            loop.at(start + 1, () -> work(2 * TENTH));
            assertThat(loop.run(() -> false, start + 3 * TENTH)).isFalse();
            var generator = loop.watched();
            assertThat(generator.busy()).isGreaterThan(0.9);
            assertThat(generator.lateMillis()).isGreaterThan(190);
            assertThat(generator.wasTheLimit(10_000)).isTrue();
        }
    }

    @Test
    void waiting_is_no_work() {
        try (var loop = new LoadLoop()) {
            long start = System.nanoTime();
            loop.watch();
            assertThat(loop.run(() -> false, start + 2 * TENTH)).isFalse();
            assertThat(loop.watched().busy()).isLessThan(0.5);
        }
    }

    @Test
    void what_is_told_is_worth_nothing_where_half_of_it_is_the_generators_own() {
        assertThat(new Generator(0.2, 0.4).wasTheLimit(0.3)).isFalse();
        assertThat(new Generator(6, 0.4).wasTheLimit(20)).isFalse();
        assertThat(new Generator(6, 0.4).wasTheLimit(12)).isTrue();
        assertThat(new Generator(0.1, 0.8).wasTheLimit(1_000)).isTrue();
    }

    @Test
    void nobody_at_an_address_is_told_and_not_thrown() {
        var plan = new java.net.InetSocketAddress("127.0.0.1", 1);
        try (var loop = new LoadLoop()) {
            var client = new LoadClient(
                    0,
                    loop,
                    plan,
                    "",
                    coscribe.ot.protocol.DeviceId.random(new java.util.Random(1)),
                    coscribe.ot.protocol.DocumentId.random(new java.util.Random(1)));
            var why = new String[] {""};
            client.start(new LoadClient.Watcher() {
                @Override
                public void joined(LoadClient joined, long nanos) {}

                @Override
                public void lost(LoadClient lost, LoadClient.Lost how) {
                    why[0] = how.why();
                }
            });
            assertThat(loop.run(() -> !why[0].isEmpty(), System.nanoTime() + 100 * TENTH))
                    .isTrue();
            assertThat(client.hasJoined()).isFalse();
        }
    }
}
