/// A load of many people, made in one thread: real replicas over bare sockets.
@NullMarked
@CheckReturnValue
package coscribe.relay.cli.load;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
