package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.StoreFullException;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.StoreUnsafeException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisDataException;

/// What an error that Redis answered means for the store.
final class Refusals {
    /// The server as a whole cannot serve this connection now; another connection may reach a
    /// better one.
    private static final Set<String> ELSEWHERE =
            Set.of("LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "UNBLOCKED");

    private Refusals() {}

    static RuntimeException of(JedisDataException refused, String what, Optional<DocumentId> document) {
        var message = String.valueOf(refused.getMessage());
        if (code(message).equals("WRONGTYPE") && document.isPresent()) {
            return new DamagedDocumentException(document.get(), "a key of it has the wrong type");
        }
        if (message.contains("user_script") && code(message).equals("ERR") && document.isPresent()) {
            return new DamagedDocumentException(document.get(), "it breaks " + what + ": " + message);
        }
        boolean diskFull = code(message).equals("MISCONF")
                && message.toLowerCase(Locale.ROOT).contains("no space");
        if (code(message).equals("OOM") || diskFull) {
            return new StoreFullException("Redis has no room: " + message, refused);
        }
        if (code(message).equals("NOREPLICAS")) {
            return new StoreUnsafeException(
                    "Redis has fewer replicas than its min-replicas-to-write asks for: " + message, refused);
        }
        return new StoreUnavailableException("Redis refused " + what + ": " + message, refused);
    }

    /// Whether the connection is better given up and made anew.
    static boolean isElsewhere(JedisDataException refused) {
        return ELSEWHERE.contains(code(String.valueOf(refused.getMessage())));
    }

    /// Errors begin with a code in capitals. What a script met is told with the script's name
    /// behind it.
    private static String code(String message) {
        int space = message.indexOf(' ');
        return space < 0 ? message : message.substring(0, space);
    }
}
