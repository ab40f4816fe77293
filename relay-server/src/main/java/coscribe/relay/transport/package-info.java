/// How bytes come and go: sockets, frames to messages, pings, bounded outboxes. The only room
/// that knows Java-WebSocket.
@NullMarked
@CheckReturnValue
package coscribe.relay.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
