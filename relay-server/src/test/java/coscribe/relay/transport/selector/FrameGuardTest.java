package coscribe.relay.transport.selector;

import static coscribe.kit.RawClient.concat;
import static coscribe.kit.RawClient.frame;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.transport.CloseReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameGuardTest {
    private static final int LIMIT = 70_000;

    /// Feeds bytes in pieces; the answer lists how many bytes passed, and the refusal if there was one.
    private static List<Object> feed(byte[] bytes, int piece) {
        var guard = new FrameGuard();
        long passed = 0;
        for (int at = 0; at < bytes.length; ) {
            var buffer = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
            while (buffer.hasRemaining()) {
                switch (guard.next(buffer, LIMIT)) {
                    case FrameGuard.Verdict.Pass(int count) -> {
                        assertThat(count).isBetween(1, buffer.remaining());
                        buffer.position(buffer.position() + count);
                        passed += count;
                    }
                    case FrameGuard.Verdict.Refuse(CloseReason reason) -> {
                        return List.of(passed, reason.code());
                    }
                }
            }
            at = buffer.position();
        }
        return List.of(passed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 64, 65_536, 1_000_000})
    void lets_whole_masked_text_and_control_frames_through_in_any_pieces(int piece) {
        var parts = new ArrayList<byte[]>();
        for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, LIMIT}) {
            parts.add(frame(0x81, new byte[length]));
            parts.add(frame(0x89, new byte[length % 126]));
        }
        var all = concat(parts.toArray(byte[][]::new));
        assertThat(feed(all, piece)).containsExactly((long) all.length);
    }

    @Test
    void stops_at_the_end_of_each_frame() {
        var guard = new FrameGuard();
        var two = ByteBuffer.wrap(concat(frame(0x81, new byte[5]), frame(0x8A, new byte[0])));
        assertThat(guard.next(two, LIMIT)).isEqualTo(new FrameGuard.Verdict.Pass(11));
        two.position(11);
        assertThat(guard.next(two, LIMIT)).isEqualTo(new FrameGuard.Verdict.Pass(6));
    }

    @Test
    void refuses_a_declared_length_before_the_payload_comes() {
        for (long length : new long[] {LIMIT + 1, 1L << 31, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            var declared = new byte[10];
            ByteBuffer.wrap(declared).put((byte) 0x81).put((byte) 0xFF).putLong(length);
            assertThat(feed(declared, 10)).containsExactly(0L, 1009);
        }
    }

    /// Every first byte with every mask and length byte, against the rules written down a second time.
    @Test
    void judges_every_start_of_a_frame() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                var start = new byte[] {(byte) first, (byte) second};
                int expected = expected(first, second);
                var verdict = feed(start, 2);
                assertThat(verdict)
                        .as("%02x %02x", first, second)
                        .isEqualTo(expected == 0 ? List.of(2L) : List.of(0L, expected));
            }
        }
    }

    private static int expected(int first, int second) {
        boolean fin = first >= 0x80;
        int reserved = first & 0x70;
        int opcode = first & 0x0f;
        if (reserved != 0 || !List.of(0, 1, 2, 8, 9, 10).contains(opcode) || (opcode >= 8 && !fin)) {
            return 1002;
        }
        if (opcode == 2) {
            return 1003;
        }
        if (opcode == 0 || !fin) {
            return 1009;
        }
        return second < 0x80 || (opcode >= 8 && (second & 0x7f) > 125) ? 1002 : 0;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void says_the_same_about_random_bytes_however_they_are_cut(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            var bytes = new byte[random.nextInt(1, 60)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes = concat(frame(0x81, new byte[random.nextInt(200)]), bytes);
            }
            var whole = feed(bytes, bytes.length);
            var cut = feed(bytes, 1);
            assertThat(cut.subList(1, cut.size())).isEqualTo(whole.subList(1, whole.size()));
        }
    }
}
