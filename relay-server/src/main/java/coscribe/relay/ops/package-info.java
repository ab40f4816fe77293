/// How the relay is watched and stopped: health, metrics, drain.
@NullMarked
@CheckReturnValue
package coscribe.relay.ops;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
