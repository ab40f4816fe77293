package coscribe.relay.store.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.commands.ProtocolCommand;

/// A command being put together. Ids, numbers and words are ASCII, text is UTF-8.
final class Words {
    static final byte[] NONE = {};
    /// Head and line ends of each argument, about.
    private static final int OVERHEAD_BYTES = 12;

    private final CommandArguments arguments;
    private Optional<Script> script = Optional.empty();
    private int bytes;

    Words(ProtocolCommand command) {
        arguments = new CommandArguments(command);
    }

    @CanIgnoreReturnValue
    Words add(byte[] word) {
        arguments.add(word);
        bytes += word.length + OVERHEAD_BYTES;
        return this;
    }

    @CanIgnoreReturnValue
    Words add(String word) {
        return add(bytes(word));
    }

    @CanIgnoreReturnValue
    Words add(long number) {
        return add(number(number));
    }

    Words of(Script called) {
        script = Optional.of(called);
        return this;
    }

    CommandArguments arguments() {
        return arguments;
    }

    Optional<Script> script() {
        return script;
    }

    /// On the wire, about.
    int bytes() {
        return bytes;
    }

    /// For an administrator: what was asked, without what it was asked with.
    String what() {
        return script.map(s -> "the script " + s.name().toLowerCase(java.util.Locale.ROOT))
                .orElseGet(() -> new String(arguments.getCommand().getRaw(), StandardCharsets.US_ASCII));
    }

    static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] number(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
