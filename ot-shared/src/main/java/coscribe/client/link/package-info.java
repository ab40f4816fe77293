/// How a client and a relay reach each other: the port, its WebSocket adapter, tokens, timers.
@NullMarked
@CheckReturnValue
package coscribe.client.link;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
