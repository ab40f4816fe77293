/// How a client behaves: a pure step from a session and an event to a session and effects.
@NullMarked
@CheckReturnValue
package coscribe.ot.session;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
