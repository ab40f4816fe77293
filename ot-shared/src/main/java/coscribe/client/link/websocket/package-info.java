/// A link over WebSocket, with the proxy and the trusted certificates that the computer has.
@NullMarked
@CheckReturnValue
package coscribe.client.link.websocket;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
