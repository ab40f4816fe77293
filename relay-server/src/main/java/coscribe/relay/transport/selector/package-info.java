/// The transport over our own selector loops and the frame codec of Java-WebSocket.
///
/// The library's server is not used: its worker threads, unbounded out-queue, selected-key handling
/// and fatal errors let one client stop it for all (ADR-0009, `HostileClientTest`). Its
/// `Draft_6455` computes the handshake and decodes frames, and sees only bytes that [FrameGuard]
/// let through.
@NullMarked
@CheckReturnValue
package coscribe.relay.transport.selector;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
