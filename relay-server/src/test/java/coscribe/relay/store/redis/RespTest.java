package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.RedisOutputStream;

class RespTest {
    @Test
    void a_command_is_as_long_as_the_client_writes_it() {
        var words = new Words(Protocol.Command.HMGET)
                .add("cs:{0}:head")
                .add("")
                .add(1234567)
                .add(new byte[] {0, (byte) 0xe9, '\r'});
        var bytes = new ByteArrayOutputStream();
        var out = new RedisOutputStream(bytes);
        Protocol.sendCommand(out, words.arguments());
        flush(out);
        assertThat(Resp.command(ModelRelay.words(words))).isEqualTo(bytes.size());
    }

    private static void flush(RedisOutputStream out) {
        try {
            out.flush();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void answers_are_as_long_as_redis_writes_them() {
        assertThat(Resp.answer(null)).isEqualTo("$-1\r\n".length());
        assertThat(Resp.answer("appended".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo("$8\r\nappended\r\n".length());
        assertThat(Resp.answer(12L)).isEqualTo(":12\r\n".length());
        assertThat(Resp.answer(List.of(new byte[3], 7L))).isEqualTo("*2\r\n$3\r\nabc\r\n:7\r\n".length());
    }

    @Test
    void a_script_is_called_by_its_name() {
        assertThat(Resp.what(ModelRelay.words(Script.COMMIT.call()))).isEqualTo("COMMIT");
        assertThat(Resp.what(List.of("PUBLISH", "a", "b"))).isEqualTo("PUBLISH");
    }
}
