package coscribe.relay.transport;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The head of a request that wants to become a WebSocket.
///
/// @param path the request target up to a question mark, as sent
/// @param query what follows the question mark; empty if there is none
/// @param fields header fields, looked up without regard to case; repeated ones joined with ", "
public record UpgradeRequest(String path, String query, Map<String, String> fields) {
    public UpgradeRequest {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(fields);
        fields = java.util.Collections.unmodifiableMap(byName);
    }

    /// A header field by name, in any case.
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /// The `Authorization` header, until the connection is authenticated.
    public Optional<String> authorization() {
        return field("Authorization");
    }

    /// The same request without credentials and other fields.
    public UpgradeRequest withoutFields() {
        return new UpgradeRequest(path, "", Map.of());
    }

    /// The path only: fields and query may hold credentials.
    @Override
    public String toString() {
        return "UpgradeRequest[" + path + "]";
    }
}
