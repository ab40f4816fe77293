package coscribe.relay.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.kit.RawClient;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Role;
import coscribe.ot.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody sends without end, over a real socket, and others write.
class FloodOverSocketsTest {
    /// More than all buffers between two processes of one machine hold.
    private static final int FLOOD_CHUNKS = 1_000;

    private static final int CHUNK_MESSAGES = 4_000;
    private static final int KEYS = 50;

    @TempDir
    private Path folder;

    @Test
    void who_floods_is_held_back_in_their_own_socket_while_others_edits_arrive() throws Exception {
        try (var house = House.in(folder)) {
            var mara = house.caller("Mara");
            var plan = mara.create("Plan");
            mara.join(plan);
            house.grant(plan, "Jon", Role.EDITOR);
            house.grant(plan, "Eve", Role.EDITOR);
            var jon = house.caller("Jon", plan);
            var eve = house.caller("Eve", plan);
            var written = new AtomicInteger();
            var flood = Thread.ofVirtual().start(() -> flood(eve, written));
            var before = new AtomicInteger();
            Awaitility.await("nobody takes more of the flood")
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> written.get() > 0 && written.get() == before.getAndSet(written.get()));
            assertThat(flood.isAlive()).as("still at it").isTrue();

            for (int i = 0; i < KEYS; i++) {
                mara.type("k");
                jon.expect(Committed.class);
            }

            assertThat(jon.text()).isEqualTo("k".repeat(KEYS));
            assertThat(flood.isAlive())
                    .as("held back, neither taken in nor sent away")
                    .isTrue();
            eve.close();
            flood.join();
        }
    }

    /// Writes until nobody takes any more.
    private static void flood(Caller from, AtomicInteger written) {
        var chunk = new ByteArrayOutputStream();
        for (int i = 0; i < CHUNK_MESSAGES; i++) {
            chunk.writeBytes(RawClient.frame(
                    0x81, Wire.encodeText(new ClientMessage.Ping(i)).getBytes(UTF_8)));
        }
        try {
            while (written.get() < FLOOD_CHUNKS) {
                from.bytes(chunk.toByteArray());
                written.incrementAndGet();
            }
        } catch (IOException closed) {
            assertThat(written.get()).isPositive();
        }
    }
}
