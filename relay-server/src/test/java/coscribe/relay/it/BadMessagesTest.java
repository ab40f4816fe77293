package coscribe.relay.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.kit.RawClient;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bytes that are no message: whoever sends them is told and closed, and nobody else notices.
class BadMessagesTest extends HouseFixture {
    @BeforeEach
    void hello() throws IOException {
        mara.join(plan);
        mara.type("Hello");
    }

    @AfterEach
    void everybody_else_goes_on() throws Exception {
        mara.type(".");
        assertThat(mara.revision()).isEqualTo(2);
        assertThat(mara.text()).isEqualTo("Hello.");
        assertThat(house.caller("Mara", plan).text()).isEqualTo("Hello.");
        house.close();
    }

    private static void isNotUnderstood(Caller caller, String words) throws IOException {
        var _ = caller.expectFailure(FailureCode.MALFORMED, words);
        caller.expectClose(CloseReason.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{                                        | not well-formed JSON",
                "nonsense                                 | not well-formed JSON",
                "{\"t\":\"ping\",\"number\":1} {}         | follows the end",
                "[]                                       | object",
                "{}                                       | 't' is missing",
                "{\"t\":\"ping\"}                         | 'number' is missing",
                "{\"t\":\"ping\",\"number\":1,\"number\":2} | named twice",
                "{\"t\":\"ping\",\"number\":\"1\"}        | number",
                "{\"t\":\"ping\",\"number\":-1}           | number",
                "{\"t\":\"ping\",\"number\":1.5}          | number",
                "{\"t\":\"ping\",\"number\":9007199254740992} | number",
                "{\"t\":\"ping\",\"number\":1e999999999}  | number",
                "{\"t\":\"conquer\"}                      | No message of an editor has this type",
                "{\"t\":\"welcome\"}                      | No message of an editor has this type",
                "{\"t\":\"join\",\"document\":\"../../etc\"} | document",
            })
    void what_is_no_message_is_answered_with_what_is_wrong_and_a_close(String message, String words)
            throws IOException {
        isNotUnderstood(house.caller("Eve").say(message), words);
        isNotUnderstood(house.caller("Mara", plan).say(message), words);
        isNotUnderstood(house.stranger().say(message), words);
    }

    @Test
    void ten_thousand_levels_of_nesting_are_not_followed() throws IOException {
        var deep = "{\"t\":\"ping\",\"number\":1,\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        isNotUnderstood(house.caller("Eve").say(deep), "nesting is too large");
        isNotUnderstood(house.stranger().say(deep), "nesting is too large");
    }

    @Test
    void a_number_of_a_hundred_thousand_digits_is_not_computed() throws IOException {
        var huge = "{\"t\":\"ping\",\"number\":" + "9".repeat(100_000) + "}";

        isNotUnderstood(house.caller("Eve").say(huge), "number");
    }

    @Test
    void a_frame_over_the_limit_is_closed_with_1009_before_and_after_welcome() throws IOException {
        var early = house.stranger().say(" ".repeat(Limits.FRAME_BEFORE_WELCOME_BYTES + 1));
        early.expectClose(CloseReason.TOO_BIG);

        // Only the header: the relay need not see the rest to know.
        var late = house.caller("Eve").bytes(RawClient.header(0x81, 0x80, Limits.FRAME_BYTES + 1L));
        late.expectClose(CloseReason.TOO_BIG);
    }

    @Test
    void a_fragmented_message_is_closed_with_1009() throws IOException {
        var eve = house.caller("Eve").bytes(RawClient.frame(0x01, "{\"t\":\"ping\",".getBytes(UTF_8)));

        eve.expectClose(CloseReason.TOO_BIG);
    }

    @Test
    void binary_is_closed_with_1003_and_broken_text_with_1007() throws IOException {
        var binary = house.caller("Eve").bytes(RawClient.frame(0x82, "{\"t\":\"ping\"}".getBytes(UTF_8)));
        binary.expectClose(CloseReason.UNSUPPORTED_DATA);

        var broken = house.caller("Eve").bytes(RawClient.frame(0x81, new byte[] {'"', (byte) 0xc3, '"'}));
        broken.expectClose(CloseReason.BAD_UTF8);
    }

    @Test
    void compression_is_not_negotiated_and_the_connection_works_without() throws IOException {
        var raw = RawClient.connect(house.port());
        raw.say(RawClient.upgradeHead("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"));
        var head = raw.readHead();
        assertThat(head).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("sec-websocket-extensions");

        try (var caller = new Caller(raw)) {
            caller.hello(house.tokenOf("Mara"));
            caller.join(plan);
            assertThat(caller.text()).isEqualTo("Hello");
        }
    }
}
