package coscribe.relay.transport.selector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.relay.transport.selector.RequestHead.MalformedHeadException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
    private static RequestHead parse(String head) throws MalformedHeadException {
        var bytes = head.getBytes(ISO_8859_1);
        int end = RequestHead.end(bytes, 0, bytes.length);
        assertThat(end).isEqualTo(bytes.length);
        return RequestHead.parse(bytes, end);
    }

    @Test
    void holds_method_path_query_and_fields() throws Exception {
        var head = parse("GET /j/A1?from=mail?x HTTP/1.1\r\nhost:relay\r\nX-A:  b c \t\r\nx-a: d\r\n\r\n");
        assertThat(head.method()).isEqualTo("GET");
        assertThat(head.path()).isEqualTo("/j/A1");
        assertThat(head.query()).isEqualTo("from=mail?x");
        assertThat(head.field("HOST")).contains("relay");
        assertThat(head.field("X-A")).contains("b c, d");
        assertThat(head.field("absent")).isEmpty();
        assertThat(head.toString()).doesNotContain("mail");
    }

    @Test
    void finds_elements_of_lists_in_any_case() throws Exception {
        var head = parse("GET / HTTP/1.1\r\nHost: r\r\nConnection: keep-alive, UPGRADE\r\nUpgrade: WebSocket\r\n\r\n");
        assertThat(head.lists("connection", "upgrade")).isTrue();
        assertThat(head.lists("connection", "keep")).isFalse();
        assertThat(head.asksForWebSocket()).isTrue();
    }

    @Test
    void ends_at_the_empty_line_wherever_the_search_resumes() {
        var bytes = "GET / HTTP/1.1\r\nHost: r\r\n\r\nrest\r\n\r\n".getBytes(ISO_8859_1);
        int end = bytes.length - 8;
        for (int from = 0; from < end; from++) {
            assertThat(RequestHead.end(bytes, from, bytes.length)).isEqualTo(end);
        }
        for (int length = 0; length < end; length++) {
            assertThat(RequestHead.end(bytes, 0, length)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1 \r\nHost: r\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: r\r\n\r\n",
                "G@T / HTTP/1.1\r\nHost: r\r\n\r\n",
                " / HTTP/1.1\r\nHost: r\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: r\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\nHost: r\n\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: r\r\nX: a\nInjected: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: r\r\n: empty\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: r\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: r\r\nAuthorization: a\r\nauthorization: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: r\r\nOrigin: a\r\nOrigin: b\r\n\r\n",
                "\r\n\r\n"
            })
    void that_is_malformed_is_not_repaired(String head) {
        assertThatThrownBy(() -> parse(head))
                .isInstanceOfSatisfying(
                        MalformedHeadException.class,
                        malformed -> assertThat(malformed.status()).isIn(400, 505));
    }

    @ParameterizedTest
    @CsvSource({"HTTP/2.0, 505", "HTTP/1.2, 505", "http/1.1, 505", "HTTP/0.9, 505"})
    void of_another_protocol_says_so(String version, int status) {
        assertThatThrownBy(() -> parse("GET / " + version + "\r\nHost: r\r\n\r\n"))
                .isInstanceOfSatisfying(
                        MalformedHeadException.class,
                        malformed -> assertThat(malformed.status()).isEqualTo(status));
    }

    /// Any bytes: an answer or a refusal, never another exception, and never more bytes taken than there are.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void of_random_bytes_is_parsed_or_refused(long seed) {
        var random = new SplittableRandom(seed);
        var alphabet = "GET /:HTTP/1.1 \r\n\r\n\r\nHost:,;\u0000\u00ff".getBytes(ISO_8859_1);
        int whole = 0;
        for (int round = 0; round < 20_000; round++) {
            var bytes = new byte[random.nextInt(80) + 4];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            System.arraycopy("\r\n\r\n".getBytes(ISO_8859_1), 0, bytes, bytes.length - 4, 4);
            var buffer = ByteBuffer.wrap(bytes);
            switch (new HeadReader().read(buffer, 64)) {
                case HeadReader.Read.More() -> assertThat(bytes).hasSizeLessThan(64);
                case HeadReader.Read.Whole(RequestHead head) -> {
                    whole++;
                    assertThat(head.path()).startsWith("/");
                }
                case HeadReader.Read.Malformed(int status, String sentence) -> {
                    whole++;
                    assertThat(status).isIn(400, 431, 505);
                    assertThat(sentence).isNotBlank();
                }
            }
        }
        assertThat(whole).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 1000})
    void is_gathered_from_pieces_of_any_size_and_leaves_what_follows(int piece) {
        var head = "GET /v1 HTTP/1.1\r\nHost: r\r\nX: " + "x".repeat(3000) + "\r\n\r\n";
        var bytes = (head + "following").getBytes(ISO_8859_1);
        var reader = new HeadReader();
        for (int at = 0; at < bytes.length; at += piece) {
            var buffer = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
            if (reader.read(buffer, 8192) instanceof HeadReader.Read.Whole(RequestHead found)) {
                assertThat(found.path()).isEqualTo("/v1");
                assertThat(buffer.position()).isEqualTo(head.length());
                return;
            }
        }
        throw new AssertionError("no head was found");
    }

    @Test
    void that_begins_like_tls_is_answered_at_once() {
        var hello = ByteBuffer.wrap(new byte[] {0x16, 0x03, 0x01});
        assertThat(new HeadReader().read(hello, 8192))
                .isEqualTo(new HeadReader.Read.Malformed(400, "This port does not speak TLS."));
    }
}
