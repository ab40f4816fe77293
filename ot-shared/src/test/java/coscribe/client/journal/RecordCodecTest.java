package coscribe.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.kit.Laws;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    @Test
    void every_record_comes_back_from_its_bytes() {
        Laws.hold(gen -> {
            var entry = Records.any(gen);
            assertThat(RecordCodec.decode(RecordCodec.encode(entry))).contains(entry);
        });
    }

    @Test
    void bytes_that_are_no_record_are_no_record() {
        Laws.hold(gen -> {
            var bytes = RecordCodec.encode(Records.any(gen));
            assertThat(RecordCodec.decode(Arrays.copyOf(bytes, gen.below(bytes.length))))
                    .isEmpty();
            assertThat(RecordCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                    .isEmpty();
            bytes[gen.below(bytes.length)] ^= (byte) (1 << gen.below(8));
            // Whatever it says now, it is said by an answer.
            assertThat(RecordCodec.decode(bytes)).isNotNull();
        });
    }
}
