package coscribe.relay.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/// A script as it lies beside this class; called by its SHA-1.
enum Script {
    ACCESS,
    ARCHIVE,
    COMMIT,
    CREATE,
    GRANT,
    HEAD,
    JOIN,
    MARKED,
    PRESENT,
    PRUNE,
    PUT_ACCOUNT,
    PUT_DEVICE,
    PUT_INVITE,
    READ,
    REDEEM,
    RENAME,
    RENEW,
    ROTATE,
    SEAT,
    SNAPSHOT,
    TURN,
    USE,
    USED,
    WHOLE;

    static final List<Script> ALL = List.of(values());

    private final byte[] source;
    private final byte[] sha;

    Script() {
        var file = name().toLowerCase(java.util.Locale.ROOT) + ".lua";
        try (var in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + file);
            }
            source = in.readAllBytes();
            sha = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(source))
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    byte[] source() {
        return source.clone();
    }

    /// In hex, by which it is called.
    String sha() {
        return new String(sha, StandardCharsets.US_ASCII);
    }

    Words load() {
        return new Words(Command.SCRIPT).add("LOAD").add(source);
    }

    /// A call; arguments follow.
    Words call(byte[]... keys) {
        var words = new Words(Command.EVALSHA).add(sha).add(Words.number(keys.length));
        for (byte[] key : keys) {
            words.add(key);
        }
        return words.of(this);
    }
}
