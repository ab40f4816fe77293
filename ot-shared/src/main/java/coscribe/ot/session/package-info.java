/// This room knows how a client behaves: a pure step from a session and an event to the next
/// session and effects. The same step runs in the editor, in bots, and in the simulation.
@NullMarked
@CheckReturnValue
package coscribe.ot.session;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
