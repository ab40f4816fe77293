package coscribe.relay.session;

import coscribe.relay.transport.ConnectionId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is in a hall, in the order in which they came. Lives in the document's lane; only how many
/// there are may be asked from any thread.
final class Roster {
    private final Map<ConnectionId, HallMember> members = new LinkedHashMap<>();
    private volatile int size;

    Optional<HallMember> find(ConnectionId connection) {
        return Optional.ofNullable(members.get(connection));
    }

    /// Whether this very member is still here.
    boolean has(HallMember member) {
        return members.get(member.connection.id()) == member;
    }

    void add(HallMember member) {
        members.put(member.connection.id(), member);
        size = members.size();
    }

    /// Answers who went.
    Optional<HallMember> remove(ConnectionId connection) {
        var gone = Optional.ofNullable(members.remove(connection));
        size = members.size();
        return gone;
    }

    /// Those who are here. Nobody comes or goes while they are gone through.
    Collection<HallMember> all() {
        return members.values();
    }

    /// Those who are here now, whoever comes or goes meanwhile.
    List<HallMember> now() {
        return List.copyOf(members.values());
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /// From any thread.
    int size() {
        return size;
    }
}
