package coscribe.relay.store.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long things are in Redis' protocol (RESP). Words are Latin-1 strings, as in the model.
final class Resp {
    private static final int LINE_END = 2;

    private Resp() {}

    /// Of a command, or a message to a subscriber: a list of bulk strings.
    static int command(List<String> words) {
        return head(words.size()) + words.stream().mapToInt(Resp::bulk).sum();
    }

    /// Of an answer as Jedis would read it.
    static int answer(@Nullable Object reply) {
        return switch (reply) {
            case null -> head(-1);
            case byte[] bytes -> head(bytes.length) + bytes.length + LINE_END;
            case Long number -> 1 + number.toString().length() + LINE_END;
            case List<?> list ->
                head(list.size()) + list.stream().mapToInt(Resp::answer).sum();
            default -> 1 + reply.toString().length() + LINE_END;
        };
    }

    private static int bulk(String word) {
        return head(word.length()) + word.length() + LINE_END;
    }

    /// A kind, a number and the end of the line.
    private static int head(int number) {
        return 1 + Integer.toString(number).length() + LINE_END;
    }

    /// What a command is called, a script by its own name.
    static String what(List<String> words) {
        return Script.ALL.stream()
                .filter(script ->
                        words.getFirst().equals("EVALSHA") && script.sha().equals(words.get(1)))
                .map(Script::name)
                .findFirst()
                .orElse(words.getFirst());
    }
}
