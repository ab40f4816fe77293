package coscribe.relay.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/// What Redis answered, taken apart. Wrong assumptions throw an `IllegalStateException` that shows
/// no content.
record Reply(@Nullable Object value) {
    boolean isNothing() {
        return value == null;
    }

    byte[] bytes() {
        return value instanceof byte[] bytes ? bytes : wrong("bytes");
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// A number, whether Redis sends it as one or as text.
    long number() {
        return value instanceof Long number ? number : Long.parseLong(text());
    }

    List<Reply> items() {
        if (value instanceof List<?> list) {
            return list.stream().map(Reply::of).toList();
        }
        return wrong("a list");
    }

    /// A list whose first word says what the rest is, or that word alone.
    String word() {
        return value instanceof List<?> list ? of(list.getFirst()).text() : text();
    }

    Reply at(int index) {
        return value instanceof List<?> list ? of(list.get(index)) : wrong("a list");
    }

    int size() {
        return value instanceof List<?> list ? list.size() : 1;
    }

    private static Reply of(@Nullable Object item) {
        if (item instanceof JedisDataException refused) {
            throw refused;
        }
        return new Reply(item);
    }

    private <T> T wrong(String expected) {
        var got = value == null ? "nothing" : value.getClass().getSimpleName();
        throw new IllegalStateException("Redis answered " + got + " where " + expected + " was expected");
    }
}
