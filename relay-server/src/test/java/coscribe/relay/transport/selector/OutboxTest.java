package coscribe.relay.transport.selector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.transport.Frame;
import coscribe.relay.transport.Offer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {
    private static final Frame TEN = Frame.text("12345678");
    private final Outbox outbox = new Outbox(25, 10);
    private final ByteBuffer scratch = ByteBuffer.allocate(64);

    /// A socket that takes this many bytes; returns what it took.
    private String write(int atMost) {
        if (!outbox.begin(scratch.clear())) {
            return "";
        }
        int lent = scratch.flip().remaining();
        int written = Math.min(lent, atMost);
        var taken = new byte[written];
        scratch.get(taken);
        outbox.wrote(written, written < lent);
        return new String(taken, UTF_8);
    }

    @Test
    void takes_frames_up_to_the_bound_and_one_of_any_size_when_empty() {
        assertThat(outbox.offer(Frame.text("x".repeat(100)))).isEqualTo(Offer.ACCEPTED);
        assertThat(outbox.offer(TEN)).isEqualTo(new Offer.Full(102));
        var second = new Outbox(25, 10);
        assertThat(second.offer(List.of(TEN, TEN))).isEqualTo(Offer.ACCEPTED);
        assertThat(second.offer(TEN)).isEqualTo(new Offer.Full(20));
        assertThat(second.offer(Frame.text("123"))).isEqualTo(Offer.ACCEPTED);
        assertThat(second.bytes()).isEqualTo(25);
    }

    @Test
    void takes_all_of_several_frames_or_none() {
        assertThat(outbox.offer(TEN)).isEqualTo(Offer.ACCEPTED);
        assertThat(outbox.offer(List.of(Frame.text("a"), TEN, TEN))).isEqualTo(new Offer.Full(10));
        assertThat(outbox.bytes()).isEqualTo(10);
    }

    @Test
    void lends_to_one_writer_at_a_time_who_sees_what_came_meanwhile() {
        assertThat(outbox.offer(TEN)).isEqualTo(Offer.ACCEPTED);
        assertThat(outbox.begin(scratch)).isTrue();
        assertThat(outbox.offer(TEN)).isEqualTo(Offer.ACCEPTED);
        assertThat(outbox.begin(ByteBuffer.allocate(64))).isFalse();
        outbox.wrote(10, false);
        assertThat(write(64)).hasSize(10);
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void waits_after_a_partial_write_and_goes_on_where_it_stopped() {
        assertThat(outbox.offer(List.of(TEN, TEN))).isEqualTo(Offer.ACCEPTED);
        var first = write(13);
        assertThat(outbox.isBlocked()).isTrue();
        assertThat(write(64)).isEmpty();
        outbox.writableAgain();
        assertThat((first + write(64)).replaceAll("[^0-9]", "")).isEqualTo(TEN.text() + TEN.text());
    }

    @Test
    void tells_once_that_it_is_writable_after_it_was_full() {
        assertThat(outbox.offer(List.of(TEN, TEN))).isEqualTo(Offer.ACCEPTED);
        assertThat(outbox.tellWritable()).as("nobody waits").isFalse();
        assertThat(outbox.offer(TEN)).isInstanceOf(Offer.Full.class);
        assertThat(outbox.tellWritable()).as("20 bytes are over the mark").isFalse();
        assertThat(write(10)).hasSize(10);
        assertThat(outbox.tellWritable()).isTrue();
        assertThat(outbox.tellWritable()).isFalse();
    }

    @Test
    void sends_its_last_bytes_behind_everything_and_takes_no_more() {
        assertThat(outbox.offer(TEN)).isEqualTo(Offer.ACCEPTED);
        assertThat(outbox.finish(ByteBuffer.wrap("end".getBytes(UTF_8)), false)).isTrue();
        assertThat(outbox.finish(ByteBuffer.wrap("again".getBytes(UTF_8)), false))
                .isFalse();
        assertThat(outbox.offer(TEN)).isEqualTo(Offer.CLOSED);
        assertThat(outbox.offerControl(ByteBuffer.allocate(2))).isFalse();
        assertThat(outbox.isDone()).isFalse();
        assertThat(write(64)).endsWith("12345678end");
        assertThat(outbox.isDone()).isTrue();
    }

    @Test
    void dropping_keeps_the_rest_of_a_frame_that_has_begun() {
        assertThat(outbox.offer(List.of(TEN, TEN))).isEqualTo(Offer.ACCEPTED);
        assertThat(write(4)).hasSize(4);
        assertThat(outbox.finish(ByteBuffer.wrap("end".getBytes(UTF_8)), true)).isTrue();
        assertThat(outbox.bytes()).isEqualTo(9);
        outbox.writableAgain();
        assertThat(write(64)).isEqualTo("345678end");
    }

    /// Against a plain model: whatever the socket takes, the peer sees the accepted frames, whole and in order.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void writes_what_was_accepted_for_any_socket(long seed) {
        var random = new SplittableRandom(seed);
        var box = new Outbox(500, 100);
        var accepted = new ByteArrayOutputStream();
        var written = new ByteArrayOutputStream();
        for (int step = 0; step < 5_000; step++) {
            var frame = Frame.text("f" + step + "x".repeat(random.nextInt(60)));
            boolean fits = box.bytes() == 0 || box.bytes() + frame.size() <= 500;
            assertThat(box.offer(frame) instanceof Offer.Accepted).isEqualTo(fits);
            if (fits) {
                accepted.writeBytes(bytes(frame));
            }
            if (random.nextBoolean()) {
                box.writableAgain();
            }
            var space = ByteBuffer.allocate(1 + random.nextInt(200));
            if (box.begin(space)) {
                int lent = space.flip().remaining();
                int taken = random.nextInt(3) == 0 ? random.nextInt(lent + 1) : lent;
                written.write(space.array(), 0, taken);
                box.wrote(taken, taken < lent);
            }
            assertThat(box.bytes()).isEqualTo(accepted.size() - written.size());
        }
        box.writableAgain();
        var rest = ByteBuffer.allocate(600);
        if (box.begin(rest)) {
            written.write(rest.array(), 0, rest.flip().remaining());
        }
        assertThat(written.toByteArray()).isEqualTo(accepted.toByteArray());
    }

    private static byte[] bytes(Frame frame) {
        var bytes = new byte[frame.size()];
        frame.buffer().get(bytes);
        return bytes;
    }
}
