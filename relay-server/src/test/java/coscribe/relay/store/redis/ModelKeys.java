package coscribe.relay.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/// What one server of the model keeps, and the commands that the product's scripts and relays use on
/// documents. Bytes are Latin-1 strings. Replies are what Jedis would read: `byte[]`, `Long`, a list,
/// null, or a {@link JedisDataException} that is thrown.
final class ModelKeys {
    private final Map<String, Map<String, String>> hashes = new TreeMap<>();
    private final Map<String, Map<String, Double>> sorted = new TreeMap<>();
    private final Map<String, String> strings = new TreeMap<>();
    private final Map<String, Long> expiries = new TreeMap<>();

    ModelKeys copy() {
        var copied = new ModelKeys();
        hashes.forEach((key, hash) -> copied.hashes.put(key, new LinkedHashMap<>(hash)));
        sorted.forEach((key, set) -> copied.sorted.put(key, new TreeMap<>(set)));
        copied.strings.putAll(strings);
        copied.expiries.putAll(expiries);
        return copied;
    }

    /// For whoever damages it.
    Map<String, String> hashAt(String key) {
        return hashes.getOrDefault(key, Map.of());
    }

    /// A command as the stream to the replicas has it.
    record Write(List<String> words) {}

    /// @param writes  takes what is to be replicated
    @Nullable
    Object run(List<String> words, long nowMillis, List<Write> writes) {
        if (words.size() > 1) {
            expire(words.get(1), nowMillis);
        }
        return switch (words.getFirst().toUpperCase(java.util.Locale.ROOT)) {
            case "PING" -> bytes("PONG");
            case "TIME" -> List.of(bytes("" + nowMillis / 1000), bytes("" + nowMillis % 1000 * 1000));
            case "GET" -> bytes(strings.get(words.get(1)));
            case "SET" -> set(words, nowMillis, writes);
            case "PTTL" -> expiries.containsKey(words.get(1)) ? expiries.get(words.get(1)) - nowMillis : -1L;
            case "EXISTS" ->
                words.stream()
                        .skip(1)
                        .filter(key -> hashes.containsKey(key) || strings.containsKey(key) || sorted.containsKey(key))
                        .count();
            case "HGET" -> bytes(hash(words.get(1)).get(words.get(2)));
            case "HEXISTS" -> hash(words.get(1)).containsKey(words.get(2)) ? 1L : 0L;
            case "HLEN" -> (long) hash(words.get(1)).size();
            case "HKEYS" ->
                new ArrayList<Object>(hash(words.get(1)).keySet().stream()
                        .map(ModelKeys::bytes)
                        .toList());
            case "HGETALL" -> all(hash(words.get(1)));
            case "HMGET" -> {
                var found = new ArrayList<Object>();
                words.stream()
                        .skip(2)
                        .forEach(field -> found.add(bytes(hash(words.get(1)).get(field))));
                yield found;
            }
            case "HSET" -> hset(words, writes);
            case "HDEL" -> hdel(words, writes);
            case "DEL" -> del(words, writes);
            case "ZADD" -> zadd(words, writes);
            case "ZREVRANGEBYSCORE" -> zrevrange(words);
            default -> throw new JedisDataException("ERR unknown command '" + words.getFirst() + "'");
        };
    }

    private void expire(String key, long nowMillis) {
        var at = expiries.get(key);
        if (at != null && at <= nowMillis) {
            expiries.remove(key);
            strings.remove(key);
        }
    }

    private Map<String, String> hash(String key) {
        if (strings.containsKey(key)) {
            throw new JedisDataException("WRONGTYPE Operation against a key holding the wrong kind of value");
        }
        return hashes.getOrDefault(key, Map.of());
    }

    private Object set(List<String> words, long nowMillis, List<Write> writes) {
        strings.put(words.get(1), words.get(2));
        expiries.remove(words.get(1));
        if (words.size() == 5 && words.get(3).equals("PX")) {
            expiries.put(words.get(1), nowMillis + Long.parseLong(words.get(4)));
        } else if (words.size() != 3) {
            throw new JedisDataException("ERR syntax error");
        }
        writes.add(new Write(words));
        return bytes("OK");
    }

    private static List<Object> all(Map<String, String> hash) {
        var all = new ArrayList<Object>();
        hash.forEach((field, value) -> {
            all.add(bytes(field));
            all.add(bytes(value));
        });
        return all;
    }

    private Object hset(List<String> words, List<Write> writes) {
        if (words.size() < 4 || words.size() % 2 != 0) {
            throw new JedisDataException("ERR wrong number of arguments for 'hset' command");
        }
        var _ = hash(words.get(1)); // of the right type
        var hash = hashes.computeIfAbsent(words.get(1), _ -> new LinkedHashMap<>());
        long added = 0;
        for (int i = 2; i < words.size(); i += 2) {
            added += hash.put(words.get(i), words.get(i + 1)) == null ? 1 : 0;
        }
        writes.add(new Write(words));
        return added;
    }

    private Object hdel(List<String> words, List<Write> writes) {
        var _ = hash(words.get(1)); // of the right type
        var hash = hashes.get(words.get(1));
        long gone = 0;
        for (int i = 2; hash != null && i < words.size(); i++) {
            gone += hash.remove(words.get(i)) == null ? 0 : 1;
        }
        if (gone > 0) {
            writes.add(new Write(words));
        }
        if (hash != null && hash.isEmpty()) {
            hashes.remove(words.get(1));
        }
        return gone;
    }

    private Object del(List<String> words, List<Write> writes) {
        long gone = 0;
        for (String key : words.subList(1, words.size())) {
            gone += hashes.remove(key) == null && strings.remove(key) == null && sorted.remove(key) == null ? 0 : 1;
        }
        if (gone > 0) {
            writes.add(new Write(words));
        }
        return gone;
    }

    /// `ZADD key GT score member`
    private Object zadd(List<String> words, List<Write> writes) {
        if (words.size() != 5 || !words.get(2).equals("GT")) {
            throw new JedisDataException("ERR syntax error");
        }
        var set = sorted.computeIfAbsent(words.get(1), _ -> new TreeMap<>());
        long added = set.containsKey(words.get(4)) ? 0 : 1;
        set.merge(words.get(4), Double.valueOf(words.get(3)), Math::max);
        writes.add(new Write(words));
        return added;
    }

    /// `ZREVRANGEBYSCORE key max min [WITHSCORES LIMIT 0 count]`
    private Object zrevrange(List<String> words) {
        boolean scores = words.size() > 4;
        var most = words.get(2);
        double max = most.equals("+inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(most.replace("(", ""));
        double min = words.get(3).equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(words.get(3));
        var found = new ArrayList<Object>();
        sorted.getOrDefault(words.get(1), Map.of()).entrySet().stream()
                .filter(each -> most.startsWith("(") ? each.getValue() < max : each.getValue() <= max)
                .filter(each -> each.getValue() >= min)
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey())
                        .reversed())
                .limit(scores ? Long.parseLong(words.get(7)) : Long.MAX_VALUE)
                .forEach(each -> {
                    found.add(bytes(each.getKey()));
                    if (scores) {
                        found.add(bytes(ModelScripts.number(each.getValue())));
                    }
                });
        return found;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
