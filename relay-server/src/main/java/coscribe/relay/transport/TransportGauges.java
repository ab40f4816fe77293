package coscribe.relay.transport;

/// What a transport holds at one moment.
///
/// @param connections upgraded peers that are not closed yet
/// @param inHandshake accepted and not yet authenticated
/// @param waiting accepted, but not read from before others of their address are through
/// @param outboxBytes accepted for peers and not yet handed to their sockets, over all connections
/// @param socketVisits how often a socket was looked at because it was readable or writable, since start
/// @param socketWrites write calls on sockets, since start
public record TransportGauges(
        int connections, int inHandshake, int waiting, long outboxBytes, long socketVisits, long socketWrites) {}
