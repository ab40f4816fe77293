/// Sockets: text frames in and out, one bounded outbox per peer, pings, plain GETs on the same port.
///
/// This package is the port ([coscribe.relay.transport.Transport]) and its vocabulary; it knows no
/// document and no library. What it knows: one bad peer costs one connection. Implementations live in
/// sub-packages and pass `TransportContract`.
@NullMarked
@CheckReturnValue
package coscribe.relay.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
