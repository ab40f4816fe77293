package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedMessageTest {
    private static final String HASH = "ab".repeat(32);

    private static FeedMessage parse(String message) {
        return FeedMessage.parse(message.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void commits_come_with_revisions_hashes_and_bytes() {
        assertThat(parse("c41 2 3 " + HASH + "a b0 " + HASH))
                .isEqualTo(new FeedMessage.Committed(List.of(
                        new LogEntry(new Revision(41), new ChainHash(HASH), "a b".getBytes(StandardCharsets.UTF_8)),
                        new LogEntry(new Revision(42), new ChainHash(HASH), new byte[0]))));
    }

    @Test
    void what_is_too_large_comes_as_a_head() {
        assertThat(parse("h9007199254740000 9007199254740991 " + HASH))
                .isEqualTo(new FeedMessage.HeadMoved(new Revision(Revision.MAX)));
    }

    @Test
    void presence_is_any_bytes() {
        var bytes = new byte[] {0, 13, 10, -1, 'c'};
        assertThat(((FeedMessage.Presence) FeedMessage.parse(FeedMessage.presence(bytes))).bytes())
                .isEqualTo(bytes);
    }

    @Test
    void a_changed_access_list_is_one_letter() {
        assertThat(parse("a")).isEqualTo(new FeedMessage.AccessChanged());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "x",
                "c",
                "c1",
                "c1 1 ",
                "c1 1 5 ab",
                "c1 1 -1 ab",
                "c1 1 99999999999 ab",
                "h1 ",
                "hx y z"
            })
    void what_is_no_message_is_refused(String message) {
        assertThatThrownBy(() -> parse(message)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_message_cut_anywhere_is_refused() {
        var message = "c41 2 3 " + HASH + "a b2 " + HASH + "xy";
        for (int length = 0; length < message.length(); length++) {
            var cut = message.substring(0, length);
            assertThatThrownBy(() -> parse(cut)).isInstanceOf(RuntimeException.class);
        }
    }
}
