package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// What the mutants of the store on Redis do instead.
public final class RedisMistakes {
    private RedisMistakes() {}

    /// What the primary has is good enough.
    static <T> CompletionStage<T> unconfirmed(Line line, Words words, DocumentId document, Command.Decoder<T> decoder) {
        return line.send(words, document, decoder);
    }

    static Confirmation confirmation(RedisSettings settings) {
        return new Confirmation(Math.max(0, settings.waitReplicas() - 1), settings.waitPatience(), true);
    }

    /// As a floating-point number prints.
    static Words addAsNumber(Words words, long number) {
        return words.add(Double.toString(number));
    }

    /// So that the script publishes.
    static boolean nobodyConfirms(Line line) {
        return false;
    }

    /// The scripts, but that what was only read is covered by no write.
    static byte[] uncovered(InputStream in) throws IOException {
        return source(in)
                .replace("redis.call('HSET', KEYS[1], 'chain', head[3])", "redis.call('HLEN', KEYS[1])")
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The scripts, but that a duplicate brings along what the relay has not seen, itself among it,
    /// and no WAIT covers that or what a lost race brings: so it is acknowledged at once.
    static byte[] duplicateAtOnce(InputStream in) throws IOException {
        return source(in)
                .replace("return covered(answer)", "return answer")
                .replace("return covered({ 'duplicate', index, at, head[2], head[3] })", """
                        if expected == head[2] then
                          return { 'duplicate', index, at, head[2], head[3] }
                        end
                        local answer = told('moved')
                        for offset = 1, MISSING do
                          local missed = string.format('%.0f', tonumber(expected) + offset)
                          if after(missed, head[2]) then
                            break
                          end
                          answer[#answer + 1] = redis.call('HGET', KEYS[2], missed)
                        end
                        do return answer end
                        """)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The scripts, but that the mark of a relay need not be there.
    static byte[] anyServer(InputStream in) throws IOException {
        return source(in)
                .replace("if redis.call('GET', KEYS[1]) ~= ARGV[1] then", "if false then")
                .getBytes(StandardCharsets.UTF_8);
    }

    static void confirmedAnyway(Unconfirmed unconfirmed, Optional<String> doubt) {
        unconfirmed.answered(Optional.empty());
    }

    static boolean isOlderThan(Unconfirmed unconfirmed, Duration age) {
        return false;
    }

    private static String source(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
