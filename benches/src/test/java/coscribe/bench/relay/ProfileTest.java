package coscribe.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void the_innermost_frame_that_is_known_names_a_sample() {
        assertThat(Profile.shares(List.of(
                        "Thread.run;coscribe/relay/session/Hall.deliver;coscribe/ot/wire/Wire.encode;java/lang/String.getBytes 6",
                        "Thread.run;coscribe/relay/session/Hall.deliver 3",
                        "start_thread;unknown 1")))
                .containsExactly(
                        new Profile.Share("wire: encoding and decoding", 60, 6),
                        new Profile.Share("sessions and presence", 30, 3),
                        new Profile.Share("other", 10, 1));
    }
}
